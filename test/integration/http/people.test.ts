import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { holdTransaction, untilWaiting } from '../../support/lock-watch.ts';
import { claimAddresses } from '../../../src/db/advisory-locks.ts';
import { createFilingBench, type FilingBench } from '../../support/filing-bench.ts';
import { mail, type MailSketch } from '../../unit/archiving/samples.ts';
import { linksOf, stateOf } from '../data-cleanup/decision-tools.ts';
import { emailOf } from '../rematch/rematch-tools.ts';
import { startTestWeb, type Agent, type TestUser, type TestWeb } from '../../support/web.ts';

let web: TestWeb;
let user: TestUser;
let agent: Agent;
let tom: TestUser;
let byTom: Agent;
let admin: Agent;
let bench: FilingBench;
let count = 0;
/** Of this test only. */
let name: string;

beforeAll(async () => {
  web = await startTestWeb();
  user = await web.addUser('Dana Kim');
  agent = await web.signIn(user);
  tom = await web.addUser('Tom Hale');
  byTom = await web.signIn(tom);
  admin = await web.signIn(await web.addUser('Ada Admin', 'administrators'));
  bench = await createFilingBench(web.db);
});
afterAll(() => web.close());

beforeEach(() => {
  count += 1;
  name = `Roe${count}`;
});

const address = (local = 'jane') => `${local}${count}@client.example`;
const post = (path: string, form: object = {}, by = agent) => by.post(path).type('form').send(form);
const plain = (html: string) =>
  html
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#39;/g, "'")
    .replace(/\s+/g, ' ');
const text = async (path: string, by = agent) => plain((await by.get(path).expect(200)).text);
const idOf = (location: string | undefined) =>
  Number(/^\/people\/(\d+)$/.exec(location ?? '')?.[1]);

/** Makes a record by its form. @returns its number. */
async function make(form: object = {}, kind = 'contact', by = agent): Promise<number> {
  const fields = { firstName: 'Jane', lastName: name, address: address(), ...form };
  const { headers } = await post(`/${kind}s/new`, fields, by).expect(303);
  return idOf(headers.location);
}

const row = async (id: number) => await web.db('people').where({ id }).first();
const addressesOf = async (id: number) =>
  await web
    .db('person_addresses')
    .where({ person_id: id })
    .orderBy([{ column: 'is_primary', order: 'desc' }, 'id'])
    .pluck('address');
const audited = async (id: number) =>
  await web
    .db('audit_log')
    .whereRaw(`(detail->>'personId')::int = ?`, [id])
    .orderBy('id')
    .pluck('action');

/** The hidden fields and what is typed in a form, as a browser would send it. */
function formIn(html: string): Record<string, string | string[]> {
  const form: Record<string, string | string[]> = {};
  const add = (key: string, value: string) => {
    const known = form[key];
    form[key] = known === undefined ? value : [...(Array.isArray(known) ? known : [known]), value];
  };
  const part = /<form class="card"[^]*?<\/form>/.exec(html)?.[0] ?? '';
  for (const [tag, inner] of part.matchAll(/<(?:input|textarea)\b[^>]*>([^<]*)/g)) {
    const key = /\bname="([^"]*)"/.exec(tag)?.[1];
    const isRadio = tag.includes('type="radio"');
    if (key === undefined || (isRadio && !/ checked\b/.test(tag))) continue;
    const value = tag.startsWith('<textarea') ? (inner ?? '') : /\bvalue="([^"]*)"/.exec(tag)?.[1];
    add(
      key,
      (value ?? '')
        .replace(/&#(\d+);/g, (_all, code: string) => String.fromCodePoint(Number(code)))
        .replace(/&lt;/g, '<')
        .replace(/&gt;/g, '>')
        .replace(/&amp;/g, '&'),
    );
  }
  return form;
}

/** Files a mail to Jane. @returns the number of the email. */
async function file(sketch: Partial<MailSketch> = {}, owner = user): Promise<number> {
  const id = await bench.storeMail(mail({ from: [owner.address], to: [address()], ...sketch }));
  await bench.file(id);
  return (await emailOf(web.db, id)).id;
}
const openForm = async (path: string, by = agent) => formIn((await by.get(path).expect(200)).text);
const undoIn = (html: string, action: string) =>
  new RegExp(`action="(/[^"]*)"><button[^>]*data-undo`).exec(html)?.[1] === action;

