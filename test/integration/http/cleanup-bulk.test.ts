import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import request from 'supertest';
import { createApp } from '../../../src/app.ts';
import { continueBulks } from '../../../src/data-cleanup/bulk/run-bulk.ts';
import { createFilingBench, type FilingBench } from '../../support/filing-bench.ts';
import {
  BASE_URL,
  startTestWeb,
  type Agent,
  type TestUser,
  type TestWeb,
} from '../../support/web.ts';
import { until } from '../../support/until.ts';
import { mail, type MailSketch } from '../../unit/archiving/samples.ts';
import { fileMany } from '../data-cleanup/file-many.ts';
import { linksOf, snapshot, stateOf } from '../data-cleanup/decision-tools.ts';
import { emailOf } from '../rematch/rematch-tools.ts';

/*
 * What is decided about many waiting emails at once, over HTTP: which are meant, what is told, that one
 * button takes all of it back, and that nobody's decision is lost or made twice.
 */

let web: TestWeb;
let bench: FilingBench;
let user: TestUser;
let agent: Agent;
let count = 0;
/** No two mails are the same: the second would be a duplicate. */
let mails = 0;
let domain: string;
let contact: number;

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
  contact = await bench.person(`known${count}@other.example`);
  const person = { first_name: 'Jane', last_name: `Roe ${count}` };
  await web.db('people').where({ id: contact }).update(person);
});

async function file(who: string, sketch: Partial<MailSketch> = {}): Promise<number> {
  const to = [`${who}@${domain}`];
  mails += 1;
  const subject = `Mail ${mails}`;
  const id = await bench.storeMail(mail({ from: [user.address], to, subject, ...sketch }));
  await bench.file(id);
  return (await emailOf(web.db, id)).id;
}

/** Many, as filing would write them. @returns their numbers. */
async function many(amount: number, addresses: number): Promise<number[]> {
  return await fileMany(web.db, await file('many0'), { amount, addresses, domain });
}

const post = (path: string, form: object, by = agent) =>
  by.post(path).type('form').send(form).expect(303);
const bulk = async (form: object, by = agent) => await post('/data-cleanup/bulk', form, by);
const silent = { info: () => undefined, error: () => undefined };
const plain = (html: string) => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
const text = async (path: string, by = agent) => plain((await by.get(path).expect(200)).text);
const through = async () => {
  const { text: html } = await agent.get('/data-cleanup').expect(200);
  return /name="through" value="(\d+)"/.exec(html)?.[1] ?? '';
};
const undoLast = async () => {
  const { text: html } = await agent.get('/data-cleanup').expect(200);
  const path = /action="(\/[a-z/-]+\d+\/undo)"><button class="btn" data-key="z"/.exec(html)?.[1];
  return await post(path ?? '', {});
};

