import { createHash, randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { pino } from 'pino';
import type {
  ForwardReading,
  ParsedMail,
  ReadMailResult,
} from '../../src/archiving/parsed-mail.ts';
import type { InboundMessageRow, MailboxRow } from '../../src/db/rows.ts';
import { fileMessages, type FilingDeps } from '../../src/inbound/file-messages.ts';
import type { KilledReading } from '../../src/inbound/reading/ask-processes.ts';
import type { MailReader } from '../../src/inbound/reading/mail-reader.ts';
import { insertStored } from '../../src/ledger/store-messages.ts';
import { postgresOriginals } from '../../src/originals/postgres-originals.ts';
import { createPerson } from '../../src/people/create-person.ts';
import { checkSender } from '../../src/trust/check-sender.ts';
import { createUser } from '../../src/users/create-user.ts';
import { zoneResolver } from './trust/zone-resolver.ts';
import type { Checkpoint, CheckpointName } from '../../src/shared/checkpoint.ts';

export const ARCHIVE = 'archive@crm.example';

/** What the bench's reader makes of a stored message; a mail's forward is found in its text. */
export type Script =
  ReadMailResult | KilledReading | { readonly kind: 'fails'; readonly why: string };

/** A database with one mailbox, into which messages are stored whose reading is told beforehand. */
export interface FilingBench {
  readonly db: Knex;
  readonly mailboxId: number;
  readonly deps: FilingDeps;
  /** Stores a message in the ledger; @returns its number. */
  store(script: Script, columns?: Partial<InboundMessageRow>): Promise<number>;
  storeMail(mail: ParsedMail, columns?: Partial<InboundMessageRow>): Promise<number>;
  file(...ids: readonly number[]): Promise<number>;
  user(address: string, ...groups: ('super-administrators' | 'administrators')[]): Promise<number>;
  person(address: string, kind?: 'contact' | 'lead'): Promise<number>;
  row(id: number): Promise<InboundMessageRow>;
  /** Does this, once, when filing comes to that point. */
  at(point: CheckpointName, act: () => Promise<unknown>): void;
}

export async function createFilingBench(db: Knex): Promise<FilingBench> {
  const mailboxId = await insertMailbox(db);
  const acts = new Map<CheckpointName, () => Promise<unknown>>();
  const checkpoint: Checkpoint = async (name) => {
    const act = acts.get(name);
    acts.delete(name);
    await act?.();
  };
  const log = pino({ level: 'silent' });
  const lookup = zoneResolver({});
  const deps = {
    db,
    originals: postgresOriginals,
    reader: scriptedReader,
    lookup,
    log,
    checkpoint,
  };
  let uid = 0;

  const store: FilingBench['store'] = async (script, columns = {}) =>
    await db.transaction(async (trx) => {
      const source = Buffer.from(JSON.stringify(script));
      const [originalId = 0] = await postgresOriginals.putAll(trx, [source]);
      uid += 1;
      const folder = { mailboxId, uidValidity: 1, epoch: 0 };
      const message = { uid, size: source.length, internalDate: new Date(), originalId };
      const [id = 0] = await insertStored(trx, folder, [message]);
      if (Object.keys(columns).length > 0) {
        await trx('inbound_messages').where({ id }).update(columns);
      }
      return id;
    });

  return {
    db,
    mailboxId,
    deps,
    store,
    storeMail: async (mail, columns) => await store(readingOf(mail), columns),
    file: async (...ids) => await fileMessages(deps, ids),
    user: async (address, ...groups) => {
      const user = { name: address, email: address, groups, passwordHash: null };
      const result = await createUser(db, user);
      if (result.kind !== 'created') throw new Error(`${address} is taken.`);
      return result.userId;
    },
    person: async (address, kind = 'contact') =>
      await db.transaction(async (trx) => {
        const person = { kind, firstName: randomUUID(), lastName: '', email: address };
        return (await createPerson(trx, { ...person, account: null })).personId;
      }),
    async row(id) {
      const row = await db('inbound_messages').where({ id }).first();
      if (!row) throw new Error(`There is no message ${id}.`);
      return row;
    },
    at: (point, act) => void acts.set(point, act),
  };
}

/** A reading whose fingerprint is that of its content, as with a real mail. */
export function readingOf(mail: ParsedMail): ReadMailResult {
  const fingerprint = createHash('sha256').update(JSON.stringify(mail)).digest('hex');
  return { kind: 'mail', mail, fingerprint };
}

/** The text of a mail in which the bench's reader finds this. */
export function textWith(forward: ForwardReading): string {
  return JSON.stringify(forward);
}

/** The archive mailbox of a test database; its password opens nowhere. */
export async function insertMailbox(db: Knex, columns: Partial<MailboxRow> = {}): Promise<number> {
  const rows = await db('mailboxes')
    .insert({
      active: true,
      host: 'imap.crm.example',
      port: 993,
      security: 'tls',
      username: 'archive-login',
      folder: 'INBOX',
      password_sealed: 'sealed',
      archive_address: ARCHIVE,
      after_archiving: 'delete',
      after_folder: null,
      existing: 'archive',
      set_up_at: new Date(Date.now() - 60_000),
      ...columns,
    })
    .returning('id');
  return rows[0]?.id ?? 0;
}

const scriptedReader: MailReader = {
  read: readScript,
  readAll: async (sources) => await Promise.all(sources.map(readScript)),
  readForwards: (mails) =>
    Promise.resolve(
      mails.map(({ text }): ForwardReading => {
        return text.startsWith('{') ? (JSON.parse(text) as ForwardReading) : { kind: 'none' };
      }),
    ),
  check: async (source, { receivedAt, settings, ...asked }, lookup) => {
    const raw = Buffer.from(await textOf(source));
    const question = { ...asked, raw, receivedAt: new Date(receivedAt) };
    return { kind: 'evidence', evidence: await checkSender(question, settings, lookup) };
  },
  begin: () => undefined,
  close: async () => undefined,
};

async function readScript(source: Buffer | AsyncIterable<Buffer>) {
  const script = JSON.parse(await textOf(source)) as Script;
  if (script.kind === 'fails') throw new Error(script.why);
  return script;
}

async function textOf(source: Buffer | AsyncIterable<Buffer>): Promise<string> {
  if (Buffer.isBuffer(source)) return source.toString();
  const parts: Buffer[] = [];
  for await (const part of source) parts.push(part);
  return Buffer.concat(parts).toString();
}