describe('a new record', () => {
  test.each(['contact', 'lead'] as const)('%s: has what was typed', async (kind) => {
    const id = await make(
      {
        account: 'Harbour Ltd',
        title: 'Buyer',
        phone: '+44 20',
        note: 'One\r\ntwo',
        address: [address(), ` ${address('OFFICE').toUpperCase()} `, '', address()],
        primary: '1',
      },
      kind,
    );
    const page = await text(`/people/${id}`);
    for (const shown of [`Jane ${name}`, 'Harbour Ltd', 'Buyer', '+44 20', address()]) {
      expect(page).toContain(shown);
    }
    expect(page).toContain(`Created Jane ${name}.`);
    expect(page).toContain('Created by Dana Kim');
    expect(await row(id)).toMatchObject({ kind, note: 'One\ntwo', created_by: user.id });
    expect(await addressesOf(id)).toEqual([address('office'), address()]);
    expect(await audited(id)).toEqual(['person.created']);
  });

  test.each([
    ['no name', { firstName: ' ', lastName: '' }, 'Enter a first or a last name'],
    ['a name that cannot be seen', { firstName: '\u200b', lastName: '\u202e' }, 'Enter a first'],
    ['a name that is too long', { lastName: 'x'.repeat(201) }, 'fewer characters'],
    ['a phone that is too long', { phone: '1'.repeat(101) }, 'fewer characters'],
    ['a control character', { title: 'a\u0007b' }, 'Use one line'],
    ['a note that is too long', { note: 'x'.repeat(10_001) }, 'no more than 10,000'],
    ['a NUL', { account: 'a\u0000b' }, 'Use one line'],
    ['no address', { address: ['jane@', ''] }, 'Enter an email address'],
    [
      'too many addresses',
      { address: Array.from({ length: 51 }, (_, n) => `a${n}@client.example`) },
      'has 50 addresses at most',
    ],
  ])('%s is refused, and what was typed stays', async (_what, wrong, says) => {
    const form = { firstName: 'Jane', lastName: name, title: 'Head <of>', address: '', ...wrong };
    const answer = await post('/contacts/new', form).expect(422);
    expect(plain(answer.text)).toContain(says);
    if (!('title' in wrong)) expect(formIn(answer.text).title).toBe('Head <of>');
    expect(await web.db('people').where({ last_name: name })).toEqual([]);
  });
});

describe('the list', () => {
  test('has names, companies and addresses, and finds by each of them', async () => {
    const id = await make({ account: `Quay ${name}`, title: 'Buyer', phone: '+44 20' });
    await make({ firstName: 'Tom', address: address('tom') });
    const found = [
      name,
      `jane ${name}`,
      `${name}, JANE`,
      `quay ${name}`,
      address(),
      `${name} jane@`,
    ];
    for (const q of found) {
      const page = await text(
        `/contacts?q=${encodeURIComponent(` ${q.replace('jane@', address())} `)}`,
      );
      expect([q, page]).toEqual([q, expect.stringContaining(`Jane ${name}`)]);
      expect(page).toContain(`Buyer Quay ${name} ${address()}`);
    }
    const { text: html } = await agent.get(`/contacts?q=${name}`);
    expect(html).toContain(`href="/people/${id}"`);
    expect(plain(html)).toContain('2 contacts');
    expect(await text(`/contacts?q=${name}+jane`)).toContain('1 contact ');
    expect(await text(`/leads?q=${name}`)).toContain('Nobody found');
  });
});

