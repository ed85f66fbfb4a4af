import type { Knex } from 'knex';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { NewRecord } from '../../../src/data-cleanup/decisions/insert-records.ts';
import { linkEmail, type LinkChoice } from '../../../src/data-cleanup/decisions/link-email.ts';
import { undoDecision } from '../../../src/data-cleanup/undo/undo-decision.ts';
import { unlinkEmail } from '../../../src/data-cleanup/decisions/unlink-email.ts';
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
/** Three records with other addresses than those on the mail. */
let three: readonly [number, number, number];

beforeAll(async () => {
  database = await createTestDatabase();
  db = database.db;
  bench = await createFilingBench(db);
});
afterAll(() => database.drop());

beforeEach(async () => {
  count += 1;
  dana = await viewer(bench, `dana${count}@several.example`);
  tom = await viewer(bench, `tom${count}@several.example`);
  jane = `jane${count}@several-client.example`;
  joe = `joe${count}@several-client.example`;
  const person = async (name: string) => await bench.person(`${name}${count}@other.example`);
  three = [await person('ann'), await person('bob'), await person('cay')];
});

const toJane = async (owner = dana, subject = 'Chairs') =>
  await fileMail(bench, owner, { to: [jane], subject });
const toBoth = async (owner = dana, subject = 'Both') =>
  await fileMail(bench, owner, { to: [jane, joe], subject });
const all = (address: string) => three.map((personId) => ({ personId, address }));

/** Decides what must succeed. */
async function link(id: number, choice: LinkChoice, by = dana) {
  const done = await linkEmail(db, by, id, choice);
  if (done.kind !== 'linked') throw new Error(`Not linked: ${done.kind}`);
  return done;
}

async function undo(decision: number, by = dana) {
  const result = await undoDecision(db, by, decision);
  if (result.kind !== 'undone') throw new Error(`Not undone: ${result.kind}`);
  return result;
}

const holders = async (address: string) =>
  (await db('person_addresses').where({ address }).orderBy('person_id')).map(
    ({ person_id }) => person_id,
  );
const newRecord = (address: string, lastName: string): NewRecord => ({
  kind: 'lead',
  firstName: '',
  lastName,
  company: `Works ${count}`,
  title: '',
  phone: '',
  address,
});

