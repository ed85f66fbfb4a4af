import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { continueReprocessing } from '../../../src/inbound/continue-reprocessing.ts';
import { applyAgain, compareAgain } from '../../../src/inbound/process-again.ts';
import { rematch } from '../../../src/emails/rematch.ts';
import { createFilingBench, textWith, type FilingBench } from '../../support/filing-bench.ts';
import { startTestWeb, type Agent, type TestUser, type TestWeb } from '../../support/web.ts';
import { ARCHIVE, mail, type MailSketch } from '../../unit/archiving/samples.ts';

const JANE = 'jane@client.example';
const WHO = 'who@else.example';

let web: TestWeb;
let bench: FilingBench;
let dana: TestUser;
let tom: TestUser;
let as: Record<'dana' | 'admin' | 'root' | 'other', Agent>;
let count = 0;

beforeAll(async () => {
  web = await startTestWeb();
  bench = await createFilingBench(web.db);
  dana = await web.addUser('Dana Kim');
  tom = await web.addUser('Tom Reyes');
  as = {
    dana: await web.signIn(dana),
    admin: await web.signIn(await web.addUser('Ada Admin', 'administrators')),
    other: await web.signIn(await web.addUser('Olaf Other', 'administrators')),
    root: await web.signIn(await web.addUser('Sue Super', 'super-administrators')),
  };
});
afterAll(() => web.close());
beforeEach(async () => {
  await web.db.raw('truncate inbound_messages, people, notices, audit_log, reprocessings cascade');
});

async function file(sketch: MailSketch): Promise<number> {
  count += 1;
  const id = await bench.storeMail(mail({ messageId: `<${count}@x.example>`, ...sketch }));
  await bench.file(id);
  return id;
}

/** Rules change without anybody's doing: a record is there that was not seen when mail was filed. */
async function personUnseen(address: string): Promise<number> {
  const id = await bench.person('nobody@nowhere.example');
  await web.db('person_addresses').where({ person_id: id }).update({ address });
  return id;
}

const compare = (id: number) => compareAgain(bench.deps, id);
async function apply(id: number) {
  const { now } = await compare(id);
  return await applyAgain(bench.deps, id, now, async () => undefined);
}
const emailsOf = (id: number) =>
  web.db('emails').where({ inbound_message_id: id }).orderBy('part_path');
const links = async (emailId: number) =>
  await web.db('email_people').where({ email_id: emailId }).orderBy('person_id').pluck('person_id');
const work = async () => {
  while (await continueReprocessing(bench.deps));
};

