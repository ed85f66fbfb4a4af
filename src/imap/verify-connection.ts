import { setTimeout as sleep } from 'node:timers/promises';
import { describeProblem } from './describe-problem.ts';
import {
  MailboxProblem,
  type AfterArchiving,
  type MailboxAddress,
  type MailboxConnector,
  type OpenMailbox,
  type SelectedFolder,
} from './mailbox.ts';
import {
  destinationCheck,
  encryptionCheck,
  failedStep,
  passed,
  pushCheck,
  type ConnectionCheck,
  type ConnectionStep,
} from './connection-checks.ts';

export type { ConnectionCheck } from './connection-checks.ts';

/** What a test of the connection found. */
export interface VerifiedConnection {
  /** One entry a step, always all six, in the order in which they are taken. */
  readonly checks: readonly ConnectionCheck[];
  /** Nothing failed; there may be warnings. */
  readonly ok: boolean;
  /** What the folder says of itself, null when it could not be opened. */
  readonly folder: SelectedFolder | null;
}

export interface VerifyOptions {
  /** For all steps together, in milliseconds. */
  readonly deadlineMs?: number;
}

const DEADLINE_MS = 20_000;
const STEPS: readonly ConnectionStep[] = [
  'reached',
  'encrypted',
  'signed-in',
  'folder',
  'destination',
  'push',
];

/**
 * Tries a mailbox as it would be used, step by step, and changes nothing in it. It opens the folder
 * too, since Microsoft 365 accepts some sign-ins and fails at SELECT. Never rejects for what the
 * server or the network does.
 */
export async function verifyConnection(
  connector: MailboxConnector,
  address: MailboxAddress,
  after: AfterArchiving,
  options: VerifyOptions = {},
): Promise<VerifiedConnection> {
  const attempt = new Attempt(address, after);
  const over = new AbortController();
  const expiry = sleep(options.deadlineMs ?? DEADLINE_MS, undefined, { signal: over.signal })
    .then(() => attempt.fail(new MailboxProblem('timed-out', 'the test took too long')))
    .catch(() => undefined);
  try {
    await Promise.race([attempt.run(connector), expiry]);
  } finally {
    over.abort();
  }
  return attempt.result();
}

/** One test under way; what it found so far can be read at any time. */
class Attempt {
  readonly #address: MailboxAddress;
  readonly #after: AfterArchiving;
  readonly #checks: ConnectionCheck[] = [];
  #folder: SelectedFolder | null = null;
  #over = false;

  constructor(address: MailboxAddress, after: AfterArchiving) {
    this.#address = address;
    this.#after = after;
  }

  async run(connector: MailboxConnector): Promise<void> {
    let mailbox: OpenMailbox | null = null;
    try {
      mailbox = await connector.open(this.#address);
      await this.#look(mailbox);
    } catch (error) {
      if (!(error instanceof MailboxProblem)) throw error;
      this.fail(error);
    } finally {
      // Not waited for: the answer is known, and a server may be slow to say goodbye.
      void mailbox?.close();
    }
  }

  /** Ends the attempt at the step that failed; what came before it went well. */
  fail(problem: MailboxProblem): void {
    if (this.#over) return;
    const step = failedStep(problem.code, this.#checks.length, STEPS);
    for (const before of STEPS.slice(this.#checks.length, STEPS.indexOf(step))) {
      this.#note(passed(before, this.#address, null));
    }
    const destination = this.#after.kind === 'move' ? this.#after.folder : null;
    const sentence = describeProblem(problem, this.#address, destination);
    const { code, detail } = problem;
    this.#note({ step, status: 'failed', sentence, problem: { code, detail } });
    this.#over = true;
  }

  result(): VerifiedConnection {
    this.#over = true;
    const skipped = STEPS.slice(this.#checks.length).map((step): ConnectionCheck => ({
      step,
      status: 'skipped',
      sentence: 'Not tried, because an earlier step failed.',
    }));
    const ok = skipped.length === 0 && this.#checks.every(({ status }) => status !== 'failed');
    return { checks: [...this.#checks, ...skipped], ok, folder: this.#folder };
  }

  async #look(mailbox: OpenMailbox): Promise<void> {
    this.#note(passed('reached', this.#address, null));
    this.#note(encryptionCheck(this.#address));
    this.#note(passed('signed-in', this.#address, null));
    const folder = await mailbox.select();
    if (!this.#over) this.#folder = folder;
    this.#note(passed('folder', this.#address, folder));
    this.#note(await destinationCheck(mailbox, this.#address, this.#after));
    this.#note(pushCheck(mailbox.capabilities));
  }

  #note(check: ConnectionCheck): void {
    if (!this.#over) this.#checks.push(check);
  }
}