describe('one address, three records', () => {
  test('all have the mail, the address, and the other mail with it; one undo takes exactly that back', async () => {
    const [id, along, toms] = [await toJane(), await toJane(dana, 'Two'), await toJane(tom)];
    const joes = await bench.person(joe);
    const archived = await fileMail(bench, dana, { to: [joe], cc: [jane], subject: 'Archived' });
    const before = await snapshot(db);
    const { decisionId, names, others } = await link(id, { people: all(jane), addAddress: true });
    expect(names).toHaveLength(3);
    expect(others).toBe(3);
    for (const one of [id, along, toms]) {
      expect([await stateOf(db, one), await linksOf(db, one)]).toEqual(['archived', [...three]]);
    }
    expect(await linksOf(db, archived)).toEqual([...three, joes]);
    expect(await holders(jane)).toEqual([...three]);
    expect(await db('decision_people').where({ decision_id: decisionId })).toHaveLength(3);
    await undo(decisionId);
    expect(await snapshot(db)).toEqual(before);
  });

  test('without the addresses only this mail is linked', async () => {
    const [id, along] = [await toJane(), await toJane(dana, 'Two')];
    const before = await snapshot(db);
    const { decisionId } = await link(id, { people: all(jane), addAddress: false });
    expect(await linksOf(db, id)).toEqual([...three]);
    expect([await stateOf(db, along), await holders(jane)]).toEqual(['unmatched', []]);
    await undo(decisionId);
    expect(await snapshot(db)).toEqual(before);
  });

  test('whoever has the address by now is taken instead of a record that is made', async () => {
    const id = await toBoth();
    const joes = await bench.person(`joes${count}@other.example`);
    await db('person_addresses').insert({ person_id: joes, address: joe, is_primary: false });
    const before = await db('people').count();
    const choice = { people: all(jane), create: [newRecord(joe, 'Double')], addAddress: true };
    const { names, decisionId } = await link(id, choice);
    expect(names).toHaveLength(4);
    expect(await linksOf(db, id)).toEqual([...three, joes]);
    expect(await holders(joe)).toEqual([joes]);
    expect(await db('people').count()).toEqual(before);
    await undo(decisionId);
    expect(await holders(joe)).toEqual([joes]);
  });

  test('with nobody named nothing is done', async () => {
    const id = await toJane();
    const result = await linkEmail(db, dana, id, { people: [], addAddress: true });
    expect(result).toEqual({ kind: 'no-person', gone: [] });
    expect(await stateOf(db, id)).toBe('unmatched');
  });

  test('one of them gone, nothing is done', async () => {
    const id = await toJane();
    await db('people').where({ id: three[1] }).update({ deleted_at: new Date() });
    const before = await snapshot(db);
    const choice = { people: all(jane), create: [newRecord(jane, 'New')], addAddress: true };
    expect(await linkEmail(db, dana, id, choice)).toEqual({
      kind: 'no-person',
      gone: [three[1]],
    });
    expect(await snapshot(db)).toEqual(before);
    expect(await db('decisions').where({ email_id: id })).toEqual([]);
  });

  test('an address that one has already stays when it is undone', async () => {
    const id = await toJane();
    await db('person_addresses').insert({ person_id: three[0], address: jane });
    const before = await snapshot(db);
    const { decisionId } = await link(id, { people: all(jane), addAddress: true });
    expect(await holders(jane)).toEqual([...three]);
    await undo(decisionId);
    expect(await holders(jane)).toEqual([three[0]]);
    // The one who has it is linked to all of its mail from then on.
    expect([await stateOf(db, id), await linksOf(db, id)]).toEqual(['archived', [three[0]]]);
    expect((await snapshot(db)).addresses).toEqual(before.addresses);
  });

  test('mail that was filed by the address since stays on all, and is counted once', async () => {
    const id = await toJane();
    const { decisionId } = await link(id, { people: all(jane), addAddress: true });
    const later = await toJane(dana, 'Later');
    expect((await undo(decisionId)).addresses).toEqual([{ address: jane, filedSince: 1 }]);
    expect(await linksOf(db, later)).toEqual([...three]);
    expect(await stateOf(db, id)).toBe('unmatched');
  });

  test('one of them called wrong stays wrong, the others go', async () => {
    const id = await toJane();
    const { decisionId } = await link(id, { people: all(jane), addAddress: false });
    const wrong = await unlinkEmail(db, tom, id, three[1]);
    expect(wrong.kind).toBe('unlinked');
    expect(await linksOf(db, id)).toEqual([three[0], three[2]]);
    await undo(decisionId);
    expect([await stateOf(db, id), await linksOf(db, id)]).toEqual(['unmatched', []]);
    const again = await link(id, { people: all(jane), addAddress: false });
    expect(await linksOf(db, id)).toEqual([...three]);
    await undo(again.decisionId);
    const rows = await db('email_people').where({ email_id: id });
    expect(rows).toMatchObject([{ person_id: three[1] }]);
    expect(rows[0]?.unlinked_by).not.toBeNull();
  });
});