describe('pages of the list', () => {
  const LETTERS = Array.from({ length: 60 }, (_, n) => `P${String(n).padStart(2, '0')}`);

  test('lead there and back in the order of names, past those who share one', async () => {
    const people = LETTERS.map((first, n) => ({
      kind: 'lead',
      first_name: n > 20 && n < 30 ? 'Same' : first,
      last_name: `Pages${n > 20 && n < 30 ? '20' : String(n).padStart(2, '0')}`,
    }));
    await web.db('people').insert(people as never);
    await web.db('people').insert({ kind: 'lead', first_name: 'Pages', deleted_at: new Date() });
    const shown = (html: string) =>
      [...html.matchAll(/href="\/people\/(\d+)"/g)].map(([, id]) => Number(id));
    const order = await web
      .db('people')
      .where('kind', 'lead')
      .where('last_name', 'like', 'Pages%')
      .orderBy(['sort_name', 'id'])
      .pluck('id');
    const link = (html: string, rel: string) =>
      new RegExp(`rel="${rel}" href="([^"]*)"`).exec(html)?.[1]?.replaceAll('&amp;', '&');
    const seen: number[][] = [];
    let path: string | undefined = '/leads?q=pages';
    while (path !== undefined) {
      const { text: html } = await agent.get(path).expect(200);
      seen.push(shown(html));
      expect(plain(html)).toContain('60 leads');
      const back = link(html, 'prev');
      if (seen.length > 1) {
        expect(shown((await agent.get(back ?? '').expect(200)).text)).toEqual(seen.at(-2));
      } else expect(back).toBeUndefined();
      path = link(html, 'next');
    }
    expect(seen.map(({ length }) => length)).toEqual([25, 25, 10]);
    expect(seen.flat()).toEqual(order);
  });

  test.each(['before=x', 'after=-1', 'q[]=a', 'q=a&q=b', 'after=99999999999', 'after=2147483647'])(
    'a strange %s is not minded',
    async (query) => {
      await make();
      expect(await text(`/contacts?${query}`)).toContain('Last email');
    },
  );

  test.each(['%', '_', '\\', "'", '"', '<b>', 'a'.repeat(400), '😀', 'a\u0000b', '\ud800'])(
    'a search for %s is one for these letters',
    async (q) => {
      await make();
      await agent.get('/contacts');
      expect(await text(`/contacts?q=${encodeURIComponent(q.toWellFormed())}`)).toContain(
        'Nobody found',
      );
    },
  );

  test('too many hits are not counted, and still found by a second word', async () => {
    const people = Array.from({ length: 1100 }, (_, n) => ({
      kind: 'contact' as const,
      first_name: n === 1099 ? 'Zoe' : 'Many',
      last_name: `Throng${n}`,
    }));
    await web.db('people').insert(people);
    expect(await text('/contacts?q=throng')).toContain('More than 1,000 found');
    expect(await text('/contacts?q=throng')).toContain('Many Throng0');
    const page = await text('/contacts?q=throng+zoe');
    expect(page).toContain('1 contact ');
    expect(page).toContain('Zoe Throng1099');
  });

  test('the last email is that of those the viewer may see', async () => {
    await make();
    const id = await file();
    const search = async (by: Agent) => (await by.get(`/contacts?q=${address()}`)).text;
    expect(await search(byTom)).toContain('2025-03-03');
    await web.db('emails').where({ id }).update({ visibility: 'private' });
    expect(await search(byTom)).not.toContain('2025-03-03');
    expect(await search(agent)).toContain('2025-03-03');
  });
});

describe('a possible duplicate', () => {
  test.each([
    ['address', () => ({ firstName: 'Other', lastName: 'Name' })],
    ['name, in other letters', () => ({ address: '', firstName: 'JANE' })],
  ])('of the same %s is shown; it is made when one insists', async (_what, change) => {
    const first = await make({ account: 'Harbour Ltd' });
    const wanted = { firstName: 'Jane', lastName: name, address: address() };
    const form = { ...wanted, ...change() };
    const { text: html } = await post('/leads/new', form).expect(422);
    expect(plain(html)).toContain('Perhaps this person is here already');
    expect(plain(html)).toContain('Create anyway');
    expect(html).toContain(`href="/people/${first}"`);
    expect(formIn(html)).toMatchObject({ others: String(first), lastName: form.lastName });
    const { headers } = await post('/leads/new', formIn(html)).expect(303);
    expect(idOf(headers.location)).toBeGreaterThan(first);
  });

  test('that is in the bin is shown as such', async () => {
    const id = await make();
    await post(`/people/${id}/delete`).expect(303);
    const again = { firstName: 'Jane', lastName: name, address: address() };
    expect(plain((await post('/contacts/new', again).expect(422)).text)).toContain('in the bin');
  });

  test.each([
    ['address', () => ({ address: address() })],
    ['name', () => ({})],
  ])('two forms with one %s sent at once make one record', async (_what, also) => {
    const form = { firstName: 'Jane', lastName: name, address: '', ...also() };
    const answers = await Promise.all([
      post('/contacts/new', form),
      post('/contacts/new', form, byTom),
      post('/leads/new', form),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 422, 422]);
    expect(await web.db('people').where({ last_name: name }).pluck('id')).toHaveLength(1);
  });
});

