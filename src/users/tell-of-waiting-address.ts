import type { Knex } from 'knex';
import { findAllAdministrators, findMembers } from '../groups/group-store.ts';
import { raiseNotices } from '../inbox/notice-store.ts';
import { isSuperAdministrator, type Viewer } from '../shared/viewer.ts';

/**
 * Tells those who can confirm it of an address that a user has added, where no link can be sent: a
 * Super Administrator's is for Super Administrators alone. The notice goes once none waits any more.
 */
export async function tellOfWaitingAddress(db: Knex, user: Viewer): Promise<void> {
  await db.transaction(async (trx) => {
    const able = isSuperAdministrator(user)
      ? await findMembers(trx, 'super-administrators')
      : await findAllAdministrators(trx);
    await raiseNotices(
      trx,
      able
        .filter((id) => id !== user.id)
        .map((userId) => ({ userId, kind: 'address-waits', subject: String(user.id) })),
    );
  });
}