describe('two addresses, two records', () => {
  const choice = (): LinkChoice => ({
    people: [
      { personId: three[0], address: jane },
      { personId: three[1], address: joe },
    ],
    addAddress: true,
  });

  test('each gains its own, and its own mail comes along; one undo takes both back', async () => {
    const id = await toBoth();
    const ofJane = await toJane(dana, 'For Jane');
    const ofJoe = await fileMail(bench, tom, { to: [joe], subject: 'For Joe' });
    const before = await snapshot(db);
    const { decisionId, others } = await link(id, choice());
    expect(others).toBe(2);
    expect(await linksOf(db, id)).toEqual([three[0], three[1]]);
    expect(await linksOf(db, ofJane)).toEqual([three[0]]);
    expect(await linksOf(db, ofJoe)).toEqual([three[1]]);
    expect([await holders(jane), await holders(joe)]).toEqual([[three[0]], [three[1]]]);
    expect(await db('email_people').where({ email_id: id, person_id: three[1] })).toMatchObject([
      { address: joe, decision_id: decisionId },
    ]);
    await undo(decisionId);
    expect(await snapshot(db)).toEqual(before);
  });

  test('one record may be both, and another made for one of them', async () => {
    const id = await toBoth();
    const before = await snapshot(db);
    const people = [jane, joe].map((address) => ({ personId: three[2], address }));
    const create = [newRecord(joe, 'New'), newRecord(jane, 'Newer')];
    const { decisionId, names } = await link(id, { people, create, addAddress: true });
    expect(names.slice(1)).toEqual(['New', 'Newer']);
    const made = await db('people').where({ decision_id: decisionId }).orderBy('id').pluck('id');
    expect(made).toHaveLength(2);
    expect(await linksOf(db, id)).toEqual([three[2], ...made]);
    expect(await holders(joe)).toEqual([three[2], made[0]]);
    expect(await holders(jane)).toEqual([three[2], made[1]]);
    expect(await db('accounts').where({ name: `Works ${count}` })).toHaveLength(1);
    await undo(decisionId);
    expect(await snapshot(db)).toEqual(before);
  });

  test('an address that is not on the mail, or somebody else’s mail, is refused as a whole', async () => {
    const id = await toJane();
    const before = await snapshot(db);
    expect(await linkEmail(db, dana, id, choice())).toEqual({ kind: 'no-address' });
    expect(await linkEmail(db, tom, await toBoth(), choice())).toEqual({ kind: 'not-found' });
    expect((await snapshot(db)).links).toEqual(before.links);
  });

  test('of two people at once one decides, the other hears of it', async () => {
    const id = await toBoth();
    const results = await Promise.all(
      Array.from({ length: 6 }, () => linkEmail(db, dana, id, choice())),
    );
    expect(results.filter(({ kind }) => kind === 'linked')).toHaveLength(1);
    for (const result of results.filter(({ kind }) => kind !== 'linked')) {
      expect(result).toMatchObject({ kind: 'handled', state: 'archived', by: dana.name });
    }
    expect(await db('decisions').where({ email_id: id })).toHaveLength(1);
  });

  test('beside records that gain other addresses of the same mail, nothing waits for ever or is missed', async () => {
    const carl = `carl${count}@several-client.example`;
    const carls = await bench.person(`carl${count}@other.example`);
    const ids: number[] = [];
    // Mail of each pair, so that whoever gains an address meets what another has locked.
    for (let n = 0; n < 12; n += 1) {
      const to = n % 2 === 0 ? [jane, carl] : [joe, carl];
      ids.push(await fileMail(bench, dana, { to, subject: `Mail ${n}` }));
    }
    const id = await toBoth(dana, 'Last');
    const done = await Promise.all([
      link(id, choice()),
      db.transaction((trx) => addPersonAddress(trx, carls, carl)),
      fileMail(bench, tom, { to: [joe, carl], subject: 'Meanwhile' }),
    ]);
    for (const [n, one] of ids.entries()) {
      const first = n % 2 === 0 ? three[0] : three[1];
      expect([await stateOf(db, one), await linksOf(db, one)]).toEqual([
        'archived',
        [first, carls],
      ]);
    }
    expect(await linksOf(db, done[2])).toEqual([three[1], carls]);
    expect(await linksOf(db, id)).toEqual([three[0], three[1]]);
  });
});
