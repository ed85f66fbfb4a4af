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

/** A folder as it was numbered at that moment. */
export interface PolledFolder {
  readonly mailboxId: number;
  readonly uidValidity: number;
}

/**
 * UIDs of one folder with their messages; those that went away before they were read are left out. Each is
 * looked up by itself: of a plain join the planner without statistics makes a walk through the folder.
 */
const LOOKED_UP = `from (select ?::integer as mailbox_id, ?::bigint as uidvalidity) f
  join mailboxes b on b.id = f.mailbox_id
  cross join unnest(?::bigint[]) as u(uid)
  left join lateral (
    select id, state, outcome from inbound_messages
     where mailbox_id = f.mailbox_id and uidvalidity = f.uidvalidity and uid = u.uid limit 1) m on true
 where m.state is distinct from 'gone' and (m.id is not null or b.uidvalidity = f.uidvalidity)`;

/** Once the folder was numbered anew nothing can come of these UIDs any more: an outcome is enough. */
const DONE = `(m.outcome is not null
  and coalesce(m.state = 'acknowledged' or b.uidvalidity <> f.uidvalidity, false))`;

/** Looks up what became of UIDs of one folder. */
export async function readPollProgress(
  db: Knex,
  folder: PolledFolder,
  uids: readonly number[],
): Promise<PollProgress> {
  const rows = await queryRows<{ outcome: Outcome | null; count: number }>(
    db,
    `select case when ${DONE} then m.outcome end as outcome, count(*) as count ${LOOKED_UP} group by 1`,
    [folder.mailboxId, folder.uidValidity, uids],
  );
  const done = new Map<Outcome, number>();
  let waiting = 0;
  for (const { outcome, count } of rows) {
    if (outcome === null) waiting = count;
    else done.set(outcome, count);
  }
  return { done, waiting };
}

/** Those of the UIDs that still wait, in order. */
export async function findWaiting(
  db: Knex,
  folder: PolledFolder,
  uids: readonly number[],
): Promise<number[]> {
  const rows = await queryRows<{ uid: number }>(
    db,
    `select u.uid ${LOOKED_UP} and not ${DONE} order by 1`,
    [folder.mailboxId, folder.uidValidity, uids],
  );
  return rows.map((row) => row.uid);
}
