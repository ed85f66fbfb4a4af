import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createFilingBench, textWith, type FilingBench } from '../../support/filing-bench.ts';
import { startTestWeb, type Agent, type TestUser, type TestWeb } from '../../support/web.ts';
import { block, mail, type MailSketch } from '../../unit/archiving/samples.ts';
import { linksOf, stateOf } from '../data-cleanup/decision-tools.ts';
import { emailOf } from '../rematch/rematch-tools.ts';

let web: TestWeb;
let bench: FilingBench;
let user: TestUser;
let agent: Agent;
let other: Agent;
let otherUser: TestUser;
let count = 0;
let jane: string;

beforeAll(async () => {
  web = await startTestWeb();
  bench = await createFilingBench(web.db);
  otherUser = await web.addUser('Tom Hale', 'super-administrators');
  other = await web.signIn(otherUser);
});
afterAll(() => web.close());

beforeEach(async () => {
  count += 1;
  jane = `jane${count}@client.example`;
  user = await web.addUser(`Dana Kim ${count}`);
  agent = await web.signIn(user);
});

async function file(sketch: Partial<MailSketch> = {}, owner = user): Promise<number> {
  const id = await bench.storeMail(mail({ from: [owner.address], to: [jane], ...sketch }));
  await bench.file(id);
  return (await emailOf(web.db, id)).id;
}

async function person(address: string, firstName: string, lastName = ''): Promise<number> {
  const id = await bench.person(address);
  await web.db('people').where({ id }).update({ first_name: firstName, last_name: lastName });
  return id;
}

const post = (path: string, form: object, by = agent) => by.post(path).type('form').send(form);
const plain = (html: string) => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
const text = async (path: string, by = agent) => plain((await by.get(path).expect(200)).text);

/** The place that the first undo button of a page sends to. */
const undoOf = (html: string) => /action="(\/decisions\/\d+\/undo)"/.exec(html)?.[1] ?? '';

describe('the list', () => {
  test('is empty, and says what for', async () => {
    for (const [tab, says] of [
      ['unmatched', 'Every email is matched'],
      ['discarded', 'Nothing is discarded'],
      ['resolved', 'Nothing is resolved yet'],
    ]) {
      expect(await text(`/data-cleanup?tab=${tab}`)).toContain(says);
    }
  });

  test('has the viewer’s own mail only, newest first, in pages', async () => {
    const ids: number[] = [];
    for (let n = 0; n < 27; n += 1) ids.push(await file({ subject: `Mail number ${n}.` }));
    await file({ subject: 'Secret of Tom' }, otherUser);
    const { text: first } = await agent.get('/data-cleanup').expect(200);
    expect(first).not.toContain('Secret of Tom');
    const numbers = (html: string) =>
      [...html.matchAll(/<div class="text-truncate" dir="auto">Mail number (\d+)\./g)].map(
        ([, n]) => n,
      );
    expect(numbers(first)).toEqual(Array.from({ length: 25 }, (_, n) => String(26 - n)));
    const older = /href="(\/data-cleanup\?tab=unmatched&amp;before=\d+)"/.exec(first)?.[1];
    const { text: second } = await agent.get((older ?? '').replace('&amp;', '&')).expect(200);
    expect(numbers(second)).toEqual(['1', '0']);
    const newer = /href="(\/data-cleanup\?tab=unmatched&amp;after=\d+)"/.exec(second)?.[1];
    const { text: back } = await agent.get((newer ?? '').replace('&amp;', '&')).expect(200);
    expect(numbers(back)).toEqual(numbers(first));
    // An email further down is shown with those around it.
    expect(numbers((await agent.get(`/data-cleanup/${ids[1]}`)).text)).toEqual(['1', '0']);
  });

  test.each([
    'before=x',
    'tab=none',
    'tab[]=a&tab[]=b',
    'after=-1',
    'before=99999999999999999999',
    'q=%00',
    'address=%00%ff',
  ])('a strange %s is not minded', async (query) => {
    await file();
    expect(await text(`/data-cleanup?${query}`)).toContain('Chairs');
  });
});

