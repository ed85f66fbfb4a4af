import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { fileMessages } from '../../../src/inbound/file-messages.ts';
import { applyAgain, compareAgain } from '../../../src/inbound/process-again.ts';
import { createMailReader, type MailReader } from '../../../src/inbound/reading/mail-reader.ts';
import { insertStored } from '../../../src/ledger/store-messages.ts';
import { postgresOriginals } from '../../../src/originals/postgres-originals.ts';
import { ARCHIVE, createFilingBench, type FilingBench } from '../../support/filing-bench.ts';
import {
  buildMail,
  messagePart,
  multipart,
  plainBody,
  textPart,
  type Part,
} from '../../support/mail-builder.ts';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.ts';

const DANA = 'dana@firm.example';
const JANE = 'jane@client.example';

let database: TestDatabase;
let bench: FilingBench;
let reader: MailReader;
let dana: number;
let count = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  bench = await createFilingBench(database.db);
  reader = createMailReader({ children: 1, log: { warn: () => undefined } });
  dana = await bench.user(DANA);
  await bench.person(JANE);
});
afterAll(async () => {
  await reader.close();
  await database.drop();
});
beforeEach(async () => {
  count += 1;
  await bench.db('notices').delete();
});

function attached(from: string, parts = 1): Part {
  const texts = Array.from({ length: parts }, () => plainBody('x'));
  const body = parts === 1 ? textPart('Yes, please.') : multipart('mixed', texts);
  const date = ['Date', 'Mon, 2 Nov 2026 09:00:00 +0000'] as const;
  return messagePart(buildMail([['From', from], ['To', DANA], ['Subject', 'Chairs'], date], body));
}

const times = (number: number, parts = 1) =>
  Array.from({ length: number }, () => attached(JANE, parts));

/** What Dana sends to the archive with these attached. */
function messageOf(mails: readonly Part[]): Buffer {
  return buildMail(
    [
      ['From', DANA],
      ['To', ARCHIVE],
      ['Subject', `Fwd: all of it ${count}`],
      ['Date', 'Tue, 3 Nov 2026 09:00:00 +0000'],
    ],
    multipart('mixed', [textPart('Please file these.'), ...mails]),
  );
}

async function file(source: Buffer): Promise<number> {
  const id = await bench.db.transaction(async (trx) => {
    const [originalId = 0] = await postgresOriginals.putAll(trx, [source]);
    const last = await trx('inbound_messages').max<{ uid: number | null }>('uid as uid').first();
    const folder = { mailboxId: bench.mailboxId, uidValidity: 1, epoch: 0 };
    const uid = (last?.uid ?? 0) + 1;
    const message = { uid, size: source.length, internalDate: new Date(), originalId };
    return (await insertStored(trx, folder, [message]))[0] ?? 0;
  });
  await fileMessages({ ...bench.deps, reader }, [id]);
  return id;
}

const emailsOf = async (id: number) =>
  await bench.db('emails').where({ inbound_message_id: id }).orderBy('id');
const attachmentsOf = async (emailId: number) =>
  await bench.db('attachments').where({ email_id: emailId }).orderBy('id').pluck('part_path');
const outcomeOf = async (id: number) => {
  const { outcome, reason } = await bench.row(id);
  return `${outcome} ${reason}`;
};
const notReadIn = async (id: number) =>
  (await bench.row(id)).trace?.steps.find(({ step }) => step === 'attached')?.why;
const compare = async (id: number) => await compareAgain({ ...bench.deps, reader }, id);

describe('mails that were attached and not read are seen by the owner', () => {
  test.each<[string, () => Part[], archived: number, notRead: number, outcome: string]>([
    ['105 mails', () => times(105), 100, 5, 'unmatched partly-matched'],
    ['45 mails of 27 parts each', () => times(45, 27), 34, 11, 'unmatched partly-matched'],
    [
      'the second of too many parts',
      () => [attached(JANE), attached(JANE, 1_200)],
      1,
      1,
      'unmatched partly-matched',
    ],
    ['one of too many parts', () => times(1, 1_200), 0, 1, 'unmatched no-forward-found'],
    [
      'one that is no mail',
      () => [messagePart(Buffer.from('words'))],
      0,
      1,
      'unmatched no-forward-found',
    ],
  ])('%s', async (_name, mails, archived, notRead, outcome) => {
    const parts = mails();
    const id = await file(messageOf(parts));
    expect(await outcomeOf(id)).toBe(outcome);
    expect(await notReadIn(id)).toMatch(new RegExp(`^${notRead} attached mail`));
    const [whole, ...rest] = await emailsOf(id);
    expect(whole).toMatchObject({
      part_path: '',
      state: 'unmatched',
      owner_id: dana,
      subject: `Fwd: all of it ${count}`,
      text: expect.stringContaining('Please file these.') as unknown,
    });
    expect(await attachmentsOf(whole?.id ?? 0)).toEqual(parts.map((_part, at) => `${at + 2}`));
    expect(rest.map(({ part_path: path, state }) => `${path} ${state}`)).toEqual(
      Array.from({ length: archived }, (_part, at) => `${at + 2} archived`),
    );
    expect(await bench.db('notices')).toMatchObject([{ user_id: dana, kind: 'unmatched' }]);
    expect(await compare(id)).toMatchObject({ verdict: 'same' });
  });

  test('delivered again it is the same mail, and read again it is filed the same', async () => {
    const raw = messageOf(times(105));
    const first = await file(raw);
    const again = Buffer.concat([Buffer.from('Received: from mx.firm.example\r\n'), raw]);
    const second = await file(again);
    expect(await outcomeOf(second)).toBe('ignored duplicate');
    expect(await emailsOf(second)).toEqual([]);
    expect(await compare(first)).toMatchObject({ verdict: 'same' });
    expect(await compare(second)).toMatchObject({ verdict: 'same' });
  });

  test('what was filed without them gets them by being processed again', async () => {
    const id = await file(messageOf(times(105)));
    const [whole, ...rest] = await emailsOf(id);
    await bench
      .db('emails')
      .where({ id: whole?.id ?? 0 })
      .delete();
    const then = { outcome: 'archived', reason: 'matched' } as const;
    await bench.db('inbound_messages').where({ id }).update(then);
    const { verdict, now } = await compare(id);
    expect([verdict, now?.outcome]).toEqual(['differs', 'unmatched']);
    const done = await applyAgain({ ...bench.deps, reader }, id, now, async () => undefined);
    expect(done).toBe('applied');
    const emails = await emailsOf(id);
    const added = emails.filter(({ part_path: path }) => path === '');
    expect(added).toMatchObject([{ state: 'unmatched', owner_id: dana }]);
    expect(emails.filter((one) => !added.includes(one)).map((one) => one.id)).toEqual(
      rest.map((one) => one.id),
    );
  });
});

test.each([1, 100])('%i attached mails are all read, and no more is filed', async (number) => {
  const id = await file(messageOf(times(number)));
  expect(await outcomeOf(id)).toBe('archived matched');
  expect(await notReadIn(id)).toBeUndefined();
  const emails = await emailsOf(id);
  expect(emails.map(({ part_path: path, state }) => `${path} ${state}`)).toEqual(
    Array.from({ length: number }, (_part, at) => `${at + 2} archived`),
  );
  expect(await bench.db('notices')).toEqual([]);
});