describe('by today’s rules', () => {
  test('an unmatched email is archived, keeps its number, and comparing writes nothing', async () => {
    const id = await file({ from: [dana.address], to: [WHO] });
    const [before] = await emailsOf(id);
    const person = await personUnseen(WHO);
    const row = await bench.row(id);
    expect(await compare(id)).toMatchObject({
      verdict: 'differs',
      then: { outcome: 'unmatched', people: [] },
      now: { outcome: 'archived', people: [WHO], ownerId: dana.id, capture: 'copied' },
    });
    expect(await bench.row(id)).toEqual(row);
    expect(await emailsOf(id)).toEqual([before]);
    expect(await apply(id)).toBe('applied');
    const [after] = await emailsOf(id);
    expect(after).toMatchObject({ id: before!.id, state: 'archived', sent_at: before!.sent_at });
    expect(await links(before!.id)).toEqual([person]);
    const participants = web.db('email_participants').where({ email_id: before!.id });
    expect((await participants).map(({ address }) => address)).toContain(WHO);
    expect(await web.db('notices')).toEqual([]);
    expect((await bench.row(id)).trace).toMatchObject({ before: { outcome: 'unmatched' } });
    expect(await compare(id)).toMatchObject({ verdict: 'same' });
    expect(await apply(id)).toBe('same');
  });

  test('a forward is read anew: another correspondent is on it, and its owner is told', async () => {
    const id = await file({ from: [dana.address], to: [ARCHIVE], text: '' });
    const block = {
      ...{ from: { address: WHO, name: 'Who' }, to: [], cc: [], subject: 'Old', dateRaw: null },
      ...{ date: null, body: 'body', remark: 'mine', foundIn: 'text' as const },
    };
    const script = mail({ from: [dana.address], to: [ARCHIVE] });
    const better = await bench.storeMail({ ...script, text: textWith({ kind: 'found', block }) });
    const { original_id: original } = await bench.row(better);
    await web.db('inbound_messages').where({ id: better }).update({ state: 'gone' });
    await web.db('inbound_messages').where({ id }).update({ original_id: original });
    expect(await compare(id)).toMatchObject({
      verdict: 'differs',
      now: { outcome: 'unmatched', found: [WHO] },
    });
    expect(await apply(id)).toBe('applied');
    expect(await emailsOf(id)).toMatchObject([{ subject: 'Old', text: 'body', remark: 'mine' }]);
  });

  test('a stranger’s mail gets its owner; a pending bounce is called off, none is ever queued', async () => {
    await bench.user('chief@northquay.example', 'super-administrators');
    const id = await file({ from: ['new@else.example'], to: [WHO] });
    const address = { user_id: tom.id, address: 'new@else.example', verified_at: new Date() };
    await web.db('user_addresses').insert(address);
    expect(await web.db('outgoing_messages').pluck('state')).toEqual(['pending']);
    expect(await apply(id)).toBe('applied');
    expect(await bench.row(id)).toMatchObject({ outcome: 'unmatched', owner_id: tom.id });
    expect(await web.db('outgoing_messages').pluck('state')).toEqual(['expired']);
    const kinds = await web.db('notices').orderBy('kind').select('kind', 'user_id');
    expect(kinds).toEqual([{ kind: 'unmatched', user_id: tom.id }]);
    await web.db('user_addresses').where({ address: 'new@else.example' }).delete();
    // It became an email: by today's rules it would be rejected, but emails are not taken away.
    expect(await compare(id)).toMatchObject({
      verdict: 'would-lose',
      now: { outcome: 'rejected' },
    });
    expect(await apply(id)).toBe('would-lose');
    expect(await emailsOf(id)).toHaveLength(1);
  });

  test('what would be rejected now is answered by nobody', async () => {
    const id = await file({
      from: ['x@else.example'],
      to: [WHO],
      fields: [['precedence', 'bulk']],
    });
    const better = await bench.storeMail(mail({ from: ['x@else.example'], to: [WHO] }));
    const { original_id: original } = await bench.row(better);
    await web.db('inbound_messages').where({ id: better }).update({ state: 'gone' });
    await web.db('inbound_messages').where({ id }).update({ original_id: original });
    expect(await apply(id)).toBe('applied');
    expect(await bench.row(id)).toMatchObject({ outcome: 'rejected' });
    expect(await web.db('outgoing_messages')).toEqual([]);
  });

  test('of two copies the first is no duplicate of the second, and the second stays one', async () => {
    const sketch = { from: [dana.address], to: [WHO], messageId: '<same@x.example>' };
    const first = await file(sketch);
    const second = await file(sketch);
    expect(await bench.row(second)).toMatchObject({ reason: 'duplicate' });
    expect(await compare(first)).toMatchObject({ verdict: 'same' });
    expect(await compare(second)).toMatchObject({ verdict: 'same' });
  });

  test('what somebody agreed to is not written once it would be something else', async () => {
    const id = await file({ from: [dana.address], to: [WHO, JANE] });
    await personUnseen(WHO);
    const { now } = await compare(id);
    await personUnseen(JANE);
    expect(await applyAgain(bench.deps, id, now, async () => undefined)).toBe('changed');
    expect(await bench.row(id)).toMatchObject({ outcome: 'unmatched' });
  });
});

describe('what people decided stays', () => {
  async function decided(how: (emailId: number) => Promise<unknown>) {
    const id = await file({ from: [dana.address], to: [WHO] });
    const [email] = await emailsOf(id);
    await how(email!.id);
    await personUnseen(WHO);
    return id;
  }

  test('discarded', async () => {
    const id = await decided(async (emailId) => {
      const state = { state: 'discarded', discarded_at: new Date() } as const;
      await web.db('emails').where({ id: emailId }).update(state);
    });
    expect(await compare(id)).toMatchObject({ verdict: 'by-hand' });
    expect(await apply(id)).toBe('by-hand');
    expect(await emailsOf(id)).toMatchObject([{ state: 'discarded' }]);
  });

  test('linked by a decision about another email', async () => {
    const id = await file({ from: [dana.address], to: [WHO, 'more@else.example'] });
    const other = await file({ from: [dana.address], to: ['third@else.example'] });
    const [email] = await emailsOf(other);
    const person = await personUnseen(WHO);
    const rows = await web
      .db('decisions')
      .insert({ actor_id: dana.id, kind: 'link', email_id: email!.id })
      .returning('id');
    const gained = [{ personId: person, address: WHO }];
    await web.db.transaction((trx) => rematch(trx, gained, rows[0]!.id));
    await personUnseen('more@else.example');
    expect(await compare(id)).toMatchObject({ verdict: 'by-hand' });
  });

  test('handed over', async () => {
    const id = await file({ from: [dana.address], to: [WHO] });
    await web.db('emails').where({ inbound_message_id: id }).update({ owner_id: tom.id });
    await personUnseen(WHO);
    expect(await apply(id)).toBe('by-hand');
    expect(await emailsOf(id)).toMatchObject([{ owner_id: tom.id, state: 'unmatched' }]);
  });
});

