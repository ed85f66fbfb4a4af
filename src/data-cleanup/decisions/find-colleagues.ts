import type { Knex } from 'knex';
import type { Viewer } from '../../shared/viewer.ts';
import { findActiveUsers } from '../../users/user-list-store.ts';

/** To whom the viewer may hand waiting emails over. */
export type Colleagues = Awaited<ReturnType<typeof findActiveUsers>>;

/** All other active users, by name. */
export async function findColleagues(db: Knex, viewer: Viewer): Promise<Colleagues> {
  return (await findActiveUsers(db)).filter(({ id }) => id !== viewer.id);
}