test('a link fills in the form', async () => {
  const form = await openForm(`/leads/new?firstName=J&lastName=%3Cb%3E&address=${address()}`);
  expect(form).toMatchObject({ firstName: 'J', lastName: '<b>', address: [address(), ''] });
});

test('companies are offered, by what was typed', async () => {
  await make({ account: `Quay <${count}>` });
  const { text: html } = await agent.get(`/contacts/new?account=quay+%3C${count}`).expect(200);
  expect(html).toContain(`<option value="Quay &lt;${count}&gt;">`);
  expect((await agent.get('/contacts/new?account=%25').expect(200)).text).not.toContain('<option');
});

describe('the buttons beside the addresses', () => {
  test('add and take away rows, and save nothing', async () => {
    const id = await make({ address: [address('a'), address('b'), address('c')], primary: '1' });
    const path = `/people/${id}/edit`;
    const form = await openForm(path);
    expect(form.address).toEqual([address('b'), address('a'), address('c'), '']);
    const more = formIn((await post(path, { ...form, do: 'more', primary: '2' }).expect(200)).text);
    expect(more).toMatchObject({ address: [...(form.address as string[]), ''], primary: '2' });
    const less = formIn((await post(path, { ...more, do: 'remove-0' }).expect(200)).text);
    expect(less).toMatchObject({ address: [address('a'), address('c'), '', ''], primary: '1' });
    expect(await addressesOf(id)).toHaveLength(3);
    await post(path, less).expect(303);
    expect(await addressesOf(id)).toEqual([address('c'), address('a')]);
  });

  test.each(['remove-99', 'remove-x', 'nonsense'])('%s does no harm', async (button) => {
    const id = await make();
    const form = await openForm(`/people/${id}/edit`);
    expect((await post(`/people/${id}/edit`, { ...form, do: button })).status).toBeLessThan(400);
    expect(await addressesOf(id)).toEqual([address()]);
  });
});

