import type { Knex } from 'knex';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createFromEmail } from '../../../src/data-cleanup/decisions/create-from-email.ts';
import { discardEmail } from '../../../src/data-cleanup/decisions/discard-email.ts';
import type { NewRecord } from '../../../src/data-cleanup/decisions/insert-records.ts';
import { linkEmail, type LinkChoice } from '../../../src/data-cleanup/decisions/link-email.ts';
import { undoDecision, type UndoResult } from '../../../src/data-cleanup/undo/undo-decision.ts';
import { unlinkEmail } from '../../../src/data-cleanup/decisions/unlink-email.ts';
import { continueRematch } from '../../../src/emails/rematch.ts';
import { addPersonAddress } from '../../../src/people/add-person-address.ts';
import type { Viewer } from '../../../src/shared/viewer.ts';
import { createFilingBench, type FilingBench } from '../../support/filing-bench.ts';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.ts';
import { fileMail, linksOf, snapshot, stateOf, viewer } from './decision-tools.ts';

let database: TestDatabase;
let bench: FilingBench;
let db: Knex;
let count = 0;
let dana: Viewer;
let tom: Viewer;
let jane: string;
let joe: string;
/** A contact with another address than those on the mail. */
let contact: number;

beforeAll(async () => {
  database = await createTestDatabase();
  db = database.db;
  bench = await createFilingBench(db);
});
afterAll(() => database.drop());

beforeEach(async () => {
  count += 1;
  dana = await viewer(bench, `dana${count}@firm.example`);
  tom = await viewer(bench, `tom${count}@firm.example`);
  jane = `jane${count}@client.example`;
  joe = `joe${count}@client.example`;
  contact = await bench.person(`known${count}@client.example`);
});

const toJane = async (owner = dana, subject = 'Chairs') =>
  await fileMail(bench, owner, { to: [jane], subject });

/** Does what must succeed. @returns the number of the decision. */
async function decided(result: Promise<{ kind: string }>): Promise<number> {
  const done: { kind: string; decisionId?: number } = await result;
  if (done.decisionId === undefined) throw new Error(`Not decided: ${done.kind}`);
  return done.decisionId;
}

/** Whoever is known is Jane, who gains the address. */
const isJane = (): LinkChoice => ({
  people: [{ personId: contact, address: jane }],
  addAddress: true,
});
const link = async (id: number, choice: Partial<LinkChoice> = {}, by = dana) =>
  await decided(linkEmail(db, by, id, { ...isJane(), ...choice }));
const create = async (id: number, record: Partial<NewRecord> = {}) =>
  await createFromEmail(db, dana, id, {
    kind: 'contact',
    firstName: 'Jane',
    lastName: 'Roe',
    company: 'Client',
    title: 'Buyer',
    phone: '1234',
    address: jane,
    ...record,
  });
const unlink = async (id: number, personId = contact, by = dana) =>
  await decided(unlinkEmail(db, by, id, personId));

async function undo(decision: number, by = dana): Promise<Extract<UndoResult, { kind: 'undone' }>> {
  const result = await undoDecision(db, by, decision);
  if (result.kind !== 'undone') throw new Error(`Not undone: ${result.kind}`);
  return result;
}

const noticesOf = async ({ id }: Viewer) =>
  await db('notices').where({ user_id: id }).select('kind');

