import type { Knex } from 'knex';

import type { PollRequestRow } from '../db/rows.ts';

/** The channel on which the keeper listens. */
export const KEEPER_CHANNEL = 'letterbook_keeper';

/**
 * poll: look for new mail · decided: acknowledge · unfiled: stored messages wait to be filed ·
 * settings: they were saved, so whatever is under way by the old ones must end.
 */
export type KeeperCall = 'poll' | 'decided' | 'unfiled' | 'settings';

/** Wakes whoever keeps the mailbox; does nothing when nobody does. */
export async function ringKeeper(db: Knex, what: KeeperCall): Promise<void> {
  await db.raw('select pg_notify(?, ?)', [KEEPER_CHANNEL, what]);
}

/** Asks for a poll that will be answered with what the folder then holds. @returns the request. */
export async function requestPoll(db: Knex, mailboxId: number): Promise<number> {
  const rows = await db('poll_requests').insert({ mailbox_id: mailboxId }).returning('id');
  const [row] = rows;
  if (!row) throw new Error('The database gave no id for a poll request.');
  await ringKeeper(db, 'poll');
  return row.id;
}

export async function findPollRequest(db: Knex, id: number): Promise<PollRequestRow | null> {
  return (await db('poll_requests').where({ id }).first()) ?? null;
}

/** Ids of the requests that wait: those a poll that begins now will answer. */
export async function findOpenRequests(db: Knex, mailboxId: number): Promise<number[]> {
  const rows = await db('poll_requests')
    .where({ mailbox_id: mailboxId, answered_at: null })
    .orderBy('id')
    .select('id');
  return rows.map((row) => row.id);
}

export type PollAnswer =
  { readonly uidValidity: number; readonly uids: readonly number[] } | { readonly problem: string };

/** Answers those of the requests that have no answer yet, and clears away those of earlier days. */
export async function answerRequests(
  db: Knex,
  ids: readonly number[],
  answer: PollAnswer,
): Promise<void> {
  if (ids.length === 0) return;
  const values =
    'problem' in answer
      ? { problem: answer.problem }
      : { uidvalidity: answer.uidValidity, uids: [...answer.uids] };
  await db('poll_requests')
    .whereIn('id', ids)
    .where({ answered_at: null })
    .update({ ...values, answered_at: db.fn.now() });
  await db('poll_requests').where('requested_at', '<', db.raw(`now() - interval '1 day'`)).delete();
}