describe('the mail', () => {
  test('says who is on it, and what is known of them', async () => {
    const id = await file({
      to: [jane],
      cc: [otherUser.address, `joe${count}@client.example`, 'archive@crm.example'],
    });
    const joe = await person(`joe${count}@client.example`, 'Joe', 'Doe');
    await web.db('emails').where({ id }).update({ state: 'unmatched' });
    await web.db('email_people').where({ email_id: id }).delete();
    const page = await text(`/data-cleanup/${id}`);
    expect(page).toContain(`From ${user.address} you`);
    expect(page).toContain(`To ${jane} no match`);
    expect(page).toContain(`Cc ${otherUser.address} colleague`);
    expect(page).toContain('Contact: Joe Doe');
    expect(page).toContain('archive@crm.example archive');
    expect(page).toContain(`Who is ${jane}?`);
    const { text: html } = await agent.get(
      `/data-cleanup/${id}?address=joe${count}@client.example`,
    );
    expect(plain(html)).toContain(`Who is joe${count}@client.example?`);
    expect(html).toContain(`href="/people/${joe}"`);
  });

  test.each([
    [
      'We could not find an address in the forwarded text',
      () => file({ to: ['archive@crm.example'] }),
    ],
    ['Only colleagues are on this email', () => file({ to: [otherUser.address] })],
    ['Nobody from outside is on this email', () => file({ to: [user.address] })],
    [
      'Everybody from outside whose address we found is under a never-archive rule',
      async () => {
        await web.db('never_archive_rules').insert({ user_id: user.id, pattern: jane });
        const found = block({ from: null, to: [{ address: jane, name: '' }] });
        const forward = textWith({ kind: 'found', block: found });
        return await file({ to: ['archive@crm.example'], text: forward });
      },
    ],
    ['No contact or lead has this address', () => file()],
    [
      'We could not tell who wrote this email',
      () => {
        const found = block({ from: null, to: [{ address: jane, name: '' }] });
        const forward = textWith({ kind: 'found', block: found });
        return file({ to: ['archive@crm.example'], text: forward });
      },
    ],
  ])('%s', async (says, filed) => {
    expect(await text(`/data-cleanup/${await filed()}`)).toContain(says);
  });

  test('an address on several records is said to be that, and linking links to each', async () => {
    const office = `office${count}@client.example`;
    const two = [await person(office, 'Ann', 'Lee'), await person(office, 'Bob', 'Lee')];
    const wrong = await person(office, 'Cay', 'Lee');
    const id = await file({ to: [jane], cc: [office] });
    // It waits, as if they had gained the address without its mail.
    await web.db('emails').where({ id }).update({ state: 'unmatched' });
    await web.db('email_people').where({ email_id: id }).delete();
    const page = await text(`/data-cleanup/${id}`);
    expect(page).toContain('3 records have this address. Linking this email links it to each');
    expect(page.split('records have this address')).toHaveLength(2);
    const [decision] = await web
      .db('decisions')
      .insert({ actor_id: otherUser.id, kind: 'unlink', email_id: id })
      .returning('id');
    await web.db('email_people').insert({
      email_id: id,
      person_id: wrong,
      address: office,
      sent_at: new Date(),
      linked_by: 'rematch',
      unlinked_by: decision?.id ?? 0,
    });
    expect(await text(`/data-cleanup/${id}`)).toContain('2 records have this address.');
    const known = await person(`known${count}@client.example`, 'Jane', 'Roe');
    await post(`/data-cleanup/${id}/link`, { personId: String(known), address: jane }).expect(303);
    expect(await linksOf(web.db, id)).toEqual([...two, known]);
    expect(await text(`/data-cleanup/${id}`)).toContain(
      '2 records have this address. Mail with it is archived on each of them.',
    );
  });

  test('of a forward that names nobody, that much is said, and the subject once', async () => {
    const id = await file({ subject: `Talk in Utrecht ${count}.` });
    await web.db('email_participants').where({ email_id: id }).delete();
    const { text: html } = await agent.get('/data-cleanup').expect(200);
    const list = html.slice(0, html.indexOf('<article'));
    expect(plain(list)).toContain('No sender found');
    expect(plain(list).split(`Talk in Utrecht ${count}.`)).toHaveLength(2);
    const shown = html.slice(html.indexOf('<article'), html.indexOf('</article>'));
    expect(shown).not.toContain('<dl');
  });

  test('what strangers wrote is text', async () => {
    const attack = '<img src=x onerror=alert(1)>';
    const id = await file({ subject: attack, text: attack });
    await web.db('email_participants').where({ email_id: id }).update({ name: attack });
    await web.db('emails').where({ id }).update({ remark: attack });
    for (const path of [
      `/data-cleanup/${id}`,
      `/data-cleanup/${id}?do=contact`,
      `/data-cleanup/${id}?q=${encodeURIComponent(attack)}`,
    ]) {
      const { text: html } = await agent.get(path).expect(200);
      expect(html).not.toContain('<img');
      expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;');
    }
  });

  test.each(['0', '-1', 'x', '1e3', '99999999999999999999', '%00'])('%s is none', async (id) => {
    await agent.get(`/data-cleanup/${id}`).expect(404);
    for (const action of ['link', 'contact', 'lead', 'discard']) {
      await post(`/data-cleanup/${id}/${action}`, { personId: '1', lastName: 'X' }).expect(404);
    }
    await post(`/emails/${id}/unlink`, { personId: '1' }).expect(404);
    await post(`/decisions/${id}/undo`, {}).expect(404);
  });
});