describe('editing', () => {
  test('changes every field, says what came along and what was lost, and is noted', async () => {
    const id = await make();
    const old = await file();
    const waiting = await file({ to: [address('new')] });
    expect(await stateOf(web.db, waiting)).toBe('unmatched');
    const form = await openForm(`/people/${id}/edit`);
    const changed = { firstName: 'J.', account: 'Quay', title: 'CEO', phone: '1', note: 'n' };
    await post(`/people/${id}/edit`, { ...form, ...changed, address: address('new') }).expect(303);
    const page = await text(`/people/${id}`);
    expect(page).toContain('Saved. 1 email came along with the new address.');
    expect(page).toContain(`${address()} is no longer an address of this record.`);
    expect(page).toContain('Changed by Dana Kim');
    for (const value of Object.values(changed)) expect(page).toContain(value);
    expect(await linksOf(web.db, old)).toEqual([id]);
    expect(await linksOf(web.db, waiting)).toEqual([id]);
    expect(await audited(id)).toEqual(['person.created', 'person.edited']);
    const { created_at, updated_at } = (await row(id)) ?? {};
    expect(updated_at).not.toEqual(created_at);
    // Mail with the lost address matches nobody any more.
    expect(await stateOf(web.db, await file({ subject: 'Later' }))).toBe('unmatched');
  });

  test('counts only mail that the viewer may see', async () => {
    const id = await make();
    const secret = await file({ to: [address('new')] }, tom);
    await web.db('emails').where({ id: secret }).update({ visibility: 'private' });
    const form = await openForm(`/people/${id}/edit`);
    await post(`/people/${id}/edit`, { ...form, address: [address(), address('new')] });
    expect(await linksOf(web.db, secret)).toEqual([id]);
    const page = await text(`/people/${id}`);
    expect(page).toContain('Saved. ');
    expect(page).not.toContain('came along');
  });

  test('without a change saves nothing', async () => {
    const id = await make({ note: 'One\n\ntwo', account: 'Quay & Sons' });
    const before = await row(id);
    await post(`/people/${id}/edit`, await openForm(`/people/${id}/edit`)).expect(303);
    expect(await text(`/people/${id}`)).toContain('Nothing was different');
    expect(await row(id)).toEqual(before);
    expect(await audited(id)).toEqual(['person.created']);
  });

  test('a record that somebody else has changed shows the newer values first', async () => {
    const id = await make({ title: 'Buyer' });
    const path = `/people/${id}/edit`;
    const mine = await openForm(path);
    const theirs = await openForm(path, byTom);
    const added = [address(), address('toms')];
    await post(path, { ...theirs, title: 'Head of Buying', address: added }, byTom).expect(303);
    const { text: html } = await post(path, { ...mine, phone: '+44' }).expect(422);
    const page = plain(html);
    expect(page).toContain('Tom Hale changed this record at');
    expect(page).toContain('Job title Head of Buying');
    expect(page).toContain('Phone nothing');
    expect((await row(id))?.title).toBe('Head of Buying');
    const again = formIn(html);
    // What Tom added is not lost when Dana presses once more.
    expect(again).toMatchObject({ title: 'Buyer', phone: '+44', address: [...added, ''] });
    await post(path, again).expect(303);
    expect(await row(id)).toMatchObject({ title: 'Buyer', phone: '+44' });
    expect(await addressesOf(id)).toEqual(added);
  });

  test('of two at the same moment one is saved', async () => {
    const id = await make();
    const form = await openForm(`/people/${id}/edit`);
    const answers = await Promise.all(
      ['One', 'Two', 'Three'].map((title) => post(`/people/${id}/edit`, { ...form, title })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 422, 422]);
  });

  test('an address given by a decision meanwhile counts as a change', async () => {
    const id = await make();
    const form = await openForm(`/people/${id}/edit`);
    await web
      .db('person_addresses')
      .insert({ person_id: id, address: address('decided'), is_primary: false });
    const { text: html } = await post(`/people/${id}/edit`, { ...form, title: 'X' }).expect(422);
    expect(formIn(html).address).toContain(address('decided'));
  });

  test('while mail is filed loses none of it', async () => {
    const id = await make();
    const form = await openForm(`/people/${id}/edit`);
    const owner = await web.addUser(`Obi ${count}`);
    const racing = mail({ from: [owner.address], to: [address('racing')] });
    const stored = await bench.storeMail(racing);
    // Filing has read what matches, and waits to raise a notice that another is raising.
    const obstacle = await holdTransaction(web.db, async (trx) => {
      await trx('notices').insert({ user_id: owner.id, kind: 'unmatched', subject: '' });
    });
    const filing = bench.file(stored);
    await untilWaiting(web.db, 1);
    const changes = { ...form, address: [address(), address('racing')] };
    const editing = post(`/people/${id}/edit`, changes).then(({ status }) => status);
    await untilWaiting(web.db, 2);
    await obstacle.rollback();
    await filing;
    expect(await editing).toBe(303);
    const email = await emailOf(web.db, stored);
    expect(email.state).toBe('archived');
    expect(await linksOf(web.db, email.id)).toEqual([id]);
  });
});

describe('converting', () => {
  test('keeps the mail, once, and can be undone', async () => {
    const id = await make({}, 'lead');
    const email = await file();
    await post(`/people/${id}/convert`).expect(303);
    const { text: html } = await agent.get(`/people/${id}`);
    expect(plain(html)).toContain(`Jane ${name} is a contact now. All mail stays.`);
    expect(undoIn(html, `/people/${id}/convert/undo`)).toBe(true);
    expect(await linksOf(web.db, email)).toEqual([id]);
    expect((await row(id))?.kind).toBe('contact');
    expect((await row(id))?.converted_at).toBeInstanceOf(Date);
    await post(`/people/${id}/convert`).expect(303);
    expect(await text(`/people/${id}`)).toContain('This is a contact already');
    await post(`/people/${id}/convert/undo`).expect(303);
    expect(await row(id)).toMatchObject({ kind: 'lead', converted_at: null });
    expect(await audited(id)).toEqual([
      'person.created',
      'person.converted',
      'person.conversion-undone',
    ]);
  });

  test('a contact that was never a lead is made none', async () => {
    const id = await make();
    await post(`/people/${id}/convert/undo`).expect(404);
    expect((await row(id))?.kind).toBe('contact');
  });
});

