import type { Knex } from 'knex';

import { queryRows } from '../db/query-rows.ts';
import type { Outcome } from '../shared/outcome.ts';

/** What became of the messages that a folder held at one moment. */
export interface PollProgress {
  /** Messages that are decided and put away, by outcome. */
  readonly done: ReadonlyMap<Outcome, number>;
  /** Messages that still wait for something. */
  readonly waiting: number;
}

/**
 * Looks up UIDs of one folder; those that went away before they were read are left out. Once the
 * folder was numbered anew nothing can come of these UIDs any more: what has an outcome is done.
 */
export async function readPollProgress(
  db: Knex,
  folder: { readonly mailboxId: number; readonly uidValidity: number },
  uids: readonly number[],
): Promise<PollProgress> {
  const rows = await queryRows<{ outcome: Outcome | null; done: boolean; count: number }>(
    db,
    `select m.outcome, count(*) as count,
            coalesce(m.state = 'acknowledged' or b.uidvalidity <> f.uidvalidity, false) as done
       from (select ?::integer as mailbox_id, ?::bigint as uidvalidity) f
       join mailboxes b on b.id = f.mailbox_id
      cross join unnest(?::bigint[]) as u(uid)
       left join inbound_messages m
         on m.mailbox_id = f.mailbox_id and m.uidvalidity = f.uidvalidity and m.uid = u.uid
      where m.state is distinct from 'gone' and (m.id is not null or b.uidvalidity = f.uidvalidity)
      group by 1, 3`,
    [folder.mailboxId, folder.uidValidity, uids],
  );
  const done = new Map<Outcome, number>();
  let waiting = 0;
  for (const row of rows) {
    if (row.done && row.outcome !== null) done.set(row.outcome, row.count);
    else waiting += row.count;
  }
  return { done, waiting };
}
