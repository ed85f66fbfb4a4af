import { afterAll, beforeAll, expect, test } from 'vitest';
import { createRealFiling, type RealFiling } from '../../support/real-filing.ts';
import { startTestWeb, type TestUser, type TestWeb } from '../../support/web.ts';

let web: TestWeb;
let filing: RealFiling;
let dana: TestUser;

beforeAll(async () => {
  web = await startTestWeb();
  filing = await createRealFiling(web.db);
  dana = await web.addUser('Dana Kim');
});
afterAll(async () => {
  await filing.close();
  await web.close();
});

async function sentOn(date: string | null) {
  const line = date === null ? '' : `Date: ${date}\r\n`;
  const head = `From: ${dana.address}\r\nTo: jane@client.example\r\n${line}Message-ID: <${Math.random()}@x.example>\r\n`;
  const [email] = await filing.file(`${head}\r\nHello`);
  const message = await web.db('inbound_messages').where({ id: email!.inbound_message_id }).first();
  return { sent: email!.sent_at, raw: email!.date_raw, received: message!.internal_date };
}

test.each([
  ['with a zone', 'Tue, 3 Feb 2026 04:05:06 +0530', '2026-02-02T22:35:06.000Z'],
  ['long past', 'Thu, 1 Jan 1970 01:00:00 +0000', '1970-01-01T01:00:00.000Z'],
  ['in the far future', 'Mon, 1 Jan 2150 00:00:00 +0000', null],
  ['beyond all years', 'Mon, 1 Jan 275760 00:00:00 +0000', null],
  ['without a zone', 'Tue, 3 Feb 2026 04:05:06', null],
  ['that is none', 'yesterday', null],
  ['missing', null, null],
])(
  'a date %s: the mail stands by it, or by when it was received',
  async (_name, date, expected) => {
    const { sent, raw, received } = await sentOn(date);
    expect(sent).toEqual(expected === null ? received : new Date(expected));
    expect(raw).toBe(date);
  },
);

test('a clock that is a day ahead is believed', async () => {
  const tomorrow = new Date(Math.floor(Date.now() / 1000) * 1000 + 24 * 60 * 60 * 1000);
  const { sent } = await sentOn(tomorrow.toUTCString());
  expect(sent).toEqual(tomorrow);
});

test('of 6,000 recipients the first are kept, and the page says how many are not', async () => {
  await filing.person('p7@client.example');
  const to = Array.from({ length: 6000 }, (_, i) => `p${i}@client.example`).join(',\r\n ');
  const [email] = await filing.file(`From: ${dana.address}\r\nTo: ${to}\r\n\r\nHello all`);
  expect(email).toMatchObject({ state: 'archived', recipients_left_out: 1001 });
  const agent = await web.signIn(dana);
  const { text } = await agent.get(`/emails/${email!.id}`).expect(200);
  expect(text).toContain('1001 more recipients are not kept with it');
});