describe('the bin', () => {
  test('keeps the mail of a record, and lets it match nothing new until it is restored', async () => {
    const id = await make();
    const old = await file();
    const { headers } = await post(`/people/${id}/delete`).expect(303);
    expect(headers.location).toBe('/contacts');
    const { text: html } = await agent.get('/contacts');
    expect(plain(html)).toContain(`Jane ${name} is in the bin.`);
    expect(undoIn(html, `/people/${id}/restore`)).toBe(true);
    const meanwhile = await file({ subject: 'Meanwhile' });
    expect(await stateOf(web.db, meanwhile)).toBe('unmatched');
    expect(await text(`/contacts?q=${name}`)).toContain('Nobody found');
    const page = await text(`/people/${id}`);
    expect(page).toContain('This record is in the bin Dana Kim put it there');
    expect(page).toContain('Chairs');
    expect(page).not.toContain('Unlink');
    expect(await text('/people/bin')).toContain(`Jane ${name}`);
    await agent.get(`/people/${id}/edit`).expect(404);
    await post(`/people/${id}/edit`, { lastName: 'X' }).expect(404);
    await post(`/people/${id}/convert`).expect(404);
    await post(`/people/${id}/delete`).expect(303);
    await post(`/people/${id}/restore`).expect(303);
    expect(await text(`/people/${id}`)).toContain(
      `Restored Jane ${name}. 1 email that came meanwhile was added.`,
    );
    expect(await linksOf(web.db, meanwhile)).toEqual([id]);
    expect(await linksOf(web.db, old)).toEqual([id]);
    await post(`/people/${id}/restore`).expect(303);
    expect(await text(`/people/${id}`)).toContain('not in the bin');
    expect(await audited(id)).toEqual(['person.created', 'person.deleted', 'person.restored']);
  });

  test('lists in pages, what was deleted last first', async () => {
    await web.db('people').whereNotNull('deleted_at').delete();
    const at = new Date();
    const people = Array.from({ length: 27 }, (_, n) => ({
      kind: 'contact' as const,
      first_name: `Binned${n}.`,
      deleted_at: n < 10 ? at : new Date(at.getTime() + n * 1000),
    }));
    await web.db('people').insert(people);
    const shown = (html: string) => [...html.matchAll(/Binned(\d+)\.<\/bdi>/g)].map(([, n]) => n);
    const { text: first } = await agent.get('/people/bin').expect(200);
    expect(shown(first)).toEqual(Array.from({ length: 25 }, (_, n) => String(26 - n)));
    const next = /rel="next" href="([^"]*)"/.exec(first)?.[1] ?? '';
    const { text: second } = await agent.get(next).expect(200);
    expect(shown(second)).toEqual(['1', '0']);
    const previous = /rel="prev" href="([^"]*)"/.exec(second)?.[1] ?? '';
    expect(shown((await agent.get(previous).expect(200)).text)).toEqual(shown(first));
  });

  test('is emptied by administrators alone; mail that nobody else has waits again', async () => {
    const id = await make();
    const other = await make({ lastName: `${name}x`, address: address('other') });
    const only = await file();
    const shared = await file({ to: [address(), address('other')], subject: 'Both' }, tom);
    await post(`/people/${id}/delete-for-ever`, {}, admin).expect(303);
    expect(await row(id)).toBeDefined();
    await post(`/people/${id}/delete`).expect(303);
    await agent.get(`/people/${id}/delete-for-ever`).expect(403);
    await post(`/people/${id}/delete-for-ever`).expect(403);
    expect(await row(id)).toBeDefined();
    expect(await text(`/people/${id}/delete-for-ever`, admin)).toContain(`Delete Jane ${name} for`);
    await post(`/people/${id}/delete-for-ever`, {}, admin).expect(303);
    expect(await text('/people/bin', admin)).toContain(`Jane ${name} was deleted for ever.`);
    expect(await row(id)).toBeUndefined();
    await agent.get(`/people/${id}`).expect(404);
    expect(await stateOf(web.db, only)).toBe('unmatched');
    expect(await text(`/data-cleanup/${only}`)).toContain('Chairs');
    expect(await stateOf(web.db, shared)).toBe('archived');
    expect(await linksOf(web.db, shared)).toEqual([other]);
    const notices = await web.db('notices').where({ user_id: user.id, kind: 'unmatched' });
    expect(notices).toHaveLength(1);
    expect((await audited(id)).at(-1)).toBe('person.deleted-for-ever');
    await post(`/people/${id}/delete-for-ever`, {}, admin).expect(303);
    expect(await text('/people/bin', admin)).toContain('deleted for ever already');
  });
});

