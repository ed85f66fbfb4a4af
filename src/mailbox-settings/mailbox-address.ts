import type { SecretBox } from '../config/secret-box.ts';
import type { MailboxRow } from '../db/rows.ts';
import type { MailboxAddress } from '../imap/mailbox.ts';

/** How to reach a saved mailbox, with its password opened. @throws SecretBoxProblem */
export function toMailboxAddress(mailbox: MailboxRow, secrets: SecretBox): MailboxAddress {
  const { host, port, security, username, folder } = mailbox;
  const password = secrets.open(mailbox.password_sealed);
  return { host, port, security, username, password, folder };
}
