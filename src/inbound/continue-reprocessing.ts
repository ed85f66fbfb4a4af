import type { Knex } from 'knex';
import { recordAudit } from '../audit/audit-store.ts';
import type { ReprocessingMessageRow } from '../db/reprocessing-rows.ts';
import {
  closeReprocessings,
  nextToReprocess,
  type OpenReprocessing,
} from '../ledger/reprocessing-store.ts';
import type { FilingDeps } from './file-messages.ts';
import { applyAgain, compareAgain, type Comparison } from './process-again.ts';

type Deps = Pick<FilingDeps, 'db' | 'originals' | 'reader' | 'lookup' | 'log'>;

/** Work on a message that was begun this often and never ended is given up. */
const MOST_ATTEMPTS = 3;

/** Compares or applies one message of those that are processed again. @returns false: nothing to do. */
export async function continueReprocessing(deps: Deps): Promise<boolean> {
  const next = await nextToReprocess(deps.db);
  if (!next) {
    await closeReprocessings(deps.db);
    return false;
  }
  const item = itemOf(deps.db, next);
  if (next.attempts >= MOST_ATTEMPTS) {
    await item.update({ verdict: 'failed' });
    return true;
  }
  await item.update({ attempts: next.attempts + 1 });
  try {
    if (next.state === 'comparing') await compare(deps, next);
    else await applyOne(deps, next);
  } catch (error) {
    // It stays where it is: tried again, and given up after some tries.
    deps.log.warn(
      { message: next.message_id, err: error },
      'A message could not be processed again.',
    );
  }
  return true;
}

async function compare(deps: Deps, next: OpenReprocessing): Promise<void> {
  const comparison = await compareAgain(deps, next.message_id);
  await itemOf(deps.db, next).whereNull('verdict').update(columnsOf(comparison));
}

async function applyOne(deps: Deps, next: OpenReprocessing): Promise<void> {
  const { message_id: id, standing_now: shown } = next;
  await applyAgain(deps, id, shown, async (trx, done, judged) => {
    const columns = done === 'changed' ? columnsOf(judged) : {};
    await itemOf(trx, next).update({ ...columns, verdict: done });
    if (done !== 'applied') return;
    const { then, now } = judged;
    const detail = { message: id, from: then?.outcome ?? null, to: now?.outcome ?? 'fetched' };
    await recordAudit(trx, 'log.processed-again', detail, next.actor_id);
  });
}

function itemOf(db: Knex, { reprocessing_id, message_id }: OpenReprocessing) {
  return db('reprocessing_messages').where({ reprocessing_id, message_id });
}

function columnsOf({ verdict, then, now }: Comparison): Partial<ReprocessingMessageRow> {
  return {
    verdict,
    standing_then: then && (JSON.stringify(then) as never),
    standing_now: now && (JSON.stringify(now) as never),
  };
}