describe('the timeline', () => {
  const subjects = (html: string) =>
    [...html.matchAll(/href="\/emails\/\d+">([^<]*)/g)].map(([, subject]) => subject);
  const sentAt = async (id: number, at: Date) => {
    await web.db('emails').where({ id }).update({ sent_at: at });
    await web.db('email_people').where({ email_id: id }).update({ sent_at: at });
  };

  test('says how mail gets there while there is none', async () => {
    const id = await make();
    expect(await text(`/people/${id}`)).toContain('send or forward it to archive@crm.example');
    const bare = await make({ address: '', lastName: `${name}x` });
    expect(await text(`/people/${bare}`)).toContain('Give this record an email address first');
  });

  test('shows who wrote to whom, what is attached, and who archived it', async () => {
    const id = await make();
    const email = await file({
      to: [address(), address('b'), address('c'), address('d'), address('e')],
      text: 'Dear Jane,\nabout the chairs',
    });
    await web
      .db('email_participants')
      .where({ email_id: email, seq: 1 })
      .update({ name: 'Jane R' });
    const page = await text(`/people/${id}`);
    expect(page).toContain(`Sent by us: ${user.address} → Jane R , ${address('b')}`);
    expect(page).toContain('and 2 more');
    expect(page).toContain('Dear Jane, about the chairs');
    expect(page).toContain('archived by you');
    expect(await text(`/people/${id}`, byTom)).toContain('archived by Dana Kim');
  });

  test('goes on in pages, newest first, also where many were sent at one moment', async () => {
    const id = await make();
    for (let n = 0; n < 57; n += 1) {
      const email = await file({ subject: `No. ${n}`, messageId: `<${count}-${n}@x>` });
      await sentAt(email, new Date(Date.UTC(2026, 0, 1, n < 40 ? 0 : n)));
    }
    const expected = Array.from({ length: 57 }, (_, n) => `No. ${56 - n}`);
    const seen: (string | undefined)[][] = [];
    let path: string | undefined = `/people/${id}`;
    while (path !== undefined) {
      const html: string = (await agent.get(path).expect(200)).text;
      seen.push(subjects(html));
      const newer = /rel="prev" href="([^"]*)#/.exec(html)?.[1];
      if (seen.length > 1) {
        expect(subjects((await agent.get(newer ?? '').expect(200)).text)).toEqual(seen.at(-2));
      }
      path = /rel="next" href="([^"]*)#/.exec(html)?.[1];
    }
    expect(seen.map(({ length }) => length)).toEqual([25, 25, 7]);
    expect(seen.flat()).toEqual(expected);
    for (const place of ['x', '1-', '-1', '99999999999999999-1', `1-1&before=2-2`, '0-0']) {
      await agent.get(`/people/${id}?before=${place}`).expect(200);
    }
  });

  test('a mail that two have archived is there once', async () => {
    const id = await make();
    const same = { subject: `Twice ${count}`, messageId: `<twice${count}@x>` };
    const first = await file(same);
    const second = await file({ ...same, text: 'As Tom saw it' }, tom);
    const { text: html } = await agent.get(`/people/${id}`);
    expect(subjects(html)).toEqual([same.subject]);
    expect(plain(html)).toContain('archived by Tom Hale, you');
    expect(plain(html)).toContain('Unlink your copy');
    // A private copy is told to nobody else, and does not hide the other one.
    await web.db('emails').where({ id: second }).update({ visibility: 'private' });
    const mine = await text(`/people/${id}`);
    expect(mine).toContain('archived by you');
    expect(mine).not.toContain('Tom Hale');
    expect(await text(`/people/${id}`, byTom)).toContain('archived by you, Dana Kim');
    await web.db('emails').where({ id: first }).update({ visibility: 'private' });
    expect(await text(`/people/${id}`, byTom)).toContain('archived by you private');
    await web.db('emails').where({ id: second }).delete();
    expect(await text(`/people/${id}`, byTom)).not.toContain(same.subject);
  });

  test.each([
    ['Message-ID', { messageId: '<a@x>' }, { messageId: '<b@x>' }, 2],
    ['subject', { subject: 'A', messageId: '<a@x>' }, { subject: 'B', messageId: '<a@x>' }, 2],
    ['text, without Message-ID', { messageId: null, text: 'A' }, { messageId: null, text: 'B' }, 2],
    ['nothing, without Message-ID', { messageId: null }, { messageId: null }, 1],
    ['text, with a Message-ID', { text: 'A' }, { text: 'B' }, 1],
    ['knowing the Message-ID', { messageId: '<a@x>' }, { messageId: null }, 2],
  ])('two that differ in %s', async (_what, one, other, entries) => {
    const id = await make();
    await file(one);
    await file(other, tom);
    expect(subjects((await agent.get(`/people/${id}`)).text)).toHaveLength(entries);
  });

  test('a mail sent at another moment is another one', async () => {
    const id = await make();
    await file();
    await sentAt(await file({}, tom), new Date('2025-03-03T09:00:01Z'));
    expect(subjects((await agent.get(`/people/${id}`)).text)).toHaveLength(2);
  });

  test('"wrong person" leads back to the record, and can be undone', async () => {
    const id = await make();
    const email = await file();
    const { headers } = await post(`/emails/${email}/unlink`, { personId: id, from: 'person' });
    expect(headers.location).toBe(`/people/${id}`);
    const { text: html } = await agent.get(`/people/${id}`);
    expect(plain(html)).toContain(`Unlinked from Jane ${name}`);
    expect(subjects(html)).toEqual([]);
    const undo = /action="(\/decisions\/\d+\/undo)"/.exec(html)?.[1] ?? '';
    await post(undo).expect(303);
    expect(subjects((await agent.get(`/people/${id}`)).text)).toEqual(['Chairs']);
  });
});