describe('groups', () => {
  test('by address and by domain, the largest first, each with its count and its match', async () => {
    for (const who of ['ann', 'bob', 'bob']) await file(who);
    await file('x', { to: [`carl@apart${count}.example`] });
    await file('x', { to: ['archive@crm.example'] });
    await web.db('person_addresses').insert({ person_id: contact, address: `ann@${domain}` });
    const byAddress = await text('/data-cleanup?by=address');
    expect(byAddress).toMatch(
      new RegExp(
        `bob @${domain} 2 emails .* no match .*No address found 1 email.*carl @apart${count}.example 1 email` +
          `.*ann @${domain} 1 email .*Contact: Jane Roe ${count}`,
      ),
    );
    const byDomain = await text('/data-cleanup?by=domain');
    expect(byDomain).toMatch(new RegExp(` ${domain} 3 emails .* 2 addresses .*apart${count}`));
    const group = await text(`/data-cleanup?by=domain&group=${domain}`);
    expect(group).toContain('3 emails, newest first');
    expect(group).not.toContain('carl@');
    const open = await agent.get(`/data-cleanup?by=address&group=bob@${domain}`).expect(200);
    expect(open.text.match(/data-row/g)).toHaveLength(2);
    expect(open.text).toMatch(/\/data-cleanup\/\d+\?by=address&(amp;|#38;)?group=bob%40/);
  });

  test('one goes on in the open group, and from its last email to the groups', async () => {
    const [older, , newest] = [await file('bob'), await file('ann'), await file('bob')];
    const open = { by: 'address', group: `bob@${domain}` };
    const first = await post(`/data-cleanup/${newest}/discard`, open);
    expect(first.headers.location).toBe(`/data-cleanup/${older}?by=address&group=bob%40${domain}`);
    const last = await post(`/data-cleanup/${older}/discard`, open);
    expect(last.headers.location).toBe('/data-cleanup?by=address');
  });

  test('in pages, each found from its neighbour', async () => {
    await many(120, 40);
    const { text: first } = await agent.get('/data-cleanup?by=address').expect(200);
    const keys = (html: string) =>
      [...html.matchAll(/name="key" value="([^"]+)"/g)].map(([, k]) => k);
    const link = (html: string, side: string) =>
      (new RegExp(`href="([^"]*${side}=[\\d-]+)"`).exec(html)?.[1] ?? '').replaceAll('&amp;', '&');
    const { text: second } = await agent.get(link(first, 'before')).expect(200);
    const all = [...keys(first), ...keys(second)];
    expect(new Set(all).size).toBe(40);
    expect(all).toHaveLength(40);
    const { text: back } = await agent.get(link(second, 'after')).expect(200);
    expect(keys(back)).toEqual(keys(first));
  });
});

describe('deciding in bulk', () => {
  test('ticked emails are discarded, those that another was faster with are told, one button undoes it', async () => {
    const ids = [await file('ann'), await file('bob'), await file('carl')];
    const taken = await file('dora');
    const stays = await file('eve');
    const before = await snapshot(web.db);
    await post(`/data-cleanup/${taken}/discard`, {});
    await bulk({ do: 'discard', email: [...ids, taken].map(String) });
    const told = await text('/data-cleanup');
    expect(told).toContain('3 emails discarded. They stay under Discarded for 30 days.');
    expect(told).toMatch(/1 skipped: already handled by Dana Kim \d+, at /);
    expect(await stateOf(web.db, stays)).toBe('unmatched');
    for (const id of ids) expect(await stateOf(web.db, id)).toBe('discarded');
    await undoLast();
    expect(await text('/data-cleanup')).toContain('Undone. 3 emails wait in Data Cleanup again.');
    expect(await stateOf(web.db, taken)).toBe('discarded');
    // What was decided before is the last decision now.
    await undoLast();
    expect(await snapshot(web.db)).toEqual(before);
  });

  test('a lead is made of each address, with all of its mail, and undone with it', async () => {
    const ids = [await file('ann'), await file('ann'), await file('bob')];
    const nobody = await file('x', { to: ['archive@crm.example'] });
    const before = await snapshot(web.db);
    await bulk({ do: 'create-leads', all: 'yes', through: await through() });
    const told = await text('/data-cleanup');
    expect(told).toContain('3 emails done. Leads created: 2.');
    expect(told).toContain('1 skipped: no address was found in it.');
    const leads = await web.db('people').where({ kind: 'lead' }).whereNotNull('decision_id');
    expect(leads.map((one) => one.last_name).sort()).toEqual(['Ann', 'Bob']);
    for (const id of ids) expect(await linksOf(web.db, id)).toHaveLength(1);
    expect(await stateOf(web.db, nobody)).toBe('unmatched');
    await undoLast();
    expect(await snapshot(web.db)).toEqual(before);
  });

  test('ticked groups are linked to one record, which gains their addresses if that is ticked', async () => {
    const ids = [await file('ann'), await file('bob'), await file('bob')];
    const other = await file('carl');
    const keys = [`ann@${domain}`, `bob@${domain}`];
    const selection = { by: 'address', key: keys, through: await through() };
    const query = new URLSearchParams([
      ...keys.map((key): [string, string] => ['key', key]),
      ['by', 'address'],
      ['through', selection.through],
      ['q', `Roe ${count}`],
    ]);
    const { text: page } = await agent
      .get(`/data-cleanup/bulk/link?${query.toString()}`)
      .expect(200);
    expect(plain(page)).toContain('3 emails are linked to the record that you choose.');
    expect(plain(page)).toContain('Add all 2 addresses to this record');
    expect(page).not.toMatch(/name="add" value="yes" checked/);
    const before = await snapshot(web.db);
    const form = { ...selection, do: 'link', q: `Roe ${count}` };
    const none = await agent.post('/data-cleanup/bulk').type('form').send(form).expect(422);
    expect(plain(none.text)).toContain('Choose a contact or lead.');
    await bulk({ ...form, personId: String(contact), add: 'yes' });
    expect(await text('/data-cleanup')).toContain(`3 emails linked to Jane Roe ${count}.`);
    for (const id of ids) expect(await linksOf(web.db, id)).toEqual([contact]);
    expect(await stateOf(web.db, other)).toBe('unmatched');
    expect(await web.db('person_addresses').where({ person_id: contact })).toHaveLength(3);
    await undoLast();
    expect(await snapshot(web.db)).toEqual(before);
  });

  test('“all” are those that were there when it was ticked', async () => {
    const seen = await file('ann');
    const ticked = await through();
    const later = await file('ann');
    await bulk({ do: 'discard', all: 'yes', through: ticked });
    expect(await stateOf(web.db, seen)).toBe('discarded');
    expect(await stateOf(web.db, later)).toBe('unmatched');
  });

  test('one decision takes along the others from the address, where that is ticked', async () => {
    const [first, second, other] = [await file('ann'), await file('ann'), await file('bob')];
    const { text: html } = await agent.get(`/data-cleanup/${first}`).expect(200);
    expect(plain(html)).toContain('And the other email with this address');
    const answer = await post(`/data-cleanup/${first}/discard`, {
      along: 'yes',
      through: await through(),
    });
    expect(answer.headers.location).toBe(`/data-cleanup/${other}`);
    expect(await stateOf(web.db, second)).toBe('discarded');
    await undoLast();
    expect(await stateOf(web.db, second)).toBe('unmatched');
    const form = { personId: String(contact), address: `ann@${domain}`, along: 'yes' };
    await post(`/data-cleanup/${first}/link`, { ...form, through: await through() });
    expect(await linksOf(web.db, second)).toEqual([contact]);
    // The address was not to be added.
    expect(await web.db('person_addresses').where({ person_id: contact })).toHaveLength(1);
  });

  test.each([[{}], [{ email: 'x' }], [{ by: 'domain' }], [{ email: ['', '-1'], all: 'no' }]])(
    'with nothing selected (%j) it says so',
    async (selection) => {
      await file('ann');
      await bulk({ do: 'discard', ...selection });
      expect(await text('/data-cleanup')).toContain('Select at least one email first.');
    },
  );

  test('one of two records that is gone, or never was, links nothing', async () => {
    const ids = [await file('ann'), await file('bob')];
    const [action] = await web
      .db('bulk_actions')
      .insert({ actor_id: user.id, kind: 'link' })
      .returning('id');
    const bulkId = action?.id ?? 0;
    const people = [contact, 2_000_000_000];
    await web.db('bulk_people').insert(people.map((id) => ({ bulk_id: bulkId, person_id: id })));
    await web.db('bulk_emails').insert(ids.map((id) => ({ bulk_id: bulkId, email_id: id })));
    await continueBulks({ db: web.db, log: silent });
    expect(await text(`/data-cleanup/bulk/${bulkId}`)).toContain(
      '2 skipped: a record was deleted meanwhile. They wait as before',
    );
    for (const id of ids) expect(await stateOf(web.db, id)).toBe('unmatched');
  });
});

describe('very many', () => {
  test('go on by themselves, are told of on a page, and are undone with one press, also half way', async () => {
    const ids = await many(60, 60);
    const form = { do: 'discard', all: 'yes', through: await through(), sure: 'yes' };
    const answer = await bulk(form);
    const page = answer.headers.location ?? '';
    expect(page).toMatch(/^\/data-cleanup\/bulk\/\d+$/);
    await until('all are discarded', async () =>
      (await text(page)).includes('60 emails discarded'),
    );
    await post(`${page}/undo`, {});
    await until('all wait again', async () =>
      (await text(page)).includes('Undone. 60 emails wait in Data Cleanup again.'),
    );
    expect(await web.db('emails').whereIn('id', ids).where({ state: 'unmatched' })).toHaveLength(
      60,
    );
    await post(`${page}/undo`, {});
    expect(await text('/data-cleanup')).toContain('This was undone already.');
  });

  test('stay where they are when the process is to end, for another to go on with', async () => {
    await many(60, 60);
    const app = createApp({ ...web.deps, stopping: AbortSignal.abort() });
    const ending = request.agent(app).set('Origin', BASE_URL);
    await post('/sign-in', { email: user.address, password: user.password }, ending);
    const form = { do: 'discard', all: 'yes', through: await through(), sure: 'yes' };
    const page = (await bulk(form, ending)).headers.location ?? '';
    expect(await text(page)).toContain('0 of 60 emails');
    await continueBulks({ db: web.db, log: silent });
    expect(await text(page)).toContain('60 emails discarded');
  });

  test('what a process left behind another goes on with', async () => {
    const ids = [await file('ann'), await file('bob')];
    const [action] = await web
      .db('bulk_actions')
      .insert({ actor_id: user.id, kind: 'discard' })
      .returning('id');
    const bulkId = action?.id ?? 0;
    await web.db('bulk_emails').insert(ids.map((id) => ({ bulk_id: bulkId, email_id: id })));
    expect(await text(`/data-cleanup/bulk/${bulkId}`)).toContain('0 of 2 emails');
    // Two at once share the work.
    await Promise.all([1, 2].map(() => continueBulks({ db: web.db, log: silent })));
    expect(await text(`/data-cleanup/bulk/${bulkId}`)).toContain('2 emails discarded.');
    expect(await web.db('decisions').where({ bulk_id: bulkId })).toHaveLength(2);
  });
});

test('two browsers that decide about the same mail at once: one decision each, none lost or made twice', async () => {
  const ids = await Promise.all(['ann', 'bob', 'carl', 'dora'].map((who) => file(who)));
  const second = await web.signIn(user);
  const ticked = { email: ids.map(String) };
  await Promise.all([
    bulk({ ...ticked, do: 'discard' }),
    bulk({ ...ticked, do: 'create-leads' }, second),
    ...ids.map((id) => post(`/data-cleanup/${id}/discard`, {}, second)),
    ...ids.map((id, n) =>
      post(`/data-cleanup/${id}/link`, {
        personId: String(contact),
        address: `${['ann', 'bob', 'carl', 'dora'][n]}@${domain}`,
      }),
    ),
  ]);
  for (const id of ids) {
    const decisions = await web.db('decisions').where({ email_id: id });
    expect(decisions).toHaveLength(1);
    const state = decisions[0]?.kind === 'discard' ? 'discarded' : 'archived';
    expect(await stateOf(web.db, id)).toBe(state);
    expect(await linksOf(web.db, id)).toHaveLength(state === 'archived' ? 1 : 0);
  }
  const results = await web.db('bulk_emails').whereIn('email_id', ids).select('result');
  expect(results).toHaveLength(8);
  expect(results.every(({ result }) => result === 'done' || result === 'handled')).toBe(true);
});
