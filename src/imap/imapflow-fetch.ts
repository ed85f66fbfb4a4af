import type { FetchMessageObject, FetchQueryObject } from 'imapflow';
import type { ImapflowSession } from './imapflow-session.ts';
import { MailboxProblem, type FetchedMessage, type MessageSummary } from './mailbox.ts';
import { READ_LIMITS, uidSets } from './uid-sets.ts';

/** The longest literal that is taken: nothing longer is ever asked for. */
export const MAX_LITERAL_BYTES = 4 * 1024 * 1024;

const SUMMARY = { uid: true, size: true, internalDate: true } as const;

/** What FETCH said of one message; a server may spread it over several answers. */
interface Row {
  size: number | null;
  internalDate: Date | null;
  source: Buffer | null;
  flags: ReadonlySet<string> | null;
}

export async function fetchSummaries(
  session: ImapflowSession,
  uids: readonly number[],
): Promise<MessageSummary[]> {
  const rows = await fetchRows(session, uids, SUMMARY);
  return [...rows].map(([uid, row]) => summaryOf(uid, row));
}

export async function fetchMessages(
  session: ImapflowSession,
  uids: readonly number[],
): Promise<FetchedMessage[]> {
  const rows = await fetchRows(session, uids, { ...SUMMARY, source: true });
  const messages: FetchedMessage[] = [];
  const empty: number[] = [];
  for (const [uid, row] of rows) {
    if (row.source === null) empty.push(uid);
    else messages.push({ ...summaryOf(uid, row), source: row.source });
  }
  await expectGone(session, empty);
  return messages;
}

/** The flags of those UIDs that still exist, lower case. */
export async function fetchFlags(
  session: ImapflowSession,
  uids: readonly number[],
): Promise<Map<number, ReadonlySet<string>>> {
  const rows = await fetchRows(session, uids, { uid: true, flags: true });
  const known = [...rows].map(([uid, { flags }]): [number, ReadonlySet<string>] => [
    uid,
    new Set([...(flags ?? [])].map((flag) => flag.toLowerCase())),
  ]);
  return new Map(known);
}

/** BODY.PEEK[HEADER]<0.maxBytes> (RFC 3501 section 6.4.5). */
export async function fetchHeader(
  session: ImapflowSession,
  uid: number,
  maxBytes: number,
): Promise<Buffer | null> {
  const part = { key: 'header', start: 0, maxLength: maxBytes };
  const row = await session.run('FETCH', (client) =>
    client.fetchOne(String(uid), { uid: true, bodyParts: [part] }, { uid: true }),
  );
  const header = row === false ? null : bufferOf(row.headers);
  if (header === null && row !== false) await expectGone(session, [uid]);
  return header?.subarray(0, maxBytes) ?? null;
}

/**
 * BODY.PEEK[]<offset.length> (RFC 3501 section 6.4.5), part after part. The announced size is not
 * believed: the end is a part that is empty, or shorter than asked for once that size is reached.
 */
export async function* fetchMessageInChunks(
  session: ImapflowSession,
  uid: number,
  chunkBytes: number,
): AsyncGenerator<Buffer> {
  if (chunkBytes < 1 || chunkBytes > MAX_LITERAL_BYTES) {
    throw new RangeError(`Parts of ${chunkBytes} bytes cannot be fetched.`);
  }
  let offset = 0;
  let announced = 0;
  while (true) {
    const source = { start: offset, maxLength: chunkBytes };
    const row = await session.run('FETCH', (client) =>
      client.fetchOne(String(uid), { ...SUMMARY, source }, { uid: true }),
    );
    const part = row === false ? null : bufferOf(row.source);
    if (row === false || part === null) {
      if (row !== false) await expectGone(session, [uid]);
      if (offset === 0) return;
      throw new MailboxProblem('refused', `message ${uid} went away while it was being read`);
    }
    announced = row.size ?? announced;
    if (part.length > 0) yield part;
    offset += part.length;
    if (part.length === 0 || (part.length < chunkBytes && offset >= announced)) return;
  }
}

async function fetchRows(
  session: ImapflowSession,
  uids: readonly number[],
  query: FetchQueryObject,
): Promise<Map<number, Row>> {
  const rows = new Map<number, Row>();
  const wanted = new Set(uids);
  for (const { set } of uidSets(uids, READ_LIMITS)) {
    const answers = await session.run('FETCH', (client) =>
      client.fetchAll(set, query, { uid: true }),
    );
    // Servers also send news of other messages in between.
    for (const answer of answers) if (wanted.has(answer.uid)) merge(rows, answer);
  }
  return rows;
}

function merge(rows: Map<number, Row>, answer: FetchMessageObject): void {
  const before = rows.get(answer.uid);
  rows.set(answer.uid, {
    size: answer.size ?? before?.size ?? null,
    internalDate: validDate(answer.internalDate) ?? before?.internalDate ?? null,
    source: bufferOf(answer.source) ?? before?.source ?? null,
    flags: answer.flags ?? before?.flags ?? null,
  });
}

function summaryOf(uid: number, row: Row): MessageSummary {
  return { uid, size: row.size ?? 0, internalDate: row.internalDate };
}

/**
 * A server may answer NIL for a message that somebody else has just expunged (RFC 2180 section
 * 4.1.3). One that is still there has been refused: taken for gone, it would be lost.
 */
async function expectGone(session: ImapflowSession, uids: readonly number[]): Promise<void> {
  if (uids.length === 0) return;
  await session.run('NOOP', (client) => client.noop());
  const [present] = (await fetchFlags(session, uids)).keys();
  if (present === undefined) return;
  throw new MailboxProblem('refused', `the server gave no content for message ${present}`);
}

/** Null for NIL, whatever the types of imapflow promise. */
function bufferOf(source: unknown): Buffer | null {
  return Buffer.isBuffer(source) ? source : null;
}

function validDate(date: Date | string | undefined): Date | null {
  return date instanceof Date ? date : null;
}
