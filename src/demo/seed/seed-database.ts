import type { Dependencies } from '../../dependencies.ts';
import { fileMessages } from '../../inbound/file-messages.ts';
import { createMailReader } from '../../inbound/reading/mail-reader.ts';
import { markAcknowledged } from '../../ledger/acknowledgements.ts';
import { insertStored, withoutRow, type FolderState } from '../../ledger/store-messages.ts';
import { fillRecords } from '../fill-records.ts';
import { stories } from '../stories/all-stories.ts';
import { buildMails, type BuiltMail } from '../stories/build-mails.ts';
import { ensureSeedMailbox } from './seed-mailbox-store.ts';

export interface SeedReport {
  readonly users: number;
  readonly people: number;
  readonly mails: number;
}

const MINUTE_MS = 60_000;
/** What arrives in the demo while one watches arrived some minutes ago, after the set-up. */
const SET_UP_MS = 15 * MINUTE_MS;
const ARRIVING_MS = 10 * MINUTE_MS;

type SeedDeps = Pick<Dependencies, 'db' | 'originals' | 'log' | 'checkpoint' | 'lookup'>;

/**
 * Fills a database with the stories, through the pipeline but without any mail server. What is there
 * already stays as it is, so that seeding again adds nothing.
 */
export async function seedDatabase(deps: SeedDeps, now: Date): Promise<SeedReport> {
  const records = await fillRecords(deps.db);
  const mailboxId = await ensureSeedMailbox(deps.db, new Date(now.getTime() - SET_UP_MS));
  const folder = { mailboxId, uidValidity: 1, epoch: 0 };
  const mails = buildMails(stories, now, new Date(now.getTime() - ARRIVING_MS));
  const ids = await storeMails(deps, folder, mails);
  const reader = createMailReader({ children: 1, log: deps.log });
  try {
    // One after the other, as they came: a repeated mail is known by the first.
    for (const id of ids) await fileMessages({ ...deps, reader }, [id]);
  } finally {
    await reader.close();
  }
  await deps.db.transaction((trx) => markAcknowledged(trx, ids, 'move'));
  return { ...records, mails: ids.length };
}

async function storeMails(
  { db, originals }: SeedDeps,
  folder: FolderState,
  mails: readonly BuiltMail[],
): Promise<number[]> {
  const numbered = mails.map((mail, index) => ({ uid: index + 1, mail }));
  const uids = new Set(
    await withoutRow(
      db,
      folder,
      numbered.map(({ uid }) => uid),
    ),
  );
  const missing = numbered.filter(({ uid }) => uids.has(uid));
  if (missing.length === 0) return [];
  return await db.transaction(async (trx) => {
    const sources = missing.map(({ mail }) => mail.raw);
    const originalIds = await originals.putAll(trx, sources);
    const messages = missing.map(({ uid, mail }, index) => ({
      uid,
      size: mail.raw.length,
      internalDate: mail.date,
      originalId: originalIds[index] ?? 0,
    }));
    return await insertStored(trx, folder, messages);
  });
}