describe('linking', () => {
  test('archives the mail on the record, with the records of the others on it', async () => {
    const joes = await bench.person(joe);
    const id = await fileMail(bench, dana, { to: [jane], subject: 'Sent' });
    const both = await fileMail(bench, dana, { from: [dana.address], to: [jane], cc: [joe] });
    expect(await stateOf(db, both)).toBe('archived');
    const decision = await link(id, { addAddress: false });
    expect(await db('emails').where({ id }).first()).toMatchObject({
      state: 'archived',
      decision_id: decision,
    });
    expect(await db('email_people').where({ email_id: id })).toMatchObject([
      { person_id: contact, address: jane, linked_by: 'decision', decision_id: decision },
    ]);
    expect(await linksOf(db, both)).toEqual([joes]);
  });

  test('with the address, other mail comes along, of colleagues too, and all carry the decision', async () => {
    const id = await toJane();
    const own = await toJane(dana, 'Tables');
    const toms = await toJane(tom, 'Desks');
    await db('emails').where({ id: toms }).update({ visibility: 'private' });
    const done = await linkEmail(db, dana, id, isJane());
    // Tom's is private: what Dana may not see she is not told of.
    expect(done).toMatchObject({ kind: 'linked', others: 1, more: false });
    const decision = await db('decisions').where({ email_id: id }).first();
    for (const one of [id, own, toms]) {
      expect(await db('emails').where({ id: one }).first()).toMatchObject({
        state: 'archived',
        decision_id: decision?.id,
      });
      expect(await linksOf(db, one)).toEqual([contact]);
    }
    expect(await noticesOf(dana)).toEqual([]);
    expect(await noticesOf(tom)).toEqual([]);
  });

  test('the notice stays while something waits', async () => {
    const id = await toJane();
    await toJane(dana, 'Tables');
    await link(id, { addAddress: false });
    expect(await noticesOf(dana)).toEqual([{ kind: 'unmatched' }]);
  });

  test('a mail that names nobody is linked without an address', async () => {
    const id = await fileMail(bench, dana, { to: ['archive@crm.example'] });
    await link(id, { people: [{ personId: contact, address: '' }] });
    expect(await linksOf(db, id)).toEqual([contact]);
  });

  test('neither to somebody else’s address, nor to a record in the bin', async () => {
    const id = await toJane();
    const notOnIt = { people: [{ personId: contact, address: joe }], addAddress: true };
    expect(await linkEmail(db, dana, id, notOnIt)).toEqual({ kind: 'no-address' });
    await db('people').where({ id: contact }).update({ deleted_at: new Date() });
    expect(await linkEmail(db, dana, id, isJane())).toEqual({
      kind: 'no-person',
      gone: [contact],
    });
    expect(await stateOf(db, id)).toBe('unmatched');
  });
});

describe('creating', () => {
  test('makes the record with its account, and links the mail', async () => {
    const id = await toJane();
    const done = await create(id, { kind: 'lead' });
    if (done.kind !== 'created') throw new Error(done.kind);
    expect(await db('people').where({ id: done.personId }).first()).toMatchObject({
      kind: 'lead',
      first_name: 'Jane',
      last_name: 'Roe',
      title: 'Buyer',
      phone: '1234',
      created_by: dana.id,
      decision_id: done.decisionId,
    });
    expect(await linksOf(db, id)).toEqual([done.personId]);
    expect(await db('decisions').where({ id: done.decisionId })).toMatchObject([
      { kind: 'create-lead', actor_id: dana.id, email_id: id },
    ]);
    expect(await db('decision_people').where({ decision_id: done.decisionId })).toEqual([
      { decision_id: done.decisionId, person_id: done.personId, address: jane },
    ]);
  });
});

