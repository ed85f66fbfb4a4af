import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createFilingBench, textWith, type FilingBench } from '../../support/filing-bench.ts';
import { startTestWeb, type Agent, type TestUser, type TestWeb } from '../../support/web.ts';
import { block, mail, type MailSketch } from '../../unit/archiving/samples.ts';
import { linksOf, snapshot, stateOf } from '../data-cleanup/decision-tools.ts';
import { emailOf } from '../rematch/rematch-tools.ts';

/*
 * One email on several records, and several addresses of one email decided about together, by the forms
 * of the reading pane, as they are sent without a script.
 */

let web: TestWeb;
let bench: FilingBench;
let user: TestUser;
let agent: Agent;
let count = 0;
let jane: string;
let joe: string;
let three: readonly [number, number, number];

beforeAll(async () => {
  web = await startTestWeb();
  bench = await createFilingBench(web.db);
});
afterAll(() => web.close());

beforeEach(async () => {
  count += 1;
  jane = `jane${count}@several.example`;
  joe = `joe${count}@several.example`;
  user = await web.addUser(`Dana Kim ${count}`);
  agent = await web.signIn(user);
  three = [await person('Ann'), await person('Bob'), await person('Cay')];
});

async function file(sketch: Partial<MailSketch> = {}): Promise<number> {
  const id = await bench.storeMail(mail({ from: [user.address], to: [jane], ...sketch }));
  await bench.file(id);
  return (await emailOf(web.db, id)).id;
}

async function person(first_name: string): Promise<number> {
  const id = await bench.person(`${first_name.toLowerCase()}${count}@known.example`);
  await web
    .db('people')
    .where({ id })
    .update({ first_name, last_name: `Lee ${count}` });
  return id;
}

const post = (path: string, form: object) => agent.post(path).type('form').send(form);
const link = (id: number, form: object) => post(`/data-cleanup/${id}/link`, form);
const plain = (html: string) => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
const get = async (path: string) => (await agent.get(path).expect(200)).text;
const text = async (path: string) => plain(await get(path));
const through = async () => /name="through" value="(\d+)"/.exec(await get('/data-cleanup'))?.[1];
/** What is ticked, and chosen to be made, on a page. */
const ticked = (html: string) => [
  ...[...html.matchAll(/name="(?:personId|pick)" value="([^"]+)"[^>]* checked/g)].map(([, v]) => v),
  ...[...html.matchAll(/<option value="([^"]+)" selected/g)].map(([, v]) => v),
];
const undoOf = (html: string) => /action="(\/decisions\/\d+\/undo)"/.exec(html)?.[1] ?? '';
const undoBulkOf = (html: string) =>
  /action="(\/data-cleanup\/bulk\/\d+\/undo[^"]*)"/.exec(html)?.[1] ?? '';
const holders = async (address: string) => {
  const rows = await web.db('person_addresses').where({ address }).orderBy('person_id');
  return rows.map(({ person_id }) => person_id);
};

