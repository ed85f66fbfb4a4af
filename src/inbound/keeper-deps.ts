import type { SecretBox } from '../config/secret-box.ts';
import type { MailboxConnector } from '../imap/mailbox.ts';
import type { PollDeps } from './kept-mailbox.ts';

export interface KeeperDeps extends PollDeps {
  /** For the connection that holds the lock, which is not one of the pool's. */
  readonly connectionString: string;
  readonly connector: MailboxConnector;
  readonly secrets: SecretBox;
}