test('what people and strangers wrote is text, on every page', async () => {
  const attack = '"><img src=x onerror=alert(1)><script>alert(2)</script>';
  const fields = { firstName: attack, lastName: attack, account: attack, title: attack };
  const id = await make({ ...fields, phone: attack, note: attack }, 'lead');
  const email = await file({ subject: attack, text: attack });
  await web.db('email_participants').where({ email_id: email }).update({ name: attack });
  const duplicate = await post('/leads/new', { ...fields, address: attack }).expect(422);
  const again = await post('/leads/new', { ...fields, address: '' }).expect(422);
  const pages = [duplicate.text, again.text];
  const paths = [`/people/${id}`, `/people/${id}/edit`, `/leads?q=${encodeURIComponent(attack)}`];
  for (const path of paths) pages.push((await agent.get(path).expect(200)).text);
  await post(`/people/${id}/convert`);
  pages.push((await agent.get(`/people/${id}`)).text);
  await post(`/people/${id}/delete`);
  for (const path of ['/contacts', '/people/bin', `/people/${id}/delete-for-ever`]) {
    pages.push((await (path.includes('ever') ? admin : agent).get(path).expect(200)).text);
  }
  for (const html of pages) {
    expect(html).not.toMatch(/<img|<script>|onerror=alert\(1\)>/);
    expect(html).toContain('&lt;img');
  }
});

test('hidden marks that turn text around are not kept in a name, and disturb no sentence', async () => {
  const id = await make({ firstName: '\u202egnp.exe', lastName: `محمد ${name}` });
  expect(await row(id)).toMatchObject({ first_name: 'gnp.exe', last_name: `محمد ${name}` });
  expect(await text(`/people/${id}`)).toContain(`Created \u2068gnp.exe محمد ${name}\u2069.`);
});

test.each(['', '0', 'x', '2147483648', '1e3', '../1'])('/people/%s is not found', async (id) => {
  for (const end of ['', '/edit', '/delete', '/restore', '/convert', '/convert/undo']) {
    const { status } = await (['', '/edit'].includes(end)
      ? agent.get(`/people/${id}${end}`)
      : post(`/people/${id}${end}`));
    expect(status).toBe(404);
  }
});

test('a visitor is sent to sign in', async () => {
  const id = await make();
  for (const path of ['/contacts', '/leads/new', `/people/${id}`, '/people/bin']) {
    const { headers } = await web.visitor().get(path).expect(303);
    expect(headers.location).toContain('/sign-in');
  }
  await post(`/people/${id}/delete`, {}, web.visitor()).expect(303);
  expect((await row(id))?.deleted_at).toBeNull();
});

test('a form sent twice while the first is at work makes one record', async () => {
  const held = await holdTransaction(web.db, async (trx) => {
    await claimAddresses(trx, [address()]);
  });
  const form = { firstName: 'Jane', lastName: name, address: address() };
  const sent = [post('/contacts/new', form), post('/contacts/new', form)].map(
    async (one) => (await one).status,
  );
  await untilWaiting(web.db, 2);
  await held.commit();
  expect((await Promise.all(sent)).sort()).toEqual([303, 422]);
});