describe('several records', () => {
  test('are linked by one press, are named, and listed under Resolved; one press takes it back', async () => {
    const [id, along] = [await file(), await file({ subject: 'Along' })];
    const before = await snapshot(web.db);
    await link(id, { personId: three.map(String), address: jane, add: 'yes' }).expect(303);
    const names = [`Ann Lee ${count}`, `Bob Lee ${count}`, `Cay Lee ${count}`] as const;
    const done = await get('/data-cleanup');
    expect(plain(done)).toContain(
      `Linked to ${names[0]}, ${names[1]} and ${names[2]}. 1 other email came along.`,
    );
    for (const one of [id, along]) expect(await linksOf(web.db, one)).toEqual([...three]);
    expect(await holders(jane)).toEqual([...three]);
    const resolved = await text('/data-cleanup?tab=resolved');
    for (const name of names) expect(resolved).toContain(name);
    await post(undoOf(done), {}).expect(303);
    expect(await snapshot(web.db)).toEqual(before);
    await post(undoOf(done), {}).expect(303);
    expect(await text('/data-cleanup')).toContain('undid this already');
  });

  test('without the address, others that wait under it are linked to all of them, and taken back with it', async () => {
    const ids = [await file(), await file({ subject: 'Two' }), await file({ subject: 'Three' })];
    const before = await snapshot(web.db);
    const form = { personId: three.slice(0, 2).map(String), address: jane, along: 'yes' };
    await link(ids[0] ?? 0, { ...form, through: await through() }).expect(303);
    const done = await get('/data-cleanup');
    expect(plain(done)).toContain(`3 emails linked to Ann Lee ${count} and Bob Lee ${count}.`);
    for (const id of ids) expect(await linksOf(web.db, id)).toEqual(three.slice(0, 2));
    expect(await holders(jane)).toEqual([]);
    await post(undoBulkOf(done), {}).expect(303);
    expect(await snapshot(web.db)).toEqual(before);
  });

  test('one is deleted meanwhile: nothing is done, it is said, and the others stay ticked', async () => {
    const id = await file();
    await web.db('people').where({ id: three[1] }).update({ deleted_at: new Date() });
    const before = await snapshot(web.db);
    const form = { personId: three.map(String), address: jane, add: 'yes', through: '1' };
    const { text: html } = await link(id, form).expect(422);
    expect(plain(html)).toContain('Some of the records have been deleted meanwhile');
    expect(ticked(html)).toEqual([String(three[0]), String(three[2])]);
    expect(await snapshot(web.db)).toEqual(before);
    await web
      .db('people')
      .whereIn('id', [...three])
      .update({ deleted_at: new Date() });
    const { text: none } = await link(id, form).expect(422);
    expect(plain(none)).toContain('This record has been deleted meanwhile.');
  });

  test('in a second tab it hears who was faster', async () => {
    const id = await file();
    await link(id, { personId: String(three[0]), address: jane }).expect(303);
    await text('/data-cleanup');
    await link(id, { personId: three.map(String), address: jane }).expect(303);
    expect(await text('/data-cleanup')).toMatch(/Dana Kim \d+ linked this email already, at/);
    expect(await linksOf(web.db, id)).toEqual([three[0]]);
  });
});