describe('undoing restores all exactly', () => {
  const decisions = {
    'a link with the address': (id: number) => link(id),
    'a link without it': (id: number) => link(id, { addAddress: false }),
    'a new contact': (id: number) => decided(create(id)),
    'a new lead without an address': (id: number) => decided(create(id, { address: null })),
    'a discard': (id: number) => decided(discardEmail(db, dana, id)),
  };
  test.each(Object.entries(decisions))('%s', async (_name, decide) => {
    const id = await toJane();
    await toJane(dana, 'Tables');
    await toJane(tom, 'Desks');
    const joes = await bench.person(joe);
    const archived = await fileMail(bench, dana, { to: [joe], cc: [jane], subject: 'Both' });
    const before = await snapshot(db);
    const decision = await decide(id);
    expect(await snapshot(db)).not.toEqual(before);
    expect(await stateOf(db, id)).not.toBe('unmatched');
    await undo(decision);
    expect(await snapshot(db)).toEqual(before);
    expect(await linksOf(db, archived)).toEqual([joes]);
    expect(await noticesOf(dana)).toEqual([{ kind: 'unmatched' }]);
    expect(await noticesOf(tom)).toEqual([{ kind: 'unmatched' }]);
  });

  test('an unlinking that leaves other links', async () => {
    const joes = await bench.person(joe);
    await bench.db.transaction((trx) => addPersonAddress(trx, contact, jane));
    const id = await fileMail(bench, dana, { to: [jane, joe] });
    const before = await snapshot(db);
    const decision = await unlink(id);
    expect([await stateOf(db, id), await linksOf(db, id)]).toEqual(['archived', [joes]]);
    await undo(decision);
    expect(await snapshot(db)).toEqual(before);
  });

  test('an unlinking that leaves none, of what a decision had linked', async () => {
    const id = await toJane();
    await link(id);
    const before = await snapshot(db);
    const decision = await unlink(id, contact, tom);
    expect([await stateOf(db, id), await linksOf(db, id)]).toEqual(['unmatched', []]);
    expect(await noticesOf(dana)).toEqual([{ kind: 'unmatched' }]);
    await undo(decision, tom);
    expect(await snapshot(db)).toEqual(before);
    expect(await noticesOf(dana)).toEqual([]);
  });

  test('a link to somebody who had been called the wrong person', async () => {
    const id = await toJane();
    await link(id);
    await unlink(id);
    const before = await snapshot(db);
    const decision = await link(id);
    expect([await stateOf(db, id), await linksOf(db, id)]).toEqual(['archived', [contact]]);
    await undo(decision);
    expect(await snapshot(db)).toEqual(before);
  });

  test('one after the other, back to the beginning', async () => {
    const id = await toJane();
    await toJane(dana, 'Tables');
    const before = await snapshot(db);
    const done = [await link(id), await unlink(id), await decided(discardEmail(db, dana, id))];
    for (const decision of done.toReversed()) await undo(decision);
    expect(await snapshot(db)).toEqual(before);
  });
});

