import type { Knex } from 'knex';

import { execute, queryRows } from '../db/query-rows.ts';
import type { NoticeKind } from '../db/rows.ts';

export interface NewNotice {
  readonly userId: number;
  readonly kind: NoticeKind;
  /** What it is about, '' for a kind that is one notice: one row per user, kind and subject. */
  readonly subject: string;
}

/** Makes the notices, or makes those that exist new again. Rows are touched in one order. */
export async function raiseNotices(
  trx: Knex.Transaction,
  notices: readonly NewNotice[],
): Promise<void> {
  const distinct = new Map(
    notices.map((notice) => [`${notice.userId}\n${notice.kind}\n${notice.subject}`, notice]),
  );
  const ordered = [...distinct.entries()].sort(([a], [b]) => (a < b ? -1 : 1));
  if (ordered.length === 0) return;
  await trx('notices')
    .insert(
      ordered.map(([, notice]) => ({
        user_id: notice.userId,
        kind: notice.kind,
        subject: notice.subject,
      })),
    )
    .onConflict(['user_id', 'kind', 'subject'])
    .merge({ last_at: trx.fn.now(), read_at: null });
}

/** Takes back what has been dealt with, for everybody; without a subject, whatever it is about. */
export async function deleteNotices(
  trx: Knex.Transaction,
  kinds: readonly NoticeKind[],
  subject?: string,
): Promise<void> {
  const notices = trx('notices').whereIn('kind', kinds);
  if (subject !== undefined) void notices.where({ subject });
  await notices.delete();
}

/**
 * Takes back the notice of those users who have no email waiting any more. A notice that another
 * transaction holds is left: one that raises it has put something there. What the notice is shown
 * with is counted anyway.
 */
export async function clearUnmatchedNotices(
  trx: Knex.Transaction,
  userIds: readonly number[],
): Promise<void> {
  if (userIds.length === 0) return;
  // Locked before counting: whoever raised it meanwhile has committed what waits.
  const notices = await queryRows<{ id: number }>(
    trx,
    `select id from notices where kind = 'unmatched' and user_id = any(?)
      for update skip locked`,
    [[...new Set(userIds)]],
  );
  if (notices.length === 0) return;
  await execute(
    trx,
    `delete from notices n where n.id = any(?)
        and not exists (select from emails e where e.owner_id = n.user_id and e.state = 'unmatched')`,
    [notices.map(({ id }) => id)],
  );
}
