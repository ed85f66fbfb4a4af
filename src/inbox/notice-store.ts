import type { Knex } from 'knex';

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
