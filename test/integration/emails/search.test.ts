import { afterAll, beforeAll, expect, test } from 'vitest';
import { down, up } from '../../../migrations/20261127042300_write_search_vectors.ts';
import type { PlannedEmail } from '../../../src/archiving/planned-email.ts';
import { listEmails } from '../../../src/emails/email-list-store.ts';
import { insertEmails, type NewEmail } from '../../../src/emails/email-store.ts';
import { replaceEmails } from '../../../src/emails/replace-emails.ts';
import { createFilingBench, type FilingBench } from '../../support/filing-bench.ts';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.ts';

let database: TestDatabase;
let bench: FilingBench;
beforeAll(async () => {
  database = await createTestDatabase();
  bench = await createFilingBench(database.db);
});
afterAll(async () => {
  await database.drop();
});

let users = 0;

/** A user's only mail, with this subject and text. */
async function prepare(text: string, subject = ''): Promise<NewEmail> {
  users += 1;
  const ownerId = await bench.user(`user${users}@crm.example`);
  const inboundMessageId = await bench.store({ kind: 'fails', why: '' });
  const email: PlannedEmail = {
    partPath: '',
    subject,
    messageId: null,
    conversation: [],
    sentAt: null,
    dateRaw: null,
    text,
    bodyParts: [],
    remark: '',
    participants: [],
    attachments: [],
    state: 'archived',
    links: [],
  };
  return { inboundMessageId, ownerId, capture: 'copied', receivedAt: new Date(), email };
}

async function insert(...emails: NewEmail[]): Promise<void> {
  await bench.db.transaction(async (trx) => insertEmails(trx, emails));
}

async function find(owner: number, text: string): Promise<string[]> {
  const rest = { files: false, waiting: false, from: null, until: null, before: null, after: null };
  const viewer = { id: owner, timeZone: 'UTC' } as never;
  const { rows } = await listEmails(bench.db, viewer, { text, mine: true, ...rest });
  const emails = await bench
    .db('emails')
    .whereIn(
      'id',
      rows.map(({ id }) => id),
    )
    .select('part_path');
  return emails.map((row) => row.part_path).sort();
}

/** Of the whole text, as the vectors were made of emails that are there. */
const WHOLE = `to_tsvector('simple'::regconfig,
  left(subject, 1000) || ' ' || left(search_words, 20000) || ' ' || left(text, 60000))`;

const TEXTS = {
  German: `Die Donau-Dampfschifffahrts-Gesellschaft, Straße 7a; der E-Mail-Verkehr (siehe Anlage) ist
    „vertraulich“ – z.B. i.d.R. Müller/Meier & Söhne GmbH. Der E-Mail-Verkehr: die Anlage!`,
  addresses: `Write to dana.north+crm@client-firm.example, <joe_doe@x.example> or "Bob Lee" <bob@y.example>.
    See https://www.shop.example/a/b.html?x=1&y=2#top. (http://x.example/find?) ftp://f.example:21/~bob/
    www.shop.example www.shop.example: shop.example/a,b`,
  numbers: `1.234,56 € and 1,234.56 USD; 2026-11-24, 24.11.2026, 11/24/2026 12:30 -5 Tel: +49 30 1234-567 Fax: 30 1e5 50%
    #12 §5 v1.2.3. 1.234,56 12:31 2026-11-25 No. 7, No. 8 3x4`,
  files: `Offer_2026-final (2).pdf, C:\\Files\\Offer.docx /home/dana/offer.tar.gz ./offer.txt ../up offer.pdf.`,
  Greek: 'Ο ΟΔΥΣΣΕΥΣ και ο Οδυσσεύς, της οδού Σ. οδυσσεύς; ΟΔΟΣ',
  Turkish: 'İstanbul ISPARTA ısparta i̇stanbul IŞIK ışık İZMİR',
  Japanese: '椅子を四十脚、ご注文ください。 カタログ A4 用紙 「東京」 四十',
  Thai: 'ราคาสินค้า 40 บาท ราคาสินค้า กรุงเทพฯ',
  Arabic: 'السلام عليكم، شكرًا على رسالتكم. السلام؟ كِتَابٌ ١٢٣',
  quotes: `"well" 'well' ‘well’ “well” «well» l'été l’été rock'n'roll O'Neil don't "rock", she said`,
  brackets: `<dana> if a<b and c>d <b>bold</b> text<br/>more [link] {x} <script>alert(1)</script> after it
    &amp; &nbsp;x &#39; <!-- no --> yes <style> still there`,
  signs:
    'AT & T, Smith & Sons; R&D = C++ + C# | a/b / c * Mo – Fr … foo_bar --- ~x ^y `z` \\ @all !? ..',
  accents: 'cafe\u0301 café naïve Å A\u030a zu\u00adsam\u00admen soft\u200bhyphen 👩‍👩‍👧 🎉 ok👍',
} as const;

