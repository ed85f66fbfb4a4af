import type { Knex } from 'knex';

import { LOCK_CLASS } from '../db/advisory-locks.ts';
import { openLockedSession, type LockedSession } from '../db/locked-session.ts';
import { KEEPER_CHANNEL } from '../ledger/poll-requests.ts';
import { findActiveMailbox } from '../mailbox-settings/mailbox-store.ts';
import { keepMailbox, type KeepingEnd } from './keep-mailbox.ts';
import type { KeeperDeps } from './keeper-deps.ts';
import { sweepAfterTakeover } from './sweep-after-takeover.ts';
import { createWakeSignal } from './wake-signal.ts';

/**
 * At most one process keeps the mailbox: the one that holds its advisory lock. It alone has an IMAP
 * connection, and it keeps the mailbox until it stops, loses the lock, or settings are saved: then it begins
 * anew, with what is set by then.
 */
export interface Keeper {
  /** Becomes the keeper if nobody is. @returns whether this process keeps the mailbox now. */
  tryStart(): Promise<boolean>;
  stop(): Promise<void>;
}

/** What runs while this process is the keeper. */
interface Keeping {
  readonly stop: () => void;
  readonly ended: Promise<KeepingEnd>;
}

export function createKeeper(deps: KeeperDeps): Keeper {
  let keeping: Keeping | null = null;
  let starting: Promise<boolean> | null = null;
  let stopped = false;

  const start = async (): Promise<boolean> => {
    if (keeping) return true;
    const mailbox = await findActiveMailbox(deps.db);
    if (!mailbox?.enabled) return false;
    const begun = await beginKeeping(deps, mailbox.id);
    if (!begun) return false;
    keeping = begun;
    void begun.ended.then((end) => {
      keeping = null;
      if (end === 'anew') void keeper.tryStart().catch(ignoreForNow);
    });
    if (stopped) begun.stop();
    return true;
  };

  const ignoreForNow = (error: unknown) => {
    deps.log.warn({ err: error }, 'The mailbox could not be kept anew yet.');
  };

  const keeper: Keeper = {
    async tryStart() {
      if (stopped) return false;
      starting ??= start().finally(() => (starting = null));
      return await starting;
    },
    async stop() {
      stopped = true;
      await starting?.catch(() => undefined);
      keeping?.stop();
      await keeping?.ended;
    },
  };
  return keeper;
}

/** null: another process keeps the mailbox. */
async function beginKeeping(deps: KeeperDeps, mailboxId: number): Promise<Keeping | null> {
  const signal = createWakeSignal();
  const over = new AbortController();
  let how: KeepingEnd = 'over';
  const end = (as: KeepingEnd) => {
    how = as;
    over.abort();
    signal.wake();
  };
  const session = await openLockedSession({
    connectionString: deps.connectionString,
    applicationName: 'letterbook keeper',
    lock: [LOCK_CLASS.keeper, mailboxId],
    channel: KEEPER_CHANNEL,
    onNotification: (what) => {
      if (what === 'unfiled') void deps.queue.add('sweep', {}).catch(() => undefined);
      // A poll of a large folder is not waited for: it may be the wrong one that is being emptied.
      if (what === 'settings') end('anew');
      else signal.wake();
    },
    onLost: () => {
      deps.log.warn({ mailbox: mailboxId }, 'The lock on the mailbox was lost.');
      end('over');
    },
  });
  if (!session) return null;
  const held = () => !over.signal.aborted && session.held();
  const ended = keepWhileHeld(deps, session, mailboxId, { signal, held, over: over.signal });
  return {
    stop: () => {
      end('over');
    },
    ended: ended.then((byItself) => (over.signal.aborted ? how : byItself)),
  };
}

async function keepWhileHeld(
  deps: KeeperDeps,
  session: LockedSession,
  mailboxId: number,
  state: Omit<Parameters<typeof keepMailbox>[1], 'mailboxId' | 'epoch'>,
): Promise<KeepingEnd> {
  try {
    const epoch = await raiseEpoch(deps.db, mailboxId);
    deps.log.info({ mailbox: mailboxId, epoch }, 'This process keeps the mailbox now.');
    sweepAfterTakeover(deps, state.over);
    return await keepMailbox(deps, { ...state, mailboxId, epoch });
  } catch (error) {
    deps.log.error({ mailbox: mailboxId, err: error }, 'Keeping the mailbox failed.');
    return 'over';
  } finally {
    await session.release();
  }
}

/** What an earlier keeper still stores or acknowledges carries an older epoch, and is refused. */
async function raiseEpoch(db: Knex, mailboxId: number): Promise<number> {
  const rows = await db('mailboxes')
    .where({ id: mailboxId })
    .update({ epoch: db.raw('epoch + 1') })
    .returning('epoch');
  const [row] = rows;
  if (!row) throw new Error(`There is no mailbox ${mailboxId}.`);
  return row.epoch;
}
