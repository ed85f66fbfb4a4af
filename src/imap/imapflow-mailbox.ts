import { setTimeout as sleep } from 'node:timers/promises';
import { sameFolder } from './folder-names.ts';
import { acknowledgeMessages } from './imapflow-acknowledge.ts';
import {
  fetchHeader,
  fetchMessageInChunks,
  fetchMessages,
  fetchSummaries,
} from './imapflow-fetch.ts';
import { NewsWatch } from './imapflow-news.ts';
import type { ImapflowSession } from './imapflow-session.ts';
import { createFolder, folderExists, selectFolder } from './imapflow-folders.ts';
import {
  MailboxProblem,
  type AfterArchiving,
  type FetchedMessage,
  type MessageSummary,
  type OpenMailbox,
  type SelectedFolder,
} from './mailbox.ts';

const MAX_UID = 0xffff_ffff;
const LOGOUT_MS = 2000;

/** OpenMailbox over imapflow. Every value that imapflow returns is checked: `false` is a refusal. */
export class ImapflowMailbox implements OpenMailbox {
  readonly capabilities: ReadonlySet<string>;
  readonly #session: ImapflowSession;
  readonly #folder: string;
  readonly #news: NewsWatch;

  /** @param noopMs how often a server without IDLE is asked while waiting for news */
  constructor(session: ImapflowSession, folder: string, noopMs: number) {
    this.#session = session;
    this.#folder = folder;
    this.#news = new NewsWatch(session, noopMs);
    this.capabilities = new Set(
      [...session.client.capabilities.keys()].map((name) => name.toUpperCase()),
    );
  }

  select(): Promise<SelectedFolder> {
    return selectFolder(this.#session, this.#folder);
  }

  async uidsAfter(after: number): Promise<number[]> {
    if (after >= MAX_UID) return [];
    this.#news.forget();
    const uids = await this.#session.runChecked('SEARCH', (client) =>
      client.search({ uid: `${after + 1}:*` }, { uid: true }),
    );
    // "n:*" always names the last message, even where its UID is lower than n.
    return uids.filter((uid) => uid > after);
  }

  summaries(uids: readonly number[]): Promise<MessageSummary[]> {
    return fetchSummaries(this.#session, uids);
  }

  fetch(uids: readonly number[]): Promise<FetchedMessage[]> {
    return fetchMessages(this.#session, uids);
  }

  fetchHeader(uid: number, maxBytes: number): Promise<Buffer | null> {
    return fetchHeader(this.#session, uid, maxBytes);
  }

  fetchInChunks(uid: number, chunkBytes: number): AsyncIterable<Buffer> {
    return fetchMessageInChunks(this.#session, uid, chunkBytes);
  }

  async acknowledge(uids: readonly number[], after: AfterArchiving): Promise<number[]> {
    if (after.kind === 'move' && sameFolder(after.folder, this.#folder)) {
      throw new MailboxProblem('refused', 'archived messages cannot be moved to where they are');
    }
    return acknowledgeMessages(this.#session, uids, after);
  }

  folderExists(folder: string): Promise<boolean> {
    return folderExists(this.#session, folder);
  }

  createFolder(folder: string): Promise<void> {
    return createFolder(this.#session, folder);
  }

  waitForNews(seconds: number, signal: AbortSignal): Promise<void> {
    return this.#news.wait(seconds, signal);
  }

  onClose(listener: () => void): void {
    this.#session.onClose(listener);
  }

  async close(): Promise<void> {
    const { client } = this.#session;
    const leaving = new AbortController();
    const farewell = client.usable ? client.logout() : Promise.resolve();
    const patience = sleep(LOGOUT_MS, undefined, { signal: leaving.signal });
    await Promise.race([farewell, patience].map((step) => step.catch(() => undefined)));
    leaving.abort();
    client.close();
  }
}
