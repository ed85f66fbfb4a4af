import { afterAll, beforeAll, expect, test } from 'vitest';
import { continueRematch } from '../../../src/emails/rematch.ts';
import { createFilingBench, type FilingBench } from '../../support/filing-bench.ts';
import { startTestWeb, type Agent, type TestUser, type TestWeb } from '../../support/web.ts';
import { mail, type MailSketch } from '../../unit/archiving/samples.ts';
import { linksOf, stateOf } from '../data-cleanup/decision-tools.ts';
import { emailOf } from '../rematch/rematch-tools.ts';

let web: TestWeb;
let bench: FilingBench;
let dana: TestUser;
let tom: TestUser;
let agent: Agent;

beforeAll(async () => {
  web = await startTestWeb();
  bench = await createFilingBench(web.db);
  dana = await web.addUser('Dana Kim');
  tom = await web.addUser('Tom Hale');
  agent = await web.signIn(dana);
});
afterAll(() => web.close());

const X = 'x@y.example';
const OTHER = 'known@elsewhere.example';

async function file(sketch: Partial<MailSketch>, owner = dana): Promise<number> {
  const id = await bench.storeMail(mail({ from: [owner.address], ...sketch }));
  await bench.file(id);
  return (await emailOf(web.db, id)).id;
}

const undoOf = (html: string) => /action="(\/decisions\/\d+\/undo)"/.exec(html)?.[1] ?? '';

/** All that a decision may touch, row by row, with the numbers and times of the rows. */
async function dump() {
  const { db } = web;
  return {
    people: await db('people').orderBy('id'),
    accounts: await db('accounts').orderBy('id'),
    addresses: await db('person_addresses').orderBy('id'),
    emails: await db('emails').orderBy('id'),
    participants: await db('email_participants').orderBy(['email_id', 'seq']),
    links: await db('email_people').orderBy(['email_id', 'person_id']),
    pending: await db('pending_rematches').orderBy('id'),
  };
}

const post = (path: string, form: object) => agent.post(path).type('form').send(form);
const plain = (html: string) => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

test('a new contact has the three emails that waited and the two on others; one undo takes all back', async () => {
  const known = await bench.person(OTHER);
  const waiting = [
    await file({ to: [X], subject: 'One' }),
    await file({ to: [X], subject: 'Two' }),
    await file({ to: [tom.address], cc: [X], subject: 'Three' }),
  ];
  const past = [
    await file({ to: [OTHER], cc: [X], subject: 'Four' }),
    await file({ to: [X, OTHER], subject: 'Five' }, tom),
  ];
  // Neither of theirs, nor of this address.
  const unrelated = await file({ to: ['z@y.example'], subject: 'Six' });
  const states = async () =>
    await Promise.all([...waiting, ...past].map((id) => stateOf(web.db, id)));
  expect(await states()).toEqual([
    ...Array.from({ length: 3 }, () => 'unmatched'),
    ...Array.from({ length: 2 }, () => 'archived'),
  ]);
  const before = await dump();

  const form = { firstName: 'Xenia', lastName: 'Young', company: 'Y Works', address: X };
  await post(`/data-cleanup/${waiting[0]}/contact`, form).expect(303);
  const { text: done } = await agent.get('/data-cleanup').expect(200);
  expect(plain(done)).toContain(
    'Created Xenia Young and linked the email. 4 other emails came along.',
  );
  const xenia = await web.db('people').where({ last_name: 'Young' }).first('id');
  if (!xenia) throw new Error('No record was made.');
  for (const id of waiting) expect(await linksOf(web.db, id)).toEqual([xenia.id]);
  for (const id of past) expect(await linksOf(web.db, id)).toEqual([known, xenia.id]);
  expect(new Set(await states())).toEqual(new Set(['archived']));
  expect(await stateOf(web.db, unrelated)).toBe('unmatched');
  const { text: record } = await agent.get(`/people/${xenia.id}`).expect(200);
  for (const subject of ['One', 'Two', 'Three', 'Four', 'Five']) {
    expect(plain(record)).toContain(` ${subject} `);
  }

  await post(undoOf(done), {}).expect(303);
  const { text: undone } = await agent.get('/data-cleanup').expect(200);
  expect(plain(undone)).toContain('4 other emails that had come along were taken back as well.');
  expect(await dump()).toEqual(before);
  await agent.get(`/people/${xenia.id}`).expect(404);
});

test('an account stays when it is undone if it was there before, or somebody else is there by now', async () => {
  const accounts = async () =>
    (await web.db('accounts').orderBy('name').select('name')).map(({ name }) => name);
  const create = async (address: string, company: string) => {
    const id = await file({ to: [address], subject: address });
    await post(`/data-cleanup/${id}/contact`, { lastName: address, company, address }).expect(303);
    return undoOf((await agent.get('/data-cleanup').expect(200)).text);
  };
  const first = await create('one@firm-a.example', 'Firm A');
  const second = await create('two@firm-a.example', 'FIRM A');
  await post(first, {}).expect(303);
  expect(await accounts()).toEqual(['Firm A']);
  expect(await web.db('people').where({ last_name: 'one@firm-a.example' })).toEqual([]);
  await post(second, {}).expect(303);
  expect(await accounts()).toEqual(['Firm A']);
});

test('while much mail comes along, the record says how much is left, as far as one may see it', async () => {
  const address = 'much@mail.example';
  const ids: number[] = [];
  for (const subject of ['A', 'B', 'C']) ids.push(await file({ to: [address], subject }));
  const personId = await bench.person('few@mail.example');
  // As it is when the first batch ends with the first email.
  await web.db('person_addresses').insert({ person_id: personId, address, is_primary: false });
  const pending = { person_id: personId, address, after_email_id: ids[0] ?? 0 };
  await web.db('pending_rematches').insert(pending);
  const page = async (by: Agent) => plain((await by.get(`/people/${personId}`).expect(200)).text);
  expect(await page(agent)).toContain('2 more emails with these addresses are being added');
  expect(await page(await web.signIn(tom))).not.toContain('being added');
  while (await continueRematch(web.db));
  expect(await page(agent)).not.toContain('being added');
  expect(await linksOf(web.db, ids[2] ?? 0)).toEqual([personId]);
});
