import type { Knex } from 'knex';
import type { Viewer } from '../shared/viewer.ts';

/** What users say of themselves. */
export type ProfileSettings = Pick<Viewer, 'name' | 'timeZone' | 'theme'>;

export async function saveProfile(
  trx: Knex.Transaction,
  userId: number,
  { name, timeZone, theme }: ProfileSettings,
): Promise<void> {
  await trx('users').where({ id: userId }).update({ name, time_zone: timeZone, theme });
}
