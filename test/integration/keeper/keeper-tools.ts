import type { Knex } from 'knex';
import { pino } from 'pino';
import { createSecretBox } from '../../../src/config/secret-box.ts';
import type { MailboxRow } from '../../../src/db/rows.ts';
import { imapflowConnector } from '../../../src/imap/imapflow-connector.ts';
import { createKeeper, type Keeper } from '../../../src/inbound/keeper.ts';
import type { KeeperDeps } from '../../../src/inbound/keeper-deps.ts';
import { postgresOriginals } from '../../../src/originals/postgres-originals.ts';
import { InProcessQueue } from '../../../src/queue/in-process-queue.ts';
import type { Dovecot } from '../../support/dovecot.ts';
import { insertMailbox } from '../../support/filing-bench.ts';
import type { TestDatabase } from '../../support/postgres.ts';

const secrets = createSecretBox('a key of at least thirty-two characters');
const log = pino({ level: 'silent' });

export function keeperDeps({ db, connectionString }: TestDatabase): KeeperDeps {
  return {
    db,
    connectionString,
    originals: postgresOriginals,
    // Nobody works on its jobs: what is stored stays stored.
    queue: new InProcessQueue({ log: { info() {}, warn() {}, error() {} } }),
    log,
    checkpoint: () => undefined,
    connector: imapflowConnector(),
    mailComes: () => undefined,
    secrets,
  };
}

export function keeperOn(database: TestDatabase): Keeper {
  return createKeeper(keeperDeps(database));
}

/** The server's mailbox, as an administrator would have saved it. @returns its number. */
export async function saveMailboxRow(
  db: Knex,
  { host, port, user, password }: Dovecot,
  columns: Partial<MailboxRow> = {},
): Promise<number> {
  return await insertMailbox(db, {
    host,
    port,
    security: 'none',
    username: user,
    password_sealed: secrets.seal(password),
    ...columns,
  });
}