describe('undoing leaves what does not carry it', () => {
  test('mail that was filed by the address later stays, and is counted', async () => {
    const id = await toJane();
    const decision = await link(id);
    const later = await toJane(dana, 'Tables');
    const { addresses } = await undo(decision);
    expect(addresses).toEqual([{ address: jane, filedSince: 1 }]);
    expect([await stateOf(db, later), await linksOf(db, later)]).toEqual(['archived', [contact]]);
    expect(await stateOf(db, id)).toBe('unmatched');
    expect(await db('person_addresses').where({ address: jane })).toEqual([]);
  });

  test('a new record on which more mail was filed stays, without the address', async () => {
    const id = await toJane();
    const done = await create(id);
    if (done.kind !== 'created') throw new Error(done.kind);
    const later = await toJane(dana, 'Tables');
    const { keptPeople } = await undo(done.decisionId);
    expect(keptPeople).toEqual(['Jane Roe']);
    expect(await linksOf(db, later)).toEqual([done.personId]);
    expect(await stateOf(db, id)).toBe('unmatched');
  });

  test.each([
    ['was changed', (id: number) => db('people').where({ id }).update({ updated_at: new Date() })],
    [
      'is in the bin',
      (id: number) => db('people').where({ id }).update({ deleted_at: new Date() }),
    ],
    [
      'has another address',
      (id: number) => db.transaction((trx) => addPersonAddress(trx, id, `else@client.example`)),
    ],
  ])('a new record that %s stays', async (_name, change) => {
    const id = await toJane();
    const done = await create(id);
    if (done.kind !== 'created') throw new Error(done.kind);
    await change(done.personId);
    expect((await undo(done.decisionId)).keptPeople).toEqual(['Jane Roe']);
    expect(await db('people').where({ id: done.personId })).toMatchObject([{ decision_id: null }]);
  });

  test('an email that others are linked to stays archived', async () => {
    const id = await fileMail(bench, dana, { to: [jane, joe] });
    const decision = await link(id);
    const joes = await bench.person(joe);
    await undo(decision);
    expect([await stateOf(db, id), await linksOf(db, id)]).toEqual(['archived', [joes]]);
  });

  test('a link that the address of another decision asks for comes back', async () => {
    const id = await fileMail(bench, dana, { to: [jane, joe] });
    const decision = await link(id);
    await db.transaction((trx) => addPersonAddress(trx, contact, joe));
    await undo(decision);
    expect([await stateOf(db, id), await linksOf(db, id)]).toEqual(['archived', [contact]]);
  });

  test('what a later decision chose too is that one’s', async () => {
    const id = await toJane();
    const first = await link(id);
    await unlink(id);
    const second = await link(id);
    await undo(first);
    expect([await stateOf(db, id), await linksOf(db, id)]).toEqual(['archived', [contact]]);
    await undo(second);
    expect([await stateOf(db, id), await linksOf(db, id)]).toEqual(['unmatched', []]);
  });

  test('a wrong person stays wrong; taken back later, the link that was undone is not made again', async () => {
    const id = await toJane();
    const first = await link(id);
    const wrong = await unlink(id);
    await undo(first);
    expect([await stateOf(db, id), await linksOf(db, id)]).toEqual(['unmatched', []]);
    await undo(wrong);
    expect([await stateOf(db, id), await linksOf(db, id)]).toEqual(['unmatched', []]);
    expect(await db('email_people').where({ email_id: id })).toEqual([]);
  });

  test('an unlinking is not undone while the email is discarded', async () => {
    const id = await toJane();
    await link(id);
    const wrong = await unlink(id);
    await discardEmail(db, dana, id);
    const before = await snapshot(db);
    expect(await undoDecision(db, dana, wrong)).toMatchObject({ kind: 'discarded-since' });
    expect(await snapshot(db)).toEqual(before);
  });

  test('the record’s first address is made anew if it goes', async () => {
    const id = await toJane();
    const decision = await link(id);
    await db('person_addresses').where({ person_id: contact }).update({ is_primary: false });
    await db('person_addresses').where({ address: jane }).update({ is_primary: true });
    await undo(decision);
    expect(await db('person_addresses').where({ person_id: contact })).toMatchObject([
      { address: `known${count}@client.example`, is_primary: true },
    ]);
  });
});

describe('later knowledge', () => {
  test('a discarded mail whose address is known meanwhile is matched when it is restored', async () => {
    const id = await toJane();
    const decision = await decided(discardEmail(db, dana, id));
    const janes = await bench.person(jane);
    expect([await stateOf(db, id), await linksOf(db, id)]).toEqual(['discarded', []]);
    expect((await undo(decision)).state).toBe('archived');
    expect(await linksOf(db, id)).toEqual([janes]);
    expect(await noticesOf(dana)).toEqual([]);
  });

  test('a wrong person who gains another address of the mail is not linked again', async () => {
    const id = await fileMail(bench, dana, { to: [jane, joe] });
    await link(id, { addAddress: false });
    await unlink(id);
    await db.transaction((trx) => addPersonAddress(trx, contact, joe));
    await db.transaction((trx) => addPersonAddress(trx, contact, jane));
    expect([await stateOf(db, id), await linksOf(db, id)]).toEqual(['unmatched', []]);
    const joes = await bench.person(joe);
    expect([await stateOf(db, id), await linksOf(db, id)]).toEqual(['archived', [joes]]);
  });

  test('what is linked in batches carries the decision, and undoing it stops the rest', async () => {
    const ids: number[] = [];
    for (let n = 0; n < 3; n += 1) ids.push(await toJane(dana, `Mail ${n}`));
    const [id = 0, second = 0, third = 0] = ids;
    const before = await snapshot(db);
    const decision = await link(id, { addAddress: false });
    await db('person_addresses').insert({
      person_id: contact,
      address: jane,
      decision_id: decision,
    });
    const pending = { person_id: contact, address: jane, decision_id: decision };
    await db('pending_rematches').insert({ ...pending, after_email_id: second });
    await continueRematch(db);
    expect(await db('email_people').where({ email_id: third })).toMatchObject([
      { person_id: contact, decision_id: decision },
    ]);
    await db('pending_rematches').insert({ ...pending, after_email_id: id });
    await undo(decision);
    expect(await snapshot(db)).toEqual(before);
    expect(await continueRematch(db)).toBe(false);
  });
});

