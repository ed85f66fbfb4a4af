import type { CertificateProblem } from '../shared/certificate-problem.ts';

/** How to reach the archive mailbox. */
export interface MailboxAddress {
  readonly host: string;
  readonly port: number;
  readonly security: 'tls' | 'starttls' | 'none';
  readonly username: string;
  readonly password: string;
  readonly folder: string;
}

/** Why the mailbox could not be used. Each code has one sentence in describe-problem.ts. */
export type MailboxProblemCode =
  | 'host-not-found'
  | 'connection-refused'
  | 'unreachable'
  | 'forbidden-address'
  | 'timed-out'
  | 'no-greeting'
  | 'too-slow'
  | 'tls-on-plain-port'
  | 'plain-on-tls-port'
  | 'starttls-missing'
  | CertificateProblem
  | 'tls-failed'
  | 'not-imap'
  | 'password'
  | 'unavailable'
  | 'login-disabled'
  | 'folder-missing'
  | 'folder-refused'
  | 'folder-read-only'
  | 'uidvalidity-missing'
  | 'uid-going-back'
  | 'destination-missing'
  | 'refused'
  | 'disconnected'
  | 'unexpected';

/**
 * A failure of the mail server or the way to it: I/O, so it is thrown. `detail` is the server's own
 * text, cut to a few hundred characters without control characters.
 */
export class MailboxProblem extends Error {
  readonly code: MailboxProblemCode;
  readonly detail: string;
  constructor(code: MailboxProblemCode, detail: string, options?: ErrorOptions) {
    super(`${code}: ${detail}`, options);
    this.name = 'MailboxProblem';
    this.code = code;
    this.detail = detail;
  }
}

export interface SelectedFolder {
  readonly uidValidity: number;
  /** null where the server does not say. */
  readonly uidNext: number | null;
  readonly exists: number;
  readonly readOnly: boolean;
}

export interface MessageSummary {
  readonly uid: number;
  /** RFC822.SIZE as announced, in bytes; a server may lie. */
  readonly size: number;
  readonly internalDate: Date | null;
}

export interface FetchedMessage extends MessageSummary {
  readonly source: Buffer;
}

/** What to do with a message whose outcome is committed. */
export type AfterArchiving =
  | { readonly kind: 'move'; readonly folder: string }
  | { readonly kind: 'delete' }
  | { readonly kind: 'seen' };

/**
 * One connection to one folder. Every method rejects with MailboxProblem, has a total deadline for
 * each command it sends (a server that trickles bytes is cut off), and never sets \Seen except
 * through acknowledge(). Calls are made one after the other by their one owner, never at the same
 * time; close() may come at any time.
 */
export interface OpenMailbox {
  /** What the server offers, upper case (MOVE, UIDPLUS, IDLE ...). */
  readonly capabilities: ReadonlySet<string>;
  /**
   * Selects the folder anew, read-write. RFC 3501 section 6.3.1. Never expunges.
   * Rejects with folder-missing, folder-refused, folder-read-only or uidvalidity-missing.
   */
  select(): Promise<SelectedFolder>;
  /** UIDs greater than `after`, ascending. A refused SEARCH rejects; it is not an empty folder. */
  uidsAfter(after: number): Promise<number[]>;
  /** Sizes and dates of those UIDs that still exist, in any order. */
  summaries(uids: readonly number[]): Promise<MessageSummary[]>;
  /**
   * Whole messages of those UIDs that still exist. For small ones: all are held in memory.
   * Rejects with refused when the server gives a message no content.
   */
  fetch(uids: readonly number[]): Promise<FetchedMessage[]>;
  /**
   * The beginning of a message's header (RFC 3501 section 6.4.5), at most `maxBytes`, and nothing of
   * its body; null when the message is gone. Rejects with refused when the server gives none.
   */
  fetchHeader(uid: number, maxBytes: number): Promise<Buffer | null>;
  /**
   * One message in parts of at most `chunkBytes`, in order; no parts at all when it is gone.
   * Rejects when it goes while it is being read: never take a part for the whole.
   */
  fetchInChunks(uid: number, chunkBytes: number): AsyncIterable<Buffer>;
  /**
   * Moves, deletes or marks the messages, then asks the server which are done.
   * @returns the UIDs that need nothing more (moved, deleted, marked, or no longer in the folder);
   *   a UID that is missing from the answer was left as it was.
   * Never a bare EXPUNGE: without UIDPLUS a deleted message stays, flagged \Deleted.
   * Rejects with destination-missing or refused when the server says NO.
   */
  acknowledge(uids: readonly number[], after: AfterArchiving): Promise<number[]>;
  /** Whether that folder exists and messages can be put into it. Works with no folder selected. */
  folderExists(folder: string): Promise<boolean>;
  /** Creates a folder and subscribes to it; one that exists stays as it is. Rejects with refused. */
  createFolder(folder: string): Promise<void>;
  /**
   * Waits for news (IDLE, or NOOP where the server has no IDLE) until something arrives, `signal`
   * aborts, or `seconds` have passed; resolves in each of these cases. News that came since the
   * last uidsAfter() counts: then it resolves at once.
   */
  waitForNews(seconds: number, signal: AbortSignal): Promise<void>;
  /** Called once when the connection ends for whatever reason; at once if it has ended already. */
  onClose(listener: () => void): void;
  /** Logs out politely if it can within 2 s, else cuts the connection. Never rejects. */
  close(): Promise<void>;
}

/** Opens connections. The imapflow adapter is the only one. */
export interface MailboxConnector {
  /**
   * Connects and signs in; the folder is not selected yet.
   * @param signal gives up on it: nothing of the attempt is left, and open() rejects.
   */
  open(address: MailboxAddress, signal?: AbortSignal): Promise<OpenMailbox>;
}
