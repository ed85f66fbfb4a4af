import type { Knex } from 'knex';
import { recordAudit } from '../audit/audit-store.ts';
import type { Viewer } from '../shared/viewer.ts';
import { openUser, type Refusal } from './open-user.ts';
import { updateName } from './user-change-store.ts';

export async function renameUser(
  db: Knex,
  actor: Viewer,
  userId: number,
  name: string,
): Promise<'done' | Refusal> {
  return await db.transaction(async (trx) => {
    const user = await openUser(trx, actor, userId);
    if (typeof user === 'string') return user;
    await updateName(trx, userId, name);
    await recordAudit(trx, 'user.renamed', { userId, from: user.name, to: name }, actor.id);
    return 'done';
  });
}