describe('whose it is', () => {
  test('nobody decides about a colleague’s waiting mail', async () => {
    const id = await toJane();
    const before = await snapshot(db);
    const none = { kind: 'not-found' };
    expect(await linkEmail(db, tom, id, isJane())).toEqual(none);
    expect(await discardEmail(db, tom, id)).toEqual(none);
    expect(await unlinkEmail(db, tom, id, contact)).toEqual(none);
    const decision = await decided(discardEmail(db, dana, id));
    expect(await undoDecision(db, tom, decision)).toEqual(none);
    await undo(decision);
    expect(await snapshot(db)).toEqual(before);
  });

  test('everybody unlinks what is shared, nobody what is private; the owner undoes it', async () => {
    const id = await toJane();
    await link(id);
    await db('emails').where({ id }).update({ visibility: 'private' });
    expect(await unlinkEmail(db, tom, id, contact)).toEqual({ kind: 'not-found' });
    await db('emails').where({ id }).update({ visibility: 'shared' });
    const decision = await unlink(id, contact, tom);
    await undo(decision, dana);
    expect(await linksOf(db, id)).toEqual([contact]);
  });

  test('whoever decided about it undoes it only as long as its owner shares it', async () => {
    const id = await toJane();
    await link(id);
    const decision = await unlink(id, contact, tom);
    const before = await snapshot(db);
    await db('emails').where({ id }).update({ visibility: 'private' });
    expect(await undoDecision(db, tom, decision)).toEqual({ kind: 'not-found' });
    expect(await snapshot(db)).toEqual(before);
    await db('emails').where({ id }).update({ visibility: 'shared' });
    await undo(decision, tom);
    expect(await linksOf(db, id)).toEqual([contact]);
  });
});

describe('two at once', () => {
  test('the second hears who was first and when', async () => {
    const id = await toJane();
    await discardEmail(db, dana, id);
    expect(await linkEmail(db, dana, id, isJane())).toEqual({
      kind: 'handled',
      state: 'discarded',
      by: dana.name,
      at: expect.any(Date) as Date,
    });
    const other = await toJane(dana, 'Tables');
    await bench.person(jane);
    expect(await discardEmail(db, dana, other)).toEqual({
      kind: 'handled',
      state: 'archived',
      by: null,
      at: null,
    });
  });

  test('of many who press at once, one decides and one undoes', async () => {
    const id = await toJane();
    const results = await Promise.all([
      ...Array.from({ length: 3 }, () => linkEmail(db, dana, id, isJane())),
      ...Array.from({ length: 3 }, () => discardEmail(db, dana, id)),
      ...Array.from({ length: 3 }, () => create(id)),
    ]);
    const first = results.filter((one) => 'decisionId' in one);
    expect(first).toHaveLength(1);
    expect(results.filter(({ kind }) => kind === 'handled')).toHaveLength(8);
    const decision = first[0] && 'decisionId' in first[0] ? first[0].decisionId : 0;
    const undone = await Promise.all(
      Array.from({ length: 4 }, () => undoDecision(db, dana, decision)),
    );
    expect(undone.map(({ kind }) => kind).sort()).toEqual([
      'undone',
      ...Array.from({ length: 3 }, () => 'undone-already'),
    ]);
    expect(await stateOf(db, id)).toBe('unmatched');
    expect(await unlinkEmail(db, dana, id, contact)).toEqual({ kind: 'not-linked' });
  });
});