describe('who it may be', () => {
  const chosen = (html: string) =>
    [...html.matchAll(/name="personId" value="(\d+)" data-key="l"/g)].map(([, id]) => Number(id));
  async function named(name: string, address = jane): Promise<number> {
    const id = await file({ to: [address] });
    await web.db('email_participants').where({ email_id: id, address }).update({ name });
    return id;
  }

  test('the one record of that very name is chosen, and nothing is linked yet', async () => {
    const rosa = await person(`rosa${count}@home.example`, 'Rosa', `Alba ${count}`);
    await person(`rosa${count}@far.example`, 'Rosa', `Alba ${count} Montes`);
    const id = await named(`alba ${count}, ROSA`);
    const again = `/data-cleanup/${id}?q=Rosa+Alba+${count}`;
    expect(chosen((await agent.get(again)).text)).toEqual([]);
    await web
      .db('email_participants')
      .where({ email_id: id, address: jane })
      .update({
        name: `ROSA Alba ${count}`,
      });
    expect(chosen((await agent.get(`/data-cleanup/${id}`)).text)).toEqual([rosa]);
    expect(await linksOf(web.db, id)).toEqual([]);
    expect(chosen((await agent.get(again)).text)).toEqual([]);
    await person(`rosa${count}@other.example`, 'Rosa', `Alba ${count}`);
    expect(chosen((await agent.get(`/data-cleanup/${id}`)).text)).toEqual([]);
  });

  test('where nobody has the name, those of its domain are offered and said to be that', async () => {
    const domain = `client${count}.example`;
    const colleague = await person(`kim@${domain}`, 'Kim', `Near ${count}`);
    await person(`kim@${domain}.invalid`, 'Kim', `Far ${count}`);
    const id = await named(`Nobody ${count}`, `new@${domain}`);
    const { text: html } = await agent.get(`/data-cleanup/${id}`).expect(200);
    expect(plain(html)).toContain(
      `No contact or lead is called “Nobody ${count}”. These have an address at ${domain}:`,
    );
    expect(html).toContain(`name="personId" value="${colleague}"`);
    expect(plain(html)).not.toContain(`Far ${count}`);
    expect(chosen(html)).toEqual([]);
    const { text: other } = await agent.get(`/data-cleanup/${id}?q=Else+${count}`);
    expect(plain(other)).toContain(`No contact or lead found for “Else ${count}”.`);
    expect(other).not.toContain(`name="personId" value="${colleague}"`);
  });
});

