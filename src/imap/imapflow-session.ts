import type { ImapFlow, ImapFlowOptions } from 'imapflow';
import { withinDeadline, type DeadlineLimits } from './deadline.ts';
import { MailboxProblem } from './mailbox.ts';
import { commandProblem } from './problem-of.ts';

type ImapflowLogger = Exclude<ImapFlowOptions['logger'], false | undefined> & {
  isLevelEnabled(level: string): boolean;
};

/**
 * Imapflow answers `false` where a server said NO and tells why only to its logger, so this is one:
 * it keeps the last error and logs nothing (what passes here holds addresses and mail).
 */
export class RefusalNotes {
  #last: unknown = null;

  readonly logger: ImapflowLogger = {
    trace: () => {},
    debug: () => {},
    info: () => {},
    warn: (entry: unknown) => this.#note(entry),
    error: (entry: unknown) => this.#note(entry),
    fatal: (entry: unknown) => this.#note(entry),
    // Else imapflow writes every answer out for a log that nobody keeps.
    isLevelEnabled: (level) => ['warn', 'error', 'fatal'].includes(level),
  };

  forget(): void {
    this.#last = null;
  }

  get last(): unknown {
    return this.#last;
  }

  #note(entry: unknown): void {
    if (typeof entry !== 'object' || entry === null || !('err' in entry)) return;
    this.#last = entry.err;
  }
}

/** One connection of imapflow with deadlines, and with every failure as a MailboxProblem. */
export class ImapflowSession {
  readonly client: ImapFlow;
  readonly #notes: RefusalNotes;
  readonly #limits: DeadlineLimits;
  readonly #closeListeners: (() => void)[] = [];
  /** What ended the connection, if that is known. */
  #fatal: unknown = null;
  #closed = false;

  constructor(client: ImapFlow, notes: RefusalNotes, limits: DeadlineLimits) {
    this.client = client;
    this.#notes = notes;
    this.#limits = limits;
    // Without this listener a dropped connection would end the process.
    client.on('error', (error) => {
      this.#fatal ??= error;
    });
    client.on('close', () => {
      this.#closed = true;
      for (const listener of this.#closeListeners.splice(0)) listener();
    });
  }

  get closed(): boolean {
    return this.#closed;
  }

  onClose(listener: () => void): void {
    if (this.#closed) listener();
    else this.#closeListeners.push(listener);
  }

  /** Runs one command within its deadline; its failure becomes a MailboxProblem. */
  async run<T>(what: string, command: (client: ImapFlow) => Promise<T>): Promise<T> {
    this.#notes.forget();
    try {
      return await this.timed(what, command(this.client));
    } catch (error) {
      throw this.#problem(error);
    }
  }

  /** As run(), for commands that answer `false` (or nothing) when the server said NO. */
  async runChecked<T>(
    what: string,
    command: (client: ImapFlow) => Promise<T>,
  ): Promise<Exclude<T, false | undefined>> {
    const answer = await this.run(what, command);
    if (answer !== false && answer !== undefined) return answer as Exclude<T, false | undefined>;
    const noted = this.#notes.last;
    if (noted !== null) throw this.#problem(noted);
    const code = this.client.usable ? 'refused' : 'disconnected';
    throw new MailboxProblem(code, `${what} was not carried out`);
  }

  /** Bounds work that is not a plain command. Rejects as the work does. */
  timed<T>(what: string, work: Promise<T>, limits = this.#limits): Promise<T> {
    const connection = {
      received: () => this.client.stats().received,
      cut: () => this.client.close(),
    };
    return withinDeadline(what, work, connection, limits);
  }

  /** A command that was under way when the connection ended says less than what ended it. */
  #problem(error: unknown): MailboxProblem {
    const problem = commandProblem(error);
    if (problem.code !== 'disconnected' || this.#fatal === null) return problem;
    return commandProblem(this.#fatal);
  }
}
