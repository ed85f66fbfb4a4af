import type { Knex } from 'knex';

import { findAllAdministrators } from '../groups/group-store.ts';
import { deleteNotices, raiseNotices } from '../inbox/notice-store.ts';

/** Failures in a row before administrators are told; a single hiccup mends itself. */
const TELL_AFTER = 3;
const SHORTEST_WAIT_SECONDS = 1;
const LONGEST_WAIT_SECONDS = 300;

/** Seconds to wait after so many failures in a row: doubling, at most five minutes. */
export function backOffSeconds(failures: number): number {
  return Math.min(SHORTEST_WAIT_SECONDS * 2 ** (failures - 1), LONGEST_WAIT_SECONDS);
}

/** Notes a poll that went well; the trouble notice goes away. */
export async function recordPollSuccess(db: Knex, mailboxId: number): Promise<void> {
  const success = {
    last_poll_at: db.fn.now(),
    last_success_at: db.fn.now(),
    problem: null,
    problem_since: null,
    failures: 0,
    next_try_at: null,
    backlog_left: 0,
  };
  const was = { id: mailboxId, problem: null };
  if ((await db('mailboxes').where(was).update(success)) > 0) return;
  await db.transaction(async (trx) => {
    await trx('mailboxes').where({ id: mailboxId }).update(success);
    await deleteNotices(trx, ['mailbox-problem'], String(mailboxId));
  });
}

/** Notes how much a poll found that is more than a moment's work; its cursor tells how it goes on. */
export async function noteBacklog(db: Knex, mailboxId: number, messages: number): Promise<void> {
  await db('mailboxes').where({ id: mailboxId }).update({
    backlog_total: messages,
    backlog_left: messages,
    backlog_since: db.fn.now(),
    backlog_at: db.fn.now(),
  });
}

/**
 * Notes a poll that failed, and when to try again. Administrators get one notice for one trouble,
 * however long it lasts; what only they can mend (`lasting`) is told at once.
 *
 * @returns seconds until the next try.
 */
export async function recordPollProblem(
  db: Knex,
  mailboxId: number,
  problem: { readonly sentence: string; readonly lasting: boolean },
): Promise<number> {
  return await db.transaction(async (trx) => {
    const before = await trx('mailboxes').where({ id: mailboxId }).forUpdate().first('failures');
    const failures = (before?.failures ?? 0) + 1;
    const wait = backOffSeconds(problem.lasting ? failures + 4 : failures);
    await trx('mailboxes')
      .where({ id: mailboxId })
      .update({
        last_poll_at: trx.fn.now(),
        problem: problem.sentence,
        problem_since: trx.raw('coalesce(problem_since, now())'),
        failures,
        next_try_at: trx.raw('now() + make_interval(secs => ?)', [wait]),
      });
    if (failures >= (problem.lasting ? 1 : TELL_AFTER)) await tellAdministrators(trx, mailboxId);
    return wait;
  });
}

/** Once in one trouble: the notice that is there, read or not, goes only when the trouble does. */
async function tellAdministrators(trx: Knex.Transaction, mailboxId: number): Promise<void> {
  const notice = { kind: 'mailbox-problem', subject: String(mailboxId) } as const;
  if (await trx('notices').where(notice).first('id')) return;
  const members = await findAllAdministrators(trx);
  await raiseNotices(
    trx,
    members.map((userId) => ({ userId, ...notice })),
  );
}