describe('in the archive log', () => {
  const begin = async (agent: Agent, body: string | object) =>
    await agent.post('/admin/log/again').type('form').send(body).expect(303);

  test('messages are chosen, compared, shown, applied and audited', async () => {
    const one = await file({ from: [dana.address], to: [WHO], subject: 'Secret subject' });
    const two = await file({ from: [dana.address], to: ['third@else.example'] });
    await personUnseen(WHO);
    const begun = await begin(as.admin, `ids=${one}&ids=${two}`);
    const { location } = begun.headers as { location: string };
    const waiting = await as.admin.get(location).expect(200);
    expect(waiting.text).toContain('2 messages are being compared');
    await work();
    const compared = await as.admin.get(location).expect(200);
    expect(compared.text).toContain('Apply 1 change');
    expect(compared.text).toMatch(/Unmatched<\/span>[\s\S]*<strong>Archived<\/strong>/);
    expect(compared.text).not.toContain('Secret subject');
    expect(await bench.row(one)).toMatchObject({ outcome: 'unmatched' });
    await as.admin.post(`${location}/apply`).expect(303);
    await work();
    const applied = await as.admin.get(location).expect(200);
    expect(applied.text).toContain('Applied: 1');
    expect(await bench.row(one)).toMatchObject({ outcome: 'archived' });
    const audit = await web.db('audit_log').where({ action: 'log.processed-again' });
    expect(audit).toMatchObject([{ detail: { message: one, from: 'unmatched', to: 'archived' } }]);
    await as.admin.post(`${location}/apply`).expect(303);
    expect(await web.db('audit_log').where({ action: 'log.process-again-confirmed' })).toHaveLength(
      1,
    );
  });

  test('all that fit the filter, without what is kept apart', async () => {
    const unmatched = await file({ from: [dana.address], to: [WHO] });
    const rejected = await file({ from: ['x@else.example'], to: [WHO] });
    const chosen = async () =>
      await web.db('reprocessing_messages').orderBy('message_id').pluck('message_id');
    const none = await begin(as.admin, { all: 'yes', outcome: 'rejected' });
    expect(none.headers.location).toBe('/admin/log?outcome=rejected');
    expect(await chosen()).toEqual([]);
    const { headers } = await begin(as.admin, { all: 'yes' });
    expect(await chosen()).toEqual([unmatched]);
    const page = await as.admin.get(String(headers.location)).expect(200);
    expect(page.text).toContain('1 message was left out');
    await web.db('reprocessings').delete();
    await begin(as.root, { all: 'yes' });
    expect(await chosen()).toEqual([unmatched, rejected]);
  });

  test('is for whoever began it, and for administrators', async () => {
    const id = await file({ from: [dana.address], to: [WHO] });
    await as.dana.post('/admin/log/again').type('form').send({ ids: id }).expect(403);
    const { headers } = await begin(as.admin, { ids: id });
    const location = String(headers.location);
    await as.other.get(location).expect(404);
    await as.root.post(`${location}/apply`).expect(404);
    await as.dana.get(location).expect(403);
    const { text } = await as.admin.get(`/admin/log/${id}`).expect(200);
    expect(text).toContain('Process again');
    const empty = await begin(as.admin, { ids: 'x' });
    expect(empty.headers.location).toBe('/admin/log');
  });

  test('a message that cannot be read keeps no other from being compared', async () => {
    const bad = await bench.store({ kind: 'fails', why: 'broken' });
    await web
      .db('inbound_messages')
      .where({ id: bad })
      .update({
        ...{ state: 'acknowledged', outcome: 'ignored', reason: 'automatic' },
        ...{ acknowledged_at: new Date(), decided_at: new Date() },
      });
    const good = await file({ from: [dana.address], to: [WHO] });
    const { headers } = await begin(as.admin, `ids=${bad}&ids=${good}`);
    await work();
    const { text } = await as.admin.get(String(headers.location)).expect(200);
    expect(text).toContain('Could not be read: 1');
    expect(text).toContain('Unchanged: 1');
    expect(text).toContain('Nothing would change.');
  });
});
