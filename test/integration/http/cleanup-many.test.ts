import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createFilingBench, type FilingBench } from '../../support/filing-bench.ts';
import { startTestWeb, type Agent, type TestUser, type TestWeb } from '../../support/web.ts';
import { mail, type MailSketch } from '../../unit/archiving/samples.ts';
import { stateOf } from '../data-cleanup/decision-tools.ts';
import { fileMany } from '../data-cleanup/file-many.ts';
import { emailOf } from '../rematch/rematch-tools.ts';

/*
 * Data Cleanup with much that waits, as people use it: pressed twice, in two tabs, from a page that is
 * old by now, while something else is under way.
 */

let web: TestWeb;
let bench: FilingBench;
let user: TestUser;
let agent: Agent;
let count = 0;
let domain: string;

beforeAll(async () => {
  web = await startTestWeb();
  bench = await createFilingBench(web.db);
});
afterAll(() => web.close());

beforeEach(async () => {
  count += 1;
  domain = `client${count}.example`;
  user = await web.addUser(`Dana Kim ${count}`);
  agent = await web.signIn(user);
});

async function file(who: string, sketch: Partial<MailSketch> = {}): Promise<number> {
  const id = await bench.storeMail(
    mail({ from: [user.address], to: [`${who}@${domain}`], ...sketch }),
  );
  await bench.file(id);
  return (await emailOf(web.db, id)).id;
}

async function many(amount: number, addresses: number): Promise<number[]> {
  return await fileMany(web.db, await file('many0'), { amount, addresses, domain });
}

const send = (path: string, form: object) => agent.post(path).type('form').send(form);
const see = async (path: string) => (await agent.get(path).expect(200)).text;
const plain = (html: string) => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
const through = async () =>
  /name="through" value="(\d+)"/.exec(await see('/data-cleanup'))?.[1] ?? '';