describe('what is ticked', () => {
  test('survives a search, and turning to another address and back', async () => {
    const id = await file({ to: [jane, joe] });
    const query = (fields: Record<string, string | string[]>) => {
      const params = new URLSearchParams();
      for (const [name, value] of Object.entries(fields)) {
        for (const one of [value].flat()) params.append(name, one);
      }
      return `/data-cleanup/${id}?${params.toString()}`;
    };
    const search = { address: jane, through: '1', along: 'yes', personId: String(three[0]) };
    const found = await get(query({ ...search, q: `Bob Lee ${count}`, make: `lead:${joe}` }));
    expect(ticked(found)).toEqual([String(three[0]), `lead:${joe}`]);
    expect(found).toContain(`name="personId" value="${three[1]}"`);
    // Boxes that were not ticked stay so.
    expect(found).not.toMatch(/name="add" value="yes" checked/);
    const turned = await get(query({ ...search, q: `Bob Lee ${count}`, about: joe }));
    expect(plain(turned)).toContain(`Who is ${joe}?`);
    expect(ticked(turned)).toEqual([`${three[0]}:${jane}`]);
    const back = await get(
      query({ address: joe, q: '', pick: `${three[0]}:${jane}`, personId: '1', about: jane }),
    );
    expect(plain(back)).toContain(`Who is ${jane}?`);
    expect(ticked(back)).toContain(String(three[0]));
  });

  test('stands beside suggestions, with one box for other mail and the search below', async () => {
    const [id] = [await file(), await file({ subject: 'Other' })];
    await web
      .db('email_participants')
      .where({ email_id: id, address: jane })
      .update({
        name: `Ann Lee ${count}`,
      });
    await web.db('email_suggestions').insert({
      email_id: id,
      address: jane,
      rank: 1,
      person_id: three[2],
      strength: 'weak',
      reasons: JSON.stringify([{ kind: 'similar-name' }]),
    });
    const html = await get(`/data-cleanup/${id}`);
    expect(html.split('name="along"')).toHaveLength(2);
    expect(html.split('name="add"')).toHaveLength(2);
    const places = [
      html.indexOf(`type="checkbox" name="personId" value="${three[2]}"`),
      html.indexOf('id="q"'),
      html.indexOf(`type="checkbox" name="personId" value="${three[0]}"`),
    ];
    expect(places.every((at) => at > 0)).toBe(true);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  test.each(['pick=1', 'pick=:', 'personId=x', 'make=king:a@b.example', 'make=lead:', 'about=%00'])(
    'a strange %s is not minded',
    async (query) => {
      expect(ticked(await get(`/data-cleanup/${await file()}?${query}`))).toEqual([]);
    },
  );
});

describe('several addresses', () => {
  test('are decided about together: a record for one, a new one for the other, and one undo', async () => {
    const id = await file({ to: [jane, joe] });
    const [ofJane, ofJoe] = [await file({ subject: 'J' }), await file({ to: [joe], subject: 'K' })];
    const before = await snapshot(web.db);
    const form = { personId: String(three[0]), address: jane, make: ['', `lead:${joe}`] };
    await link(id, { ...form, add: 'yes' }).expect(303);
    const done = await get('/data-cleanup');
    expect(plain(done)).toContain(`Linked to Ann Lee ${count} and Joe${count}. 2 other emails`);
    const made = await web
      .db('people')
      .where({ last_name: `Joe${count}` })
      .first();
    expect(made).toMatchObject({ kind: 'lead', created_by: user.id });
    expect(await linksOf(web.db, id)).toEqual([three[0], made?.id]);
    expect(await linksOf(web.db, ofJane)).toEqual([three[0]]);
    expect(await linksOf(web.db, ofJoe)).toEqual([made?.id]);
    expect([await holders(jane), await holders(joe)]).toEqual([[three[0]], [made?.id]]);
    await post(undoOf(done), {}).expect(303);
    expect(await snapshot(web.db)).toEqual(before);
  });

  test('a new record is called what it was said to be called, after a mail of their own', async () => {
    const own = block({ from: { name: 'Joe', address: joe }, subject: 'Mine' });
    const found = { kind: 'found', block: own } as const;
    const wrote = await file({ to: ['archive@crm.example'], text: textWith(found) });
    await web.db('emails').where({ id: wrote }).update({ text: 'Hello\n\nJoe Doe\n' });
    const id = await file({ to: [jane, joe] });
    const [, said] = new RegExp(`<option value="lead:${joe}">New lead: ([^<]+)<`).exec(
      await get(`/data-cleanup/${id}`),
    )!;
    expect(said).toBe('Joe Doe');
    await link(id, { make: `lead:${joe}`, address: jane }).expect(303);
    expect(plain(await get('/data-cleanup'))).toContain(`Linked to ${said}.`);
  });

  test('to two records, without the addresses', async () => {
    const id = await file({ to: [jane, joe] });
    const form = { personId: String(three[0]), pick: `${three[1]}:${joe}`, address: jane };
    await link(id, form).expect(303);
    const links = await web.db('email_people').where({ email_id: id }).orderBy('person_id');
    expect(links).toMatchObject([
      { person_id: three[0], address: jane },
      { person_id: three[1], address: joe },
    ]);
    expect([await holders(jane), await holders(joe)]).toEqual([[], []]);
  });

  test('are refused as a whole where one is not on the mail', async () => {
    const id = await file();
    const before = await snapshot(web.db);
    for (const form of [{ pick: `${three[0]}:${joe}` }, { make: `contact:${joe}` }]) {
      const all = { ...form, personId: String(three[0]), address: jane };
      const { text: html } = await link(id, all).expect(422);
      expect(plain(html)).toContain('not on the email');
    }
    expect(await snapshot(web.db)).toEqual(before);
    expect(await stateOf(web.db, id)).toBe('unmatched');
  });
});
