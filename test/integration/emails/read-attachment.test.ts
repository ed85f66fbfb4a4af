import { randomBytes } from 'node:crypto';
import { encode as quotedPrintable } from 'libqp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AttachmentRow } from '../../../src/db/rows.ts';
import { readAttachment } from '../../../src/emails/read-attachment.ts';
import { fileMessages } from '../../../src/inbound/file-messages.ts';
import { createMailReader, type MailReader } from '../../../src/inbound/reading/mail-reader.ts';
import { insertStored } from '../../../src/ledger/store-messages.ts';
import { postgresOriginals } from '../../../src/originals/postgres-originals.ts';
import { ARCHIVE, createFilingBench, type FilingBench } from '../../support/filing-bench.ts';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.ts';
import { base64, multipart, part, text } from '../../unit/inbound/reading/build.ts';

const DANA = 'dana@firm.example';
const ENCODINGS = ['base64', 'quoted-printable', '8bit'] as const;
/** How the mail that has the attachment is itself sent; null: it is the message itself. */
const AROUND = [null, ...ENCODINGS] as const;

let database: TestDatabase;
let bench: FilingBench;
let reader: MailReader;
let uid = 1_000;

beforeAll(async () => {
  database = await createTestDatabase();
  bench = await createFilingBench(database.db);
  reader = createMailReader({ children: 1, log: { warn: () => undefined } });
  await bench.user(DANA);
});
afterAll(async () => {
  await reader.close();
  await database.drop();
});

function encoded(bytes: Buffer, encoding: (typeof ENCODINGS)[number]): string {
  if (encoding === 'base64') return base64(bytes);
  if (encoding === '8bit') return bytes.toString('latin1');
  return quotedPrintable(bytes).replace(/(?:=..|[^=\r\n]){1,70}(?=.)/g, '$&=\r\n');
}

function file(bytes: Buffer, encoding: (typeof ENCODINGS)[number]): string {
  const fields = `Content-Type: application/x-test\nContent-Disposition: attachment; filename=a.bin\nContent-Transfer-Encoding: ${encoding}`;
  return part(fields, encoded(bytes, encoding));
}

/** A mail of Dana's to the archive with a file, which may be in a mail attached to it. */
function mailWith(
  bytes: Buffer,
  encoding: (typeof ENCODINGS)[number],
  around: (typeof AROUND)[number],
) {
  const entity = multipart('mixed', 'in', [text('Hello'), file(bytes, encoding), text('Bye')]);
  const head = `From: ${DANA}\r\nTo: ${ARCHIVE}\r\nMessage-ID: <${uid}@firm.example>\r\n`;
  if (around === null) return Buffer.from(head + entity, 'latin1');
  const inner = Buffer.from(`From: jane@acme.example\r\nTo: ${DANA}\r\n${entity}`, 'latin1');
  const attached = part(
    `Content-Type: message/rfc822\nContent-Transfer-Encoding: ${around}`,
    encoded(inner, around),
  );
  return Buffer.from(head + multipart('mixed', 'out', [text('See this'), attached]), 'latin1');
}

/** Archives the mail as the product does; @returns the rows of the files in it. */
async function archive(raw: Buffer): Promise<AttachmentRow[]> {
  const { db, mailboxId } = bench;
  uid += 1;
  const id = await db.transaction(async (trx) => {
    const [originalId = 0] = await postgresOriginals.putAll(trx, [raw]);
    const folder = { mailboxId, uidValidity: 1, epoch: 0 };
    const message = { uid, size: raw.length, internalDate: new Date(), originalId };
    return (await insertStored(trx, folder, [message]))[0] ?? 0;
  });
  await fileMessages({ ...bench.deps, reader }, [id]);
  return await db('attachments')
    .join('emails', 'emails.id', 'attachments.email_id')
    .where('emails.inbound_message_id', id)
    .where('content_type', 'application/x-test')
    .select('attachments.*');
}

async function contentOf(row: AttachmentRow): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync(readAttachment(postgresOriginals, bench.db, row)));
}

const CASES = ENCODINGS.flatMap((encoding) => AROUND.map((around) => ({ encoding, around })));
/** Bytes that 8bit may hold: no line ends, which would be changed, and no boundary. */
const letters = (length: number) =>
  Buffer.from(randomBytes(length).toString('hex').slice(0, length));
const CONTENTS = [
  Buffer.alloc(0),
  Buffer.from('A'),
  Buffer.from('Grüße = "=3D" \t \xa0 end', 'latin1'),
  letters(1_000),
];

describe('an attachment comes out of the original by what its row says', () => {
  test.each(CASES)('$encoding, in a mail sent as $around', async ({ encoding, around }) => {
    for (const content of CONTENTS) {
      const [row, ...others] = await archive(mailWith(content, encoding, around));
      expect(others).toEqual([]);
      expect((await contentOf(row!)).toString('latin1')).toBe(content.toString('latin1'));
      expect(row?.size).toBe(content.length);
      const isInside = around === 'base64' || around === 'quoted-printable';
      expect(row?.inner_encoding !== null).toBe(isInside);
    }
  });

  test.each(CASES)('3 MB: $encoding, in a mail sent as $around', async ({ encoding, around }) => {
    const content = encoding === '8bit' ? letters(3_000_000) : randomBytes(3_000_000);
    const [row] = await archive(mailWith(content, encoding, around));
    expect((await contentOf(row!)).equals(content)).toBe(true);
    expect(row?.size).toBe(content.length);
  });
});

test('an original that is gone is said to be', async () => {
  const [row] = await archive(mailWith(Buffer.from('A'), 'base64', null));
  await expect(contentOf({ ...row!, email_id: 0 })).rejects.toThrow('email 0 is no longer stored');
});

test('the database refuses half of an inner slice', async () => {
  const [row] = await archive(mailWith(Buffer.from('A'), 'base64', 'base64'));
  const change = bench.db('attachments').where({ id: row!.id }).update({ inner_offset: null });
  await expect(change).rejects.toThrow('check constraint');
});
