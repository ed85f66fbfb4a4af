import { SecretBoxProblem } from '../config/secret-box.ts';
import type { MailboxRow } from '../db/rows.ts';
import { describeProblem } from '../imap/describe-problem.ts';
import { MailboxProblem, type OpenMailbox } from '../imap/mailbox.ts';
import { answerRequests, findOpenRequests } from '../ledger/poll-requests.ts';
import { StaleEpochError } from '../ledger/store-messages.ts';
import { toMailboxAddress } from '../mailbox-settings/mailbox-address.ts';
import { recordPollProblem, recordPollSuccess } from '../mailbox-settings/mailbox-health.ts';
import { findActiveMailbox } from '../mailbox-settings/mailbox-store.ts';
import { sleep } from '../shared/sleep.ts';
import type { KeeperDeps } from './keeper-deps.ts';
import { pollMailbox } from './poll-mailbox.ts';
import type { WakeSignal } from './wake-signal.ts';

/** Troubles that only a person can mend: they are told at once. */
const LASTING: ReadonlySet<MailboxProblem['code']> = new Set([
  'password',
  'certificate',
  'certificate-untrusted',
  'certificate-expired',
  'certificate-name',
  'forbidden-address',
  'starttls-missing',
  'login-disabled',
  'folder-missing',
  'folder-read-only',
  'uid-going-back',
  'uidvalidity-missing',
  'destination-missing',
]);

/** anew: the settings were saved, or another keeper may have taken over: who keeps what is to be found out. */
export type KeepingEnd = 'over' | 'anew';

export interface KeepingState {
  readonly mailboxId: number;
  readonly epoch: number;
  readonly signal: WakeSignal;
  /** Whether the lock can be relied on at this moment. */
  readonly held: () => boolean;
  /** Aborted when the work is to end, because it was stopped, the lock is gone, or settings were saved. */
  readonly over: AbortSignal;
}

/** Polls whenever there is news, a request, a decision to acknowledge, or the interval has passed. */
export async function keepMailbox(deps: KeeperDeps, state: KeepingState): Promise<KeepingEnd> {
  const line = createLine(deps, state.over);
  const suspects = new Set<number>();
  try {
    while (!state.over.aborted) {
      const mailbox = await findActiveMailbox(deps.db);
      if (mailbox?.id !== state.mailboxId || !mailbox.enabled) return 'anew';
      const asked = await findOpenRequests(deps.db, mailbox.id);
      const wait = secondsToBackOff(mailbox, asked);
      if (wait > 0) {
        await state.signal.during((signal) => sleep(wait * 1000, signal));
        continue;
      }
      const isNew = !line.isOpen(mailbox);
      try {
        const connection = await line.connect(mailbox);
        const kept = { mailbox, epoch: state.epoch, connection, suspects, held: state.held };
        const stored = await pollMailbox(deps, kept);
        await recordPollSuccess(deps.db, mailbox.id);
        if (stored === 0) {
          await state.signal.during((signal) =>
            connection.waitForNews(mailbox.poll_seconds, signal),
          );
        }
      } catch (error) {
        await line.cut();
        if (error instanceof StaleEpochError) return 'anew';
        const trouble = describeTrouble(error, mailbox);
        if (!trouble) throw error;
        if (isAborted(state.over)) continue;
        await noteTrouble(deps, mailbox, trouble);
        // A connection that broke with age, or under a poll that had begun before somebody asked,
        // says nothing about the poll that was asked for: the next try, which is due at once, does.
        if (isNew) await answerRequests(deps.db, asked, { problem: trouble.sentence });
      }
    }
    return 'over';
  } finally {
    await line.cut();
  }
}

/** Seconds until the next try is allowed; a request from a person is not kept waiting. */
function secondsToBackOff(mailbox: MailboxRow, asked: readonly number[]): number {
  if (!mailbox.next_try_at || asked.length > 0) return 0;
  return Math.max(0, (mailbox.next_try_at.getTime() - Date.now()) / 1000);
}

/** What keeps the mailbox from being polled, in words for administrators. */
interface Trouble {
  readonly sentence: string;
  /** Only a person can mend it. */
  readonly lasting: boolean;
}

/** null: it is no trouble of the mailbox but a bug, or one of the database. */
function describeTrouble(error: unknown, mailbox: MailboxRow): Trouble | null {
  if (error instanceof SecretBoxProblem) return { sentence: error.message, lasting: true };
  if (!(error instanceof MailboxProblem)) return null;
  const sentence = describeProblem(error, mailbox, mailbox.after_folder);
  return { sentence, lasting: LASTING.has(error.code) };
}

async function noteTrouble(
  { db, log }: KeeperDeps,
  mailbox: MailboxRow,
  trouble: Trouble,
): Promise<void> {
  const wait = await recordPollProblem(db, mailbox.id, trouble);
  log.warn({ problem: trouble.sentence, retryInSeconds: wait }, 'The mailbox could not be polled.');
}

/** What a connection was opened with: another mailbox is kept anew. */
function settingsOf({ security, password_sealed: password }: MailboxRow): string {
  return `${security} ${password}`;
}

/** For the compiler it stays what it was before an await. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}

/**
 * The one connection, opened anew after a failure or when the settings have changed. It ends with
 * the keeping, whatever is under way: a server that does not answer must not hold up a stop.
 */
function createLine({ connector, secrets }: KeeperDeps, over: AbortSignal) {
  let connection: OpenMailbox | null = null;
  let openedFor = '';
  const cut = async () => {
    const old = connection;
    connection = null;
    await old?.close();
  };
  over.addEventListener('abort', () => void cut(), { once: true });
  return {
    cut,
    isOpen: (mailbox: MailboxRow) => connection !== null && openedFor === settingsOf(mailbox),
    async connect(mailbox: MailboxRow): Promise<OpenMailbox> {
      const settings = settingsOf(mailbox);
      if (openedFor !== settings) await cut();
      if (connection) return connection;
      await secrets.prepare();
      const opened = await connector.open(toMailboxAddress(mailbox, secrets), over);
      opened.onClose(() => {
        if (connection === opened) connection = null;
      });
      connection = opened;
      openedFor = settings;
      return opened;
    },
  };
}
