import { afterAll, beforeAll, expect, test } from 'vitest';
import { isLinkable } from '../../../src/archiving/match-correspondents.ts';
import { createFilingBench, type FilingBench } from '../../support/filing-bench.ts';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.ts';
import { mail, type MailSketch } from '../../unit/archiving/samples.ts';
import { emailOf, linkedPeople } from './rematch-tools.ts';

const DANA = 'dana@firm.example';
const TOM = 'tom@firm.example';

let database: TestDatabase;
let bench: FilingBench;

beforeAll(async () => {
  database = await createTestDatabase();
  bench = await createFilingBench(database.db);
  await bench.user(DANA);
  await bench.user(TOM);
});
afterAll(() => database.drop());

/** Files a mail from somebody known that Dana forwarded, with the address in one more place. */
async function file(sender: string, more: Partial<MailSketch>): Promise<number> {
  const attached = mail({ partPath: '2', from: [sender], to: [DANA], subject: sender, ...more });
  const id = await bench.storeMail(mail({ from: [DANA], forwarded: [attached] }));
  await bench.file(id);
  return id;
}

test.each(['to', 'cc', 'bcc', 'replyTo', 'resentFrom'] as const)(
  'whoever had an address in %s before, or gets it later, is linked alike',
  async (place) => {
    const domain = `${place.toLowerCase()}.example`;
    const [early, late] = [`early@${domain}`, `late@${domain}`];
    const sender = await bench.person(`sender@${domain}`);
    const first = await bench.person(early);
    const id = await file(`sender@${domain}`, { [place]: [early, late] });
    const second = await bench.person(late);
    const others = place === 'replyTo' ? [] : [first, second];
    expect(await linkedPeople(bench.db, id)).toEqual([sender, ...others]);
  },
);

test('the database and the core call the same participants linkable', async () => {
  await bench.person('sender@client.example');
  const id = await file('sender@client.example', {
    to: [DANA, TOM, 'a@client.example', 'archive@crm.example'],
    cc: [TOM, 'b@client.example'],
    bcc: ['c@client.example'],
    replyTo: [TOM, 'd@client.example'],
    resentFrom: ['e@client.example'],
  });
  const { id: email_id } = await emailOf(bench.db, id);
  const rows = await bench.db('email_participants').where({ email_id });
  expect(new Set(rows.map(({ role }) => role)).size).toBe(6);
  expect(new Set(rows.map(({ kind }) => kind)).size).toBe(4);
  for (const row of rows) expect(row.linkable, `${row.role} ${row.kind}`).toBe(isLinkable(row));
  const replyTo = rows.filter(({ address }) => address === 'd@client.example');
  expect(replyTo.map(({ linkable }) => linkable)).toEqual([false]);
});

test('nobody decides who cannot be linked', async () => {
  const id = await file('other@client.example', { replyTo: ['f@client.example'] });
  const { id: email_id } = await emailOf(bench.db, id);
  const change = bench.db('email_participants').where({ email_id, role: 'reply-to' });
  await expect(change.update({ deciding: true })).rejects.toThrow('check constraint');
});