/** Words as they stand there, their beginnings and ends, and without the spaces at a sign or a colon. */
function typed(text: string): string[] {
  const pieces = [...text.split(/\s+/), ...text.split(/[\s,;"'()<>]+/)];
  const closed = text.replace(
    /(?<=[\p{L}\p{N}]) ([^\p{L}\p{N}\s,;"'()<>]+) (?=[\p{L}\p{N}])/gu,
    '$1',
  );
  const labels = text.replace(/: /g, ':');
  const parts = pieces.flatMap((piece) => {
    const signs = Array.from(piece);
    const half = Math.ceil(signs.length / 2);
    return [piece, signs.slice(0, half).join(''), signs.slice(half).join(''), piece.toLowerCase()];
  });
  return [...new Set([...parts, ...closed.split(/\s+/), ...labels.split(/\s+/)])].filter(
    (one) => one.trim() !== '',
  );
}

test.each(Object.entries(TEXTS))(
  '%s: what the whole text is found by finds it',
  async (_, text) => {
    const whole = await prepare(text);
    const { ownerId, email } = whole;
    const once = { ...(await prepare(text)), ownerId, email: { ...email, partPath: 'once' } };
    await insert(whole, once);
    await bench.db.raw(
      `update emails set search = ${WHOLE} where owner_id = ? and part_path = ''`,
      [ownerId],
    );
    let found = 0;
    for (const query of typed(text)) {
      const paths = await find(ownerId, query);
      if (paths.includes('')) found += 1;
      expect(paths, query).not.toEqual(['']);
    }
    expect(found).toBeGreaterThan(10);
  },
);

test('a subject is found as it is written, and hides nothing of the text', async () => {
  const email = await prepare('offer chairs forty nuts', 'Forty chairs: the offer <style>');
  await insert(email);
  const found = await bench
    .db('emails')
    .where({ owner_id: email.ownerId })
    .whereRaw(`search @@ phraseto_tsquery('simple', 'forty chairs: the offer')`);
  expect(found).toHaveLength(1);
  expect(await find(email.ownerId, 'nuts')).toEqual(['']);
});

test('of an email that is read again, its new text is found', async () => {
  const before = await prepare('Walnut');
  await insert(before);
  const email = { ...before.email, text: 'Hazelnut & "almond"' };
  await bench.db.transaction(async (trx) =>
    replaceEmails(trx, before.inboundMessageId, [{ ...before, email }]),
  );
  expect(await find(before.ownerId, 'walnut')).toEqual([]);
  expect(await find(before.ownerId, 'hazelnut almond')).toEqual(['']);
});

test('emails from before stay found, and so do those that a process of before still writes', async () => {
  const { db } = bench;
  const email = await prepare('Mandelhörnchen mandelhörnchen', 'Pistachio');
  await insert(email);
  await db.transaction(async (trx) => down(trx));
  const whole = await db('emails').where({ owner_id: email.ownerId }).first();
  await db.transaction(async (trx) => up(trx));
  expect(await db('emails').where({ owner_id: email.ownerId }).first()).toEqual(whole);
  expect(whole?.search).toBe("'mandelhörnchen':2,3 'pistachio':1");
  expect(await find(email.ownerId, 'mandelhörn')).toEqual(['']);
  const { id: _, search: __, ...row } = whole!;
  await db('emails').insert({ ...row, part_path: '2' } as never);
  expect(await find(email.ownerId, 'mandelhörn')).toEqual(['', '2']);
});

const numbered = (word: (at: number) => string) =>
  Array.from({ length: 60_000 }, (_, at) => word(at));

test.each([
  ['one word', 'x'.repeat(60_000)],
  ['a word longer than PostgreSQL keeps', `${'é'.repeat(1_500)} and`],
  ['words of one sign', 'a '.repeat(30_000)],
  ['as many signs as there are', numbered((at) => String.fromCodePoint(0x20000 + at)).join(' ')],
  ['a half of a character at the end', `xy${'😀'.repeat(40_000)}`],
  ['accents', 'a\u0301\u0302\u0303'.repeat(20_000)],
  ['accents of nothing', '\u0301 '.repeat(30_000)],
  ['compounds', numbered((at) => at.toString(36)).join('-')],
  ['short compounds', numbered((at) => `${at.toString(36)}-b`).join(' ')],
  ['addresses', numbered((at) => `h${at}.example/p?q=${at}`).join(' ')],
  ['paths', numbered((at) => at.toString(36)).join('/')],
  ['beginnings of comments', '<!-- '.repeat(12_000)],
  ['signs', '& '.repeat(30_000)],
  ['entities', '&a;'.repeat(20_000)],
  [
    'signs of a script without spaces',
    numbered((at) => String.fromCodePoint(0x4e00 + (at % 20_000))).join('-'),
  ],
])('a mail of %s is written', async (_what, text) => {
  const mail = await prepare(`Needle ${text}`, `Pin${text}`.slice(0, 2_000).toWellFormed());
  const from = { role: 'from', kind: 'correspondent', deciding: false, source: 'header' } as const;
  const name = text.slice(0, 25_000).toWellFormed();
  const participants = [{ ...from, address: 'x@y.example', name }];
  await insert({ ...mail, email: { ...mail.email, participants } });
  expect(await find(mail.ownerId, 'needle')).toEqual(['']);
});
