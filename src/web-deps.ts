import type { Knex } from 'knex';
import type { Logger } from 'pino';
import type { SecretBox } from './config/secret-box.ts';
import type { Pages } from './http/pages.ts';
import type { MailboxConnector } from './imap/mailbox.ts';
import type { Originals } from './originals/originals.ts';
import type { Stoppable } from './shared/stoppable.ts';
import type { Mailer } from './smtp/mailer.ts';

/** What the pages work with. Each router asks for the part of it that it needs. */
export interface WebDeps extends Stoppable {
  readonly db: Knex;
  readonly pages: Pages;
  readonly secrets: SecretBox;
  readonly originals: Originals;
  readonly connector: MailboxConnector;
  readonly mailer: Mailer;
  readonly log: Logger;
  /** Where people reach the pages, without a trailing slash: what links in mails begin with. */
  readonly baseUrl: string;
}