describe('deciding', () => {
  test('linking goes on with the next mail, and is undone by a button', async () => {
    const contact = await person(`known${count}@client.example`, 'Jane', `Roe ${count}`);
    const [older, id, along] = [
      await file({ subject: 'Older', to: ['x@y.example'] }),
      await file({ subject: 'One' }),
      await file({ subject: 'Along' }),
    ];
    const { text: html } = await agent.get(`/data-cleanup/${id}?q=Roe+${count}`).expect(200);
    expect(html).toContain(`name="personId" value="${contact}"`);
    expect(plain(html)).toContain('And the other email with this address');
    const answer = await post(`/data-cleanup/${id}/link`, {
      personId: String(contact),
      address: jane,
      add: 'yes',
    }).expect(303);
    expect(answer.headers.location).toBe(`/data-cleanup/${older}`);
    const { text: next } = await agent.get(answer.headers.location ?? '').expect(200);
    expect(plain(next)).toContain(`Linked to Jane Roe ${count}. 1 other email came along.`);
    expect(await linksOf(web.db, along)).toEqual([contact]);
    expect(await text('/data-cleanup?tab=resolved')).toContain(`Jane Roe ${count}`);
    const undone = await post(undoOf(next), {}).expect(303);
    expect(undone.headers.location).toBe(`/data-cleanup/${id}`);
    const { text: again } = await agent.get(`/data-cleanup/${id}`).expect(200);
    expect(plain(again)).toContain('waits in Data Cleanup again');
    expect(plain(again)).toContain('1 other email that had come along was taken back as well.');
    await post(undoOf(next), {}).expect(303);
    expect(await text(`/data-cleanup/${id}`)).toContain(`Dana Kim ${count} undid this already`);
    expect(await stateOf(web.db, along)).toBe('unmatched');
  });

  test('without the tick no address is added', async () => {
    const contact = await person(`known${count}@client.example`, 'Jane');
    const id = await file();
    await post(`/data-cleanup/${id}/link`, { personId: String(contact), address: jane }).expect(
      303,
    );
    expect(await web.db('person_addresses').where({ address: jane })).toEqual([]);
    expect(await linksOf(web.db, id)).toEqual([contact]);
  });

  test.each([
    ['nobody is chosen', {}, 'Choose a contact or lead'],
    [
      'lists of no records',
      { personId: ['x', ''], pick: [':', 'x:y'] },
      'Choose a contact or lead',
    ],
    ['text', { personId: '1 or 1=1' }, 'Choose a contact or lead'],
    ['too high a number', { personId: '9999999999' }, 'Choose a contact or lead'],
    ['a record that is not there', { personId: '2000000000' }, 'has been deleted meanwhile'],
    ['an address of nobody on it', { personId: '1', address: 'x@y.example' }, 'not on the email'],
  ])('linking: %s', async (_what, form, says) => {
    const id = await file();
    const { text: html } = await post(`/data-cleanup/${id}/link`, form).expect(422);
    expect(plain(html)).toContain(says);
    expect(await stateOf(web.db, id)).toBe('unmatched');
  });

  test('a new contact begins with what the mail says', async () => {
    const address = `jane.roe@acme${count}.co.uk`;
    const id = await file({ to: [address] });
    const { text: html } = await agent.get(`/data-cleanup/${id}?do=contact`).expect(200);
    for (const value of ['Jane', 'Roe', address, `Acme${count}`]) {
      expect(html).toContain(`value="${value}"`);
    }
    const form = { firstName: 'Jane', lastName: `Roe${count}`, address, company: `Acme${count}` };
    await post(`/data-cleanup/${id}/contact`, form).expect(303);
    expect(await text('/data-cleanup')).toContain(`Created Jane Roe${count} and linked the email.`);
    const second = await file({ to: [`joe@acme${count}.co.uk`] });
    const { text: again } = await agent.get(`/data-cleanup/${second}?do=lead`).expect(200);
    expect(again).toContain(`value="Acme${count}"`);
    expect(plain(again)).toContain('New lead from this email');
  });

  test('a new lead begins with the signature of whoever wrote it, and with nothing that is quoted', async () => {
    const domain = `signed${count}.example`;
    const address = `jane.roe@${domain}`;
    const found = block({ from: { name: '', address }, to: [{ name: '', address: user.address }] });
    const forward = textWith({ kind: 'found', block: found });
    const id = await file({ to: ['archive@crm.example'], text: forward });
    const form = async () => (await agent.get(`/data-cleanup/${id}?do=lead`).expect(200)).text;
    const own = 'Hello\n\nJane Roe\nHead of Sales\nSigned Works Ltd.\nTel.: +44 20 7946 0958\n';
    const write = (text: string) => web.db('emails').where({ id }).update({ text });
    await write(own);
    const values = ['Jane', 'Roe', 'Head of Sales', 'Signed Works Ltd.', '+44 20 7946 0958'];
    const html = await form();
    for (const value of [...values, address]) expect(html).toContain(`value="${value}"`);
    await write(`Yes\n\n${own.replace(/^/gm, '> ')}`);
    const quoted = await form();
    for (const value of values.slice(2)) expect(quoted).not.toContain(`value="${value}"`);
    expect(quoted).toContain(`value="Signed${count}"`);
    // Colleagues of hers have an account: it is hers as well.
    const colleague = await person(`kim@${domain}`, 'Kim');
    const [account] = await web
      .db('accounts')
      .insert({ name: `Works ${count}` })
      .returning('id');
    await web
      .db('people')
      .where({ id: colleague })
      .update({ account_id: account?.id ?? 0 });
    await write(own);
    expect(await form()).toContain(`value="Works ${count}"`);
    // The signature below a mail of the user's own is the user's.
    const sent = await file({ to: [address], text: own });
    const { text: ownForm } = await agent.get(`/data-cleanup/${sent}?do=lead`).expect(200);
    expect(ownForm).not.toContain('value="Head of Sales"');
  });

  test.each([
    ['no name', { firstName: ' ', lastName: '' }, 'Enter a first or a last name.'],
    ['no address', { lastName: 'Roe', address: 'jane' }, 'Enter an email address'],
    ['too long', { lastName: 'x'.repeat(201) }, 'fewer characters'],
    ['lists', { firstName: ['a', 'b'], lastName: ['c', 'd'] }, 'Enter a first or a last name.'],
  ])('a new record: %s', async (_what, form, says) => {
    const id = await file();
    const { text: html } = await post(`/data-cleanup/${id}/lead`, form).expect(422);
    expect(plain(html)).toContain(says);
    expect(await stateOf(web.db, id)).toBe('unmatched');
  });

  test('a possible duplicate is asked about once', async () => {
    const known = await person(`known${count}@client.example`, 'Jane', `Twin${count}`);
    const id = await file();
    const form = { firstName: 'jane', lastName: `Twin${count}`, address: jane };
    const { text: html } = await post(`/data-cleanup/${id}/contact`, form).expect(422);
    expect(plain(html)).toContain('Somebody with this name or address is here already.');
    expect(html).toContain(`href="/people/${known}"`);
    expect(html).toContain(`name="others" value="${known}"`);
    await post(`/data-cleanup/${id}/contact`, { ...form, others: String(known) }).expect(303);
    expect(await web.db('people').where({ last_name: `Twin${count}` })).toHaveLength(2);
  });

  test('discarding, and restoring from the tab', async () => {
    const id = await file();
    const done = await post(`/data-cleanup/${id}/discard`, {}).expect(303);
    expect(done.headers.location).toBe('/data-cleanup');
    expect(await text('/data-cleanup')).toContain(
      'Discarded “Chairs”. It stays under Discarded for 30 days.',
    );
    const { text: html } = await agent.get(`/data-cleanup?tab=discarded`).expect(200);
    expect(plain(html)).toContain(`Discarded by Dana Kim ${count} on`);
    expect(plain(html)).toContain('It can be restored until');
    await post(undoOf(html), {}).expect(303);
    expect(await stateOf(web.db, id)).toBe('unmatched');
  });

  test('in a second tab it hears what was done in the first', async () => {
    const id = await file();
    await post(`/data-cleanup/${id}/discard`, {}).expect(303);
    await text('/data-cleanup');
    const contact = await person(`known${count}@client.example`, 'Jane');
    await post(`/data-cleanup/${id}/link`, { personId: String(contact), address: jane }).expect(
      303,
    );
    expect(await text('/data-cleanup')).toMatch(/Dana Kim \d+ discarded this email already, at/);
    const form = { lastName: 'Late', address: jane };
    await post(`/data-cleanup/${id}/contact`, form).expect(303);
    expect(await text('/data-cleanup')).toContain('discarded this email already');
    expect(await web.db('people').where({ last_name: 'Late' })).toEqual([]);
    // So it does when the form would have come back with errors.
    for (const action of ['link', 'contact']) {
      await post(`/data-cleanup/${id}/${action}`, { personId: 'x' }).expect(303);
      expect(await text('/data-cleanup')).toContain('discarded this email already');
    }
  });

  test('others, whatever their groups, find nothing', async () => {
    const id = await file();
    const contact = await person(`known${count}@client.example`, 'Jane');
    const form = { personId: String(contact), address: jane, lastName: 'X' };
    await other.get(`/data-cleanup/${id}`).expect(404);
    for (const action of ['link', 'contact', 'lead', 'discard']) {
      await post(`/data-cleanup/${id}/${action}`, form, other).expect(404);
    }
    await post(`/emails/${id}/unlink`, form, other).expect(404);
    const { text: html } = await post(`/data-cleanup/${id}/discard`, {}).redirects(1);
    await post(undoOf(html), {}, other).expect(404);
    expect(await stateOf(web.db, id)).toBe('discarded');
  });
});

