import { imapflowConnector } from '../../../src/imap/imapflow-connector.ts';
import type { ImapflowConnectorOptions } from '../../../src/imap/imapflow-connector.ts';
import {
  MailboxProblem,
  type MailboxAddress,
  type OpenMailbox,
} from '../../../src/imap/mailbox.ts';

/** Where a test server listens in clear, and who may sign in. */
export interface Reachable {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
}

/** A mailbox of that server, without encryption unless told. */
export function addressOf(server: Reachable, more: Partial<MailboxAddress> = {}): MailboxAddress {
  const { host, port, user, password } = server;
  const plain = { host, port, security: 'none', username: user, password } as const;
  return { ...plain, folder: 'INBOX', ...more };
}

/** Opens mailboxes and closes them all at the end of a test. */
export class Workbench {
  readonly #open: OpenMailbox[] = [];

  async open(
    address: MailboxAddress,
    options: ImapflowConnectorOptions = {},
  ): Promise<OpenMailbox> {
    const mailbox = await imapflowConnector({ noopMs: 50, ...options }).open(address);
    this.#open.push(mailbox);
    return mailbox;
  }

  /** Opens the mailbox and selects its folder. */
  async select(
    address: MailboxAddress,
    options: ImapflowConnectorOptions = {},
  ): Promise<OpenMailbox> {
    const mailbox = await this.open(address, options);
    await mailbox.select();
    return mailbox;
  }

  async clear(): Promise<void> {
    await Promise.all(this.#open.splice(0).map((mailbox) => mailbox.close()));
  }
}

/** The problem that a promise rejects with; anything else fails the test. */
export async function problemOf(work: Promise<unknown>): Promise<MailboxProblem> {
  try {
    await work;
  } catch (error) {
    if (error instanceof MailboxProblem) return error;
    throw error;
  }
  throw new Error('Nothing went wrong.');
}

export async function collect(parts: AsyncIterable<Buffer>): Promise<Buffer[]> {
  return Array.fromAsync(parts);
}
