import type { ImapflowSession } from './imapflow-session.ts';
import { MailboxProblem } from './mailbox.ts';

/**
 * IDLE is ended and begun anew this often, which also shows that the server still answers
 * (RFC 2177 asks for at least every 29 minutes; firewalls forget quiet connections sooner).
 */
const IDLE_SLICE_MS = 4 * 60_000;

/** Waits for new mail, and remembers mail that was announced while nobody waited. */
export class NewsWatch {
  readonly #session: ImapflowSession;
  readonly #noopMs: number;
  #news = false;
  #idleRefused = false;
  #wake: () => void = () => {};

  constructor(session: ImapflowSession, noopMs: number) {
    this.#session = session;
    this.#noopMs = noopMs;
    session.client.on('exists', ({ count, prevCount }) => {
      if (count <= prevCount) return;
      this.#news = true;
      this.#wake();
    });
    session.onClose(() => this.#wake());
  }

  /** What was announced before now will be found by the search that follows. */
  forget(): void {
    this.#news = false;
  }

  async wait(seconds: number, signal: AbortSignal): Promise<void> {
    const end = performance.now() + seconds * 1000;
    while (!this.#news && !signal.aborted) {
      const left = end - performance.now();
      if (left <= 0) return;
      if (this.#session.closed) {
        throw new MailboxProblem('disconnected', 'the connection ended while waiting for mail');
      }
      if (this.#canIdle()) await this.#idle(Math.min(left, IDLE_SLICE_MS), signal);
      else await this.#askLater(Math.min(left, this.#noopMs), signal);
    }
  }

  #canIdle(): boolean {
    return !this.#idleRefused && this.#session.client.capabilities.has('IDLE');
  }

  async #idle(ms: number, signal: AbortSignal): Promise<void> {
    const { client } = this.#session;
    const idling = client.idle().then(
      () => 'ended',
      () => 'ended',
    );
    const first = await Promise.race([idling, this.#pause(ms, signal).then(() => 'woken')]);
    // A server that refuses IDLE, or ends it by itself, is asked with NOOP from now on.
    if (first === 'ended') this.#idleRefused = true;
    // Any command makes imapflow send DONE first.
    await this.#noop();
    await this.#session.timed('IDLE', idling);
  }

  async #askLater(ms: number, signal: AbortSignal): Promise<void> {
    await this.#pause(ms, signal);
    if (!this.#session.closed && !signal.aborted) await this.#noop();
  }

  async #noop(): Promise<void> {
    await this.#session.run('NOOP', (client) => client.noop());
    if (this.#session.client.usable) return;
    throw new MailboxProblem('disconnected', 'the connection ended while waiting for mail');
  }

  /** Resolves after `ms`, or with the first news, abort or end of the connection. */
  #pause(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const finish = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', finish);
        this.#wake = () => {};
        resolve();
      };
      const timer = setTimeout(finish, ms);
      signal.addEventListener('abort', finish, { once: true });
      this.#wake = finish;
      if (this.#news || this.#session.closed || signal.aborted) finish();
    });
  }
}