describe('wrong person', () => {
  test('anybody who sees the mail unlinks it; the last link lost, it waits for its owner', async () => {
    const contact = await person(jane, 'Jane', 'Roe');
    const id = await file();
    expect(await stateOf(web.db, id)).toBe('archived');
    const form = { personId: String(contact) };
    const done = await post(`/emails/${id}/unlink`, form, other).expect(303);
    expect(done.headers.location).toBe(`/people/${contact}`);
    const { text: owners } = await agent.get(`/data-cleanup/${id}`).expect(200);
    expect(plain(owners)).toMatch(/Tom Hale said on .* linked to the wrong person/);
    expect(plain(owners)).toContain('not Jane Roe');
    const undone = await post(undoOf(owners), {}).expect(303);
    expect(undone.headers.location).toBe(`/emails/${id}`);
    expect(await linksOf(web.db, id)).toEqual([contact]);
    await post(`/emails/${id}/unlink`, { personId: ['1', '2'] }).expect(404);
    await post(`/emails/${id}/unlink`, {}).expect(404);
  });
});

test('the decision of a colleague on a mail that stays shared is the actor’s to undo', async () => {
  const first = await person(jane, 'Jane');
  const second = await person(jane, 'Janet');
  const id = await file();
  const path = `/emails/${id}/unlink`;
  const done = await post(path, { personId: String(first) }, other).expect(303);
  expect(done.headers.location).toBe(`/emails/${id}`);
  expect(await linksOf(web.db, id)).toEqual([second]);
  const decision = await web.db('decisions').where({ email_id: id }).first();
  await post(`/decisions/${decision?.id}/undo`, {}, other).expect(303);
  expect(await linksOf(web.db, id)).toEqual([first, second]);
});
