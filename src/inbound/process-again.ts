import type { Knex } from 'knex';
import { liveTransaction } from '../db/live-transaction.ts';
import type { InboundMessageRow } from '../db/rows.ts';
import { queryRows } from '../db/query-rows.ts';
import { lockEmailsOf } from '../emails/replace-emails.ts';
import { canFetchAgain, fetchAgain } from '../ledger/fetch-again.ts';
import { isSameStanding, standingOfPlan, standingOfRow } from '../ledger/standing.ts';
import type { Standing } from '../shared/standing.ts';
import { planMessages } from './decide-messages.ts';
import type { FilingDeps } from './file-messages.ts';
import { gatherTrust } from './gather-trust.ts';
import { readMessages } from './read-messages.ts';
import { saveAgain } from './save-again.ts';
import type { FiledMessage } from './save-filing.ts';

export type AgainDeps = Pick<FilingDeps, 'db' | 'originals' | 'reader' | 'lookup'>;

/**
 * What processing a message again comes to. same: nothing changes · differs: `now` would be written ·
 * fetch: it would be fetched, and filed then · by-hand: somebody has decided about it, which stays ·
 * would-lose: by today's rules it would be no email any more, so it stays · waits: it has no outcome
 * yet · gone: it is not there any more · failed: it could not be read in time.
 */
export interface Comparison {
  readonly verdict:
    'same' | 'differs' | 'fetch' | 'by-hand' | 'would-lose' | 'waits' | 'gone' | 'failed';
  readonly then: Standing | null;
  readonly now: Standing | null;
}

interface Judged extends Comparison {
  readonly filed: FiledMessage | null;
}

/** Says what would become of a message by today's rules and records, and changes nothing. */
export async function compareAgain(deps: AgainDeps, id: number): Promise<Comparison> {
  const found: Comparison[] = [];
  await liveTransaction(deps.db, async (trx) => {
    const { verdict, then, now } = await judge(deps, trx, id);
    found.push({ verdict, then, now });
    throw new NothingWritten();
  }).catch((error: unknown) => {
    if (!(error instanceof NothingWritten)) throw error;
  });
  const [comparison] = found;
  if (!comparison) throw new Error(`Message ${id} was not compared.`);
  return comparison;
}

/** Ends a transaction that only looked: the locks of filing go, and nothing stays. */
class NothingWritten extends Error {}

export type Applied = 'applied' | 'changed' | Exclude<Comparison['verdict'], 'differs' | 'fetch'>;

/**
 * Does what compareAgain said, under the locks of filing. Nobody is written to. Done twice it
 * changes nothing more.
 *
 * @param shown what was agreed to; where something else would be written by now, nothing is.
 * @param note written in the same transaction.
 */
export async function applyAgain(
  deps: AgainDeps,
  id: number,
  shown: Standing | null,
  note: (trx: Knex.Transaction, done: Applied, judged: Comparison) => Promise<void>,
): Promise<Applied> {
  return await liveTransaction(deps.db, async (trx) => {
    const judged = await judge(deps, trx, id);
    const done = await apply(trx, id, judged, shown);
    await note(trx, done, judged);
    return done;
  });
}

async function apply(
  trx: Knex.Transaction,
  id: number,
  { verdict, then, now, filed }: Judged,
  shown: Standing | null,
): Promise<Applied> {
  if (verdict === 'fetch') {
    return (await fetchAgain(trx, [id])).length > 0 ? 'applied' : 'gone';
  }
  if (verdict !== 'differs') return verdict;
  if (!then || !now || !filed || !shown || !isSameStanding(now, shown)) return 'changed';
  await saveAgain(trx, filed, then);
  return 'applied';
}

async function judge(deps: AgainDeps, trx: Knex.Transaction, id: number): Promise<Judged> {
  const row = await trx('inbound_messages').where({ id }).first();
  if (!row || row.state === 'gone') return nothing('gone');
  const then = standingOfRow(row);
  if (row.original_id === null)
    return nothing((await canFetchAgain(trx, id)) ? 'fetch' : 'gone', then);
  if (row.outcome === null) return nothing('waits', then);
  const message = { ...row, original_id: row.original_id, trace: null };
  const [reading] = await readMessages(trx, deps.originals, deps.reader, [message]);
  if (!reading || reading.result.kind === 'killed') return nothing('failed', then);
  const readings = [{ ...reading, result: reading.result }];
  // Whoever was held back must not come in by being looked at again.
  const trust = await gatherTrust(deps, trx, readings);
  if (trust.killed.has(id)) return nothing('failed', then);
  // A message is no duplicate of itself.
  const [filed] = await planMessages(deps, trx, { readings, trust }, id);
  if (!filed) return nothing('failed', then);
  // After the locks on addresses, as whoever has rejected mail filed again. See processRejectedAgain.
  if (!(await isUnchanged(trx, row))) return nothing('waits', then);
  const emails = await lockEmailsOf(trx, id);
  const now = standingOfPlan(filed.plan);
  const verdict = isSameStanding(then, now)
    ? 'same'
    : emails.byHand
      ? 'by-hand'
      : emails.count > 0 && filed.plan.emails.length === 0
        ? 'would-lose'
        : 'differs';
  return { verdict, then, now, filed };
}

function nothing(verdict: Comparison['verdict'], then: Standing | null = null): Judged {
  return { verdict, then, now: null, filed: null };
}

/** Whether it still stands as it was read, before the locks; from here on it is locked. */
async function isUnchanged(trx: Knex.Transaction, row: InboundMessageRow): Promise<boolean> {
  const rows = await queryRows<{ outcome: string | null; decided_at: Date | null }>(
    trx,
    'select outcome, decided_at from inbound_messages where id = ? for update',
    [row.id],
  );
  const [locked] = rows;
  return (
    locked?.outcome === row.outcome && locked.decided_at?.getTime() === row.decided_at?.getTime()
  );
}