const rows = (html: string) => html.match(/data-row/g)?.length ?? 0;
const unescaped = (text: string) =>
  text
    .replace(/&#34;/g, '"')
    .replace(/&#39;/g, "'")
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&(amp|#38);/g, '&');

/** The fields of the last form of a page, with its button. */
function fieldsOf(html: string): [string, string][] {
  const form = html.slice(html.lastIndexOf('<form'));
  return [...form.matchAll(/name="([^"]+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [
    name,
    unescaped(value),
  ]);
}

/** A bulk action that no process is at. */
async function under(way: 'discard' | 'create-leads', ids: readonly number[]): Promise<number> {
  const [action] = await web
    .db('bulk_actions')
    .insert({ actor_id: user.id, kind: way })
    .returning('id');
  const bulkId = action?.id ?? 0;
  await web.db('bulk_emails').insert(ids.map((id) => ({ bulk_id: bulkId, email_id: id })));
  return bulkId;
}

describe('much at once', () => {
  test('is asked about first, with how much it is; undone, one is at the groups again', async () => {
    const ids = await many(30, 10);
    const keys = Array.from({ length: 10 }, (_, n) => `many${n}@${domain}`);
    const form = { by: 'address', key: keys, do: 'discard', through: await through() };
    const { text: asked } = await send('/data-cleanup/bulk', form).expect(200);
    expect(plain(asked)).toContain('Discard 30 emails? They are about 10 addresses');
    expect(asked).toContain('href="/data-cleanup?by=address"');
    expect(await stateOf(web.db, ids[0] ?? 0)).toBe('unmatched');
    const sure = new URLSearchParams(fieldsOf(asked)).toString();
    const done = await agent.post('/data-cleanup/bulk').type('form').send(sure).expect(303);
    expect(done.headers.location).toBe('/data-cleanup?by=address');
    const said = await see('/data-cleanup?by=address');
    expect(plain(said)).toContain('30 emails discarded.');
    const [undo = ''] = /\/data-cleanup\/bulk\/\d+\/undo[^"]*/.exec(said) ?? [];
    const undone = await send(unescaped(undo), {}).expect(303);
    expect(undone.headers.location).toBe('/data-cleanup?by=address');
    const left = await web.db('emails').whereIn('id', ids).where({ state: 'unmatched' });
    expect(left).toHaveLength(30);
  });

  test.each([
    ['discard', 25, 303],
    ['discard', 26, 200],
    ['create-leads', 26, 200],
  ])('%s of %i emails answers %i', async (what, amount, status) => {
    await many(amount, 2);
    const form = { all: 'yes', do: what, through: await through() };
    const answer = await send('/data-cleanup/bulk', form).expect(status);
    if (status === 200) expect(plain(answer.text)).toContain(`${amount} emails?`);
  });

  test('a hand-over of many says to whom', async () => {
    const tom = await web.addUser(`Tom Hale ${count}`);
    await many(26, 2);
    const all = { all: 'yes', do: 'hand-over', through: await through() };
    const { text } = await send('/data-cleanup/bulk', { ...all, userId: tom.id }).expect(200);
    expect(plain(text)).toContain(`Hand 26 emails over? They are about 2 addresses.`);
    expect(plain(text)).toContain(`wait in that of Tom Hale ${count}`);
    expect(Object.fromEntries(fieldsOf(text))).toMatchObject({
      userId: String(tom.id),
      do: 'hand-over',
      sure: 'yes',
    });
  });
});

describe('while a bulk action is under way', () => {
  test('what it will come to is in no list and in no number, and the list says so', async () => {
    const ids = await many(10, 5);
    const bulkId = await under('discard', ids.slice(4));
    const list = await see('/data-cleanup');
    expect(rows(list)).toBe(4);
    expect(list).toContain(`href="/data-cleanup/bulk/${bulkId}"`);
    expect(plain(list)).toContain('Many emails are being discarded.');
    expect(plain(list)).toContain('4 emails, newest first');
    expect(list).toContain('aria-label="Data Cleanup: 4 emails wait"');
    const groups = await see('/data-cleanup?by=address');
    expect(rows(groups)).toBe(4);
    expect(plain(groups)).toContain('4 addresses, those with the most emails first');
    // One goes on with what is left.
    const answer = await send(`/data-cleanup/${ids[3]}/discard`, {}).expect(303);
    expect(answer.headers.location).toBe(`/data-cleanup/${ids[2]}`);
  });

  test('what it will come to is not among the others with the address of one that is left', async () => {
    const ids = await many(5, 1);
    await under('discard', ids.slice(2));
    const first = `/data-cleanup/${ids[0]}`;
    expect(plain(await see(first))).toContain('And the other email with this address');
    await send(`${first}/discard`, { along: 'yes', through: String(ids.at(-1)) }).expect(303);
    expect(plain(await see('/data-cleanup'))).toContain('2 emails discarded.');
    for (const id of ids.slice(2)) expect(await stateOf(web.db, id)).toBe('unmatched');
  });

  test('another one takes what is left; pressed once more, it leads to what is under way', async () => {
    const ids = await many(6, 3);
    const first = await under('create-leads', ids.slice(2));
    const all = { all: 'yes', do: 'discard', through: String(ids.at(-1)) };
    await send('/data-cleanup/bulk', all).expect(303);
    for (const id of ids.slice(0, 2)) expect(await stateOf(web.db, id)).toBe('discarded');
    for (const id of ids.slice(2)) expect(await stateOf(web.db, id)).toBe('unmatched');
    const again = await send('/data-cleanup/bulk', all).expect(303);
    expect(again.headers.location).toBe(`/data-cleanup/bulk/${first}`);
  });

  test('a form that is sent twice at once decides about each email once', async () => {
    const ids = await many(20, 4);
    const all = { all: 'yes', do: 'discard', through: await through() };
    await Promise.all([1, 2, 3].map(() => send('/data-cleanup/bulk', all).expect(303)));
    const taken = await web.db('bulk_emails').whereIn('email_id', ids).select('result');
    expect(taken).toHaveLength(20);
    expect(taken.every(({ result }) => result === 'done')).toBe(true);
  });
});

describe('a page that is old by now', () => {
  test.each([
    ['/data-cleanup?before=1', 3],
    ['/data-cleanup?after=999999999', 3],
    ['/data-cleanup?by=address&before=1-1', 2],
    ['/data-cleanup?by=domain&group=gone.example', 1],
    ['/data-cleanup?by=domain&group=gone.example&before=1', 1],
  ])('%s leads to what still waits', async (path, shown) => {
    await many(3, 2);
    const html = await see(path);
    expect(rows(html)).toBe(shown);
    expect(html).not.toContain('Every email is matched');
  });

  test('with nothing left, says so', async () => {
    for (const query of ['', '?before=1', '?by=address', '?by=domain&group=x.example']) {
      expect(await see(`/data-cleanup${query}`)).toContain('Every email is matched');
    }
  });

  test('ticked emails of which none is there any more change nothing', async () => {
    const form = { do: 'discard', email: ['999999998', '999999999'] };
    await send('/data-cleanup/bulk', form).expect(303);
    expect(plain(await see('/data-cleanup'))).toContain('None of these emails waits any more.');
  });
});

test.each([`a%b`, `a_b`, `o'hara`, `"j doe"`, `a+b&c`, `<i>`, `äß`, `a\\b`])(
  'a group by the address %s@ is itself and no other',
  async (local) => {
    const [id = 0, other = 0] = await many(2, 2);
    const key = `${local}@${domain}`;
    await web.db('emails').where({ id }).update({ about_address: key });
    const list = await see('/data-cleanup?by=address');
    const links = [...list.matchAll(/href="([^"]+)" data-row/g)].map(([, one = '']) =>
      unescaped(one),
    );
    const href = links.find((one) => one.includes(encodeURIComponent(key))) ?? '';
    const open = await see(href);
    expect(rows(open)).toBe(1);
    expect(open).toContain(`value="${id}"`);
    // Its form comes back to it, and "all" is the open group.
    const fields = Object.fromEntries(
      [...open.matchAll(/type="hidden" name="(by|group|through)" value="([^"]*)"/g)].map(
        ([, name = '', value = '']) => [name, unescaped(value)],
      ),
    );
    await send('/data-cleanup/bulk', { ...fields, all: 'yes', do: 'discard' }).expect(303);
    expect(await stateOf(web.db, id)).toBe('discarded');
    expect(await stateOf(web.db, other)).toBe('unmatched');
  },
);

test('ticked emails of an open group: the record is asked for, and one comes back to the group', async () => {
  const [id = 0, other] = await many(2, 1);
  const query = `email=${id}&by=domain&group=${domain}&q=Nobody`;
  const page = await see(`/data-cleanup/bulk/link?${query}`);
  expect(unescaped(page)).toContain(`href="/data-cleanup?by=domain&group=${domain}"`);
  const person = await bench.person(`known${count}@other.example`);
  const form = { do: 'link', email: String(id), by: 'domain', group: domain };
  await web
    .db('people')
    .where({ id: person })
    .update({ last_name: `Nobody${count}` });
  const sent = { ...form, personId: String(person), q: `Nobody${count}` };
  const done = await send('/data-cleanup/bulk', sent).expect(303);
  expect(done.headers.location).toBe(`/data-cleanup?by=domain&group=${domain}`);
  expect(rows(await see(done.headers.location ?? ''))).toBe(1);
  expect(await stateOf(web.db, other ?? 0)).toBe('unmatched');
});
