import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createFilingBench, textWith, type FilingBench } from '../../support/filing-bench.ts';
import { startTestWeb, type Agent, type TestUser, type TestWeb } from '../../support/web.ts';
import { block, mail, type MailSketch } from '../../unit/archiving/samples.ts';
import { snapshot, stateOf } from '../data-cleanup/decision-tools.ts';
import { emailOf } from '../rematch/rematch-tools.ts';

/* Leads that are made of many emails at once: what they begin with, and the ways to them and back. */

let web: TestWeb;
let bench: FilingBench;
let user: TestUser;
let agent: Agent;
let count = 0;
let jane: string;

beforeAll(async () => {
  web = await startTestWeb();
  bench = await createFilingBench(web.db);
});
afterAll(() => web.close());

beforeEach(async () => {
  count += 1;
  jane = `jane@signed${count}.example`;
  user = await web.addUser(`Dana Kim ${count}`);
  agent = await web.signIn(user);
});

let mails = 0;
async function file(sketch: Partial<MailSketch>): Promise<number> {
  mails += 1;
  const id = await bench.storeMail(
    mail({ from: [user.address], subject: `Mail ${mails}`, ...sketch }),
  );
  await bench.file(id);
  return (await emailOf(web.db, id)).id;
}

/** A mail from Jane that the user forwarded. */
async function forwarded(text: string, name = ''): Promise<number> {
  mails += 1;
  const date = { date: `2026-03-03T09:00:${String(mails % 60).padStart(2, '0')}.000Z` };
  const to = [{ name: '', address: user.address }];
  const found = block({ from: { name, address: jane }, to, ...date, subject: `Mail ${mails}` });
  const id = await file({
    to: ['archive@crm.example'],
    text: textWith({ kind: 'found', block: found }),
  });
  await web.db('emails').where({ id }).update({ text });
  return id;
}

const post = (path: string, form: object) => agent.post(path).type('form').send(form).expect(303);
const see = async (path: string) => (await agent.get(path).expect(200)).text;
const plain = (html: string) => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
const signed = (name: string, title: string, phone: string) =>
  `Hello\n\n${name}\n${title}\nSigned Works Ltd.\nTel.: ${phone}\n`;

test('a lead has the signature of the newest mail that its address wrote, not one of the user', async () => {
  await forwarded(signed('Jane Roe', 'Assistant', '+44 20 7946 0001'), 'Jane');
  await forwarded(signed('Jane Roe', 'Head of Sales', '+44 20 7946 0958'), 'Jane');
  const sent = await file({ to: [jane] });
  const text = signed('Jane Kim', 'Head of Buying', '+44 20 7946 0777');
  await web.db('emails').where({ id: sent }).update({ text });
  const before = await snapshot(web.db);
  await post('/data-cleanup/bulk', { do: 'create-leads', all: 'yes', through: String(sent) });
  const [lead] = await web.db('people').where({ kind: 'lead' }).orderBy('id', 'desc').limit(1);
  expect(lead).toMatchObject({
    first_name: 'Jane',
    last_name: 'Roe',
    title: 'Head of Sales',
    phone: '+44 20 7946 0958',
  });
  const html = await see('/data-cleanup');
  expect(plain(html)).toContain('3 emails done. Leads created: 1. Open Jane Roe');
  expect(html).toContain(`<a href="/people/${lead?.id}">Open Jane Roe</a>`);
  const [undo = ''] = /\/data-cleanup\/bulk\/\d+\/undo/.exec(html) ?? [];
  await post(undo, {});
  expect(await snapshot(web.db)).toEqual(before);
});

test('several leads are listed on the page of the action, as long as they are there', async () => {
  const first = await file({ to: [jane] });
  const last = await file({ to: [`bob@signed${count}.example`] });
  await post('/data-cleanup/bulk', { do: 'create-leads', email: [String(first), String(last)] });
  const said = await see('/data-cleanup');
  const [, page = ''] = /<a href="(\/data-cleanup\/bulk\/\d+)">Show them<\/a>/.exec(said) ?? [];
  expect(plain(await see(page))).toContain('2 emails done. Leads created: 2. Bob Lead Jane Lead');
  await web.db('people').where({ last_name: 'Bob' }).update({ deleted_at: new Date() });
  expect(plain(await see(page))).not.toContain('Bob Lead');
});

test('from one of its emails the whole action is undone, or the one alone', async () => {
  const ids = [await file({ to: [jane] }), await file({ to: [`bob@signed${count}.example`] })];
  const alone = await file({ to: [`carl@signed${count}.example`] });
  await post(`/data-cleanup/${alone}/discard`, {});
  await post('/data-cleanup/bulk', { do: 'discard', email: ids.map(String) });
  expect(await see(`/data-cleanup/${alone}`)).not.toContain('Undo the whole action');
  const html = await see(`/data-cleanup/${ids[0]}`);
  expect(plain(html)).toContain('Restore Undo the whole action (2 emails)');
  const [, one = ''] = /action="(\/decisions\/\d+\/undo)"/.exec(html) ?? [];
  const [, whole = ''] = /action="(\/data-cleanup\/bulk\/\d+\/undo)"/.exec(html) ?? [];
  await post(one, {});
  expect(await stateOf(web.db, ids[0] ?? 0)).toBe('unmatched');
  expect(await stateOf(web.db, ids[1] ?? 0)).toBe('discarded');
  expect(await see(`/data-cleanup/${ids[1]}`)).not.toContain('Undo the whole action');
  await post(whole, {});
  expect(await stateOf(web.db, ids[1] ?? 0)).toBe('unmatched');
  expect(await stateOf(web.db, alone)).toBe('discarded');
});
