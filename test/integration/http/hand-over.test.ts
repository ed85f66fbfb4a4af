import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { continueBulks } from '../../../src/data-cleanup/bulk/run-bulk.ts';
import { createFilingBench, type FilingBench } from '../../support/filing-bench.ts';
import { startTestWeb, type Agent, type TestUser, type TestWeb } from '../../support/web.ts';
import { mail, type MailSketch } from '../../unit/archiving/samples.ts';
import { snapshot, stateOf } from '../data-cleanup/decision-tools.ts';
import { emailOf } from '../rematch/rematch-tools.ts';

let web: TestWeb;
let bench: FilingBench;
let count = 0;
let users: Record<'dana' | 'tom' | 'ann', TestUser>;
let dana: Agent;
let tom: Agent;
let ann: Agent;
let jane: string;

beforeAll(async () => {
  web = await startTestWeb();
  bench = await createFilingBench(web.db);
});
afterAll(() => web.close());

beforeEach(async () => {
  count += 1;
  jane = `jane${count}@client.example`;
  users = {
    dana: await web.addUser(`Dana Kim ${count}`),
    tom: await web.addUser(`Tom Hale ${count}`),
    ann: await web.addUser(`Ann Lee ${count}`),
  };
  dana = await web.signIn(users.dana);
  tom = await web.signIn(users.tom);
  ann = await web.signIn(users.ann);
});

async function file(sketch: Partial<MailSketch> = {}): Promise<number> {
  const id = await bench.storeMail(mail({ from: [users.dana.address], to: [jane], ...sketch }));
  await bench.file(id);
  return (await emailOf(web.db, id)).id;
}
const post = (path: string, form: object, by: Agent) => by.post(path).type('form').send(form);
const plain = (html: string) => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
const text = async (path: string, by: Agent) => plain((await by.get(path).expect(200)).text);
const handOver = (id: number, to: TestUser, by: Agent) =>
  post(`/data-cleanup/${id}/hand-over`, { userId: String(to.id) }, by).expect(303);
const decisionOf = async (id: number) =>
  (await web.db('decisions').where({ email_id: id, kind: 'hand-over' }).orderBy('id', 'desc'))[0]
    ?.id ?? 0;
const ownerOf = async (id: number) => (await web.db('emails').where({ id }).first())?.owner_id;
const undo = (decision: number, by: Agent) => post(`/decisions/${decision}/undo`, {}, by);

describe('handing over', () => {
  test('the colleague is told, and decides; the giver sees no more of it', async () => {
    const id = await file({ subject: `Chairs ${count}.` });
    await file({ subject: `Tables ${count}.`, to: [`joe${count}@client.example`] });
    expect(await text(`/data-cleanup/${id}`, dana)).toContain(`Tom Hale ${count}, `);
    await handOver(id, users.tom, dana);
    expect(await text('/data-cleanup', dana)).toContain(`Handed over to Tom Hale ${count}.`);
    await dana.get(`/data-cleanup/${id}`).expect(404);
    await dana.get(`/emails/${id}`).expect(404);
    const home = await text('/', tom);
    expect(home).toContain(`Dana Kim ${count} handed 1 email over to you`);
    const page = await text(`/data-cleanup/${id}`, tom);
    expect(page).toContain(`Dana Kim ${count} handed this email over to you on`);
    expect(page).toContain(`Dana Kim ${count} sent a copy to the archive`);
    expect(page).toContain(`Copied by Dana Kim ${count}`);
    expect(page).not.toMatch(/You sent a copy|Copied by you/);
    await post(`/data-cleanup/${id}/contact`, { lastName: 'Roe', address: jane }, tom).expect(303);
    expect(await text('/', tom)).not.toContain('handed 1 email over');
    // Archived and shared, it is to be seen by everybody; who owns it stays.
    await dana.get(`/emails/${id}`).expect(200);
    expect(await ownerOf(id)).toBe(users.tom.id);
  });

  test('only to an active colleague', async () => {
    const id = await file();
    const left = await web.addUser(`Leo Left ${count}`);
    await web.db('users').where({ id: left.id }).update({ disabled_at: new Date() });
    expect(await text(`/data-cleanup/${id}`, dana)).not.toContain('Leo Left');
    for (const userId of [left.id, users.dana.id, 0, 999_999, 'x', '']) {
      await post(`/data-cleanup/${id}/hand-over`, { userId: String(userId) }, dana).expect(303);
      expect(await text(`/data-cleanup/${id}`, dana)).toContain(
        'Choose a colleague who is an active',
      );
      expect(await ownerOf(id)).toBe(users.dana.id);
    }
  });

  test('nobody hands over what waits for somebody else, or is decided', async () => {
    const id = await file();
    await post(`/data-cleanup/${id}/hand-over`, { userId: String(users.ann.id) }, tom).expect(404);
    await post(`/data-cleanup/${id}/discard`, {}, dana).expect(303);
    await handOver(id, users.tom, dana);
    expect(await text('/data-cleanup', dana)).toContain('discarded this email already');
    expect(await ownerOf(id)).toBe(users.dana.id);
  });

  test('of two at once, one is first', async () => {
    const id = await file();
    await Promise.all([
      post(`/data-cleanup/${id}/hand-over`, { userId: String(users.tom.id) }, dana),
      post(`/data-cleanup/${id}/hand-over`, { userId: String(users.ann.id) }, dana),
      post(`/data-cleanup/${id}/discard`, {}, dana),
    ]);
    expect(await web.db('decisions').where({ email_id: id })).toHaveLength(1);
  });
});

describe('giving back', () => {
  test.each(['dana', 'tom'] as const)('%s does, and all is as before', async (name) => {
    const id = await file();
    const before = await snapshot(web.db);
    await handOver(id, users.tom, dana);
    const by = { dana, tom }[name];
    const { headers } = await undo(await decisionOf(id), by).expect(303);
    expect(await text(String(headers.location), by)).toContain(
      name === 'dana' ? 'Taken back.' : `Given back to Dana Kim ${count}.`,
    );
    expect(await snapshot(web.db)).toEqual(before);
    expect(await web.db('emails').where({ id }).first()).toMatchObject({
      owner_id: users.dana.id,
      handed_over_by: null,
    });
    expect(await text('/', dana)).toContain('1 archived email needs matching');
    expect(await text('/', tom)).not.toContain('handed 1 email');
    await undo(await decisionOf(id), dana).expect(303);
    expect(await text('/data-cleanup', dana)).toContain('undid this already');
  });

  test('nobody else does', async () => {
    const id = await file();
    await handOver(id, users.tom, dana);
    await undo(await decisionOf(id), ann).expect(404);
    expect(await ownerOf(id)).toBe(users.tom.id);
  });

  test('it is too late once the colleague has decided, or handed it on', async () => {
    const id = await file();
    await handOver(id, users.tom, dana);
    const first = await decisionOf(id);
    await handOver(id, users.ann, tom);
    await undo(first, dana).expect(303);
    expect(await text('/data-cleanup', dana)).toContain('It is too late to take this back');
    expect(await ownerOf(id)).toBe(users.ann.id);
    // One after the other, back to the beginning.
    await undo(await decisionOf(id), ann).expect(303);
    expect(await ownerOf(id)).toBe(users.tom.id);
    expect(await text(`/data-cleanup/${id}`, tom)).toContain(`Dana Kim ${count} handed this email`);
    await post(`/data-cleanup/${id}/discard`, {}, tom).expect(303);
    await undo(first, dana).expect(303);
    expect(await ownerOf(id)).toBe(users.tom.id);
  });

  test('not to somebody who has left', async () => {
    const id = await file();
    await handOver(id, users.tom, dana);
    await web.db('users').where({ id: users.dana.id }).update({ disabled_at: new Date() });
    await undo(await decisionOf(id), tom).expect(303);
    expect(await text(`/data-cleanup/${id}`, tom)).toContain('is not an active user any more');
    expect(await ownerOf(id)).toBe(users.tom.id);
  });
});

/** What the key z presses. @returns null where nothing is to be undone. */
const lastUndo = async (by: Agent) => {
  const { text: html } = await by.get('/data-cleanup').expect(200);
  return /action="(\/[a-z/-]+\d+\/undo)"><button class="btn" data-key="z"/.exec(html)?.[1] ?? null;
};
const undoLast = async (by: Agent) => await post((await lastUndo(by)) ?? '', {}, by).expect(303);

describe('the key for the last decision', () => {
  test('takes a hand-over back, unless it is too late', async () => {
    const [first, second] = [await file({ subject: 'A' }), await file({ subject: 'B' })];
    await handOver(first, users.tom, dana);
    await handOver(second, users.tom, dana);
    await post(`/data-cleanup/${second}/discard`, {}, tom).expect(303);
    await undoLast(dana);
    expect(await ownerOf(first)).toBe(users.dana.id);
    expect(await ownerOf(second)).toBe(users.tom.id);
    expect(await lastUndo(dana)).toBeNull();
    // What was handed to and fro is the last one's to give back.
    await handOver(first, users.tom, dana);
    await handOver(first, users.dana, tom);
    expect(await lastUndo(dana)).toBeNull();
    expect(await lastUndo(tom)).toBe(`/decisions/${await decisionOf(first)}/undo`);
  });
});

describe('many at once', () => {
  const bulk = (ids: readonly number[], userId: number | string) =>
    post(
      '/data-cleanup/bulk',
      { do: 'hand-over', email: ids.map(String), userId: String(userId) },
      dana,
    ).expect(303);
  const fileMany = async () => [
    await file({ subject: 'A' }),
    await file({ subject: 'B' }),
    await file({ subject: 'C' }),
  ];

  test('go to one colleague; who was faster is told, and one button has them back', async () => {
    const ids = await fileMany();
    const taken = await file({ subject: 'D' });
    await post(`/data-cleanup/${taken}/discard`, {}, dana).expect(303);
    const before = await snapshot(web.db);
    await bulk([...ids, taken], users.tom.id);
    const told = await text('/data-cleanup', dana);
    expect(told).toContain(`3 emails handed over to Tom Hale ${count}.`);
    expect(told).toMatch(/1 skipped: already handled by Dana Kim \d+, at /);
    for (const id of ids) expect(await ownerOf(id)).toBe(users.tom.id);
    expect(await text('/', tom)).toContain(`Dana Kim ${count} handed 3 emails over to you`);
    await undoLast(dana);
    expect(await text('/data-cleanup', dana)).toContain('Undone. 3 emails wait in Data Cleanup');
    for (const id of ids) expect(await ownerOf(id)).toBe(users.dana.id);
    expect(await text('/', tom)).not.toContain('emails over to you');
    expect(await snapshot(web.db)).toEqual(before);
  });

  test('those that the colleague has dealt with stay, and are offered no more', async () => {
    const ids = await fileMany();
    await bulk(ids, users.tom.id);
    await post(`/data-cleanup/${ids[1]}/discard`, {}, tom).expect(303);
    await undoLast(dana);
    const told = await text('/data-cleanup', dana);
    expect(told).toContain('1 email could not be taken back: your colleague has dealt with it');
    expect(await Promise.all(ids.map(ownerOf))).toEqual(
      [users.dana, users.tom, users.dana].map(({ id }) => id),
    );
    expect(await stateOf(web.db, ids[1] ?? 0)).toBe('discarded');
    expect(await lastUndo(dana)).toBeNull();
    // Once it waits again, it is to be had back by itself.
    await undoLast(tom);
    await undoLast(dana);
    expect(await ownerOf(ids[1] ?? 0)).toBe(users.dana.id);
  });

  test('only to an active colleague', async () => {
    const ids = await fileMany();
    const left = await web.addUser(`Leo Left ${count}`);
    await web.db('users').where({ id: left.id }).update({ disabled_at: new Date() });
    for (const userId of [left.id, users.dana.id, 999_999, 'x', '']) {
      await bulk(ids, userId);
      expect(await text('/data-cleanup', dana)).toContain('Choose a colleague who is an active');
    }
    // Somebody may leave while it goes on.
    const [action] = await web
      .db('bulk_actions')
      .insert({ actor_id: users.dana.id, kind: 'hand-over', to_user_id: left.id })
      .returning('id');
    const bulkId = action?.id ?? 0;
    await web.db('bulk_emails').insert(ids.map((id) => ({ bulk_id: bulkId, email_id: id })));
    await continueBulks({ db: web.db, log: { info: () => undefined, error: () => undefined } });
    const page = await text(`/data-cleanup/bulk/${bulkId}`, dana);
    expect(page).toContain('3 skipped: your colleague is not an active user any more.');
    for (const id of ids) expect(await ownerOf(id)).toBe(users.dana.id);
  });
});

test('the colleague learns no more than the mail itself', async () => {
  const secret = `secret${count}@hidden.example`;
  const inner = (partPath: string, from: string) =>
    mail({ partPath, from: [from], to: [users.dana.address], subject: `Part ${partPath}` });
  const message = await bench.storeMail(
    mail({
      from: [users.dana.address],
      to: ['archive@crm.example'],
      forwarded: [inner('2', jane), inner('3', secret)],
    }),
  );
  await bench.file(message);
  const [first] = await web.db('emails').where({ inbound_message_id: message }).orderBy('id');
  const id = first?.id ?? 0;
  const blind = await file({ bcc: [secret], subject: 'With a blind copy' });
  for (const one of [id, blind]) {
    expect(await text(`/emails/${one}`, dana)).toContain(secret);
    await dana.get(`/emails/${one}/original`).expect(200);
    await handOver(one, users.tom, dana);
    for (const path of [`/emails/${one}`, `/data-cleanup/${one}`]) {
      const page = await text(path, tom);
      expect(page).toContain(jane);
      expect(page).not.toContain(secret);
    }
    await tom.get(`/emails/${one}/original`).expect(404);
    expect(await text(`/emails/${one}`, tom)).toContain(`Dana Kim ${count} handed it over to you`);
  }
});

test('the archive log says who handed it to whom', async () => {
  const id = await file();
  await handOver(id, users.tom, dana);
  const admin = await web.signIn(await web.addUser(`Ada Admin ${count}`, 'administrators'));
  const { inbound_message_id: message = 0 } = (await web.db('emails').where({ id }).first()) ?? {};
  const says = `Dana Kim ${count} handed an email of it over to Tom Hale ${count}`;
  expect(await text(`/admin/log/${message}`, admin)).toContain(says);
  await undo(await decisionOf(id), tom).expect(303);
  expect(await text(`/admin/log/${message}`, admin)).toContain('and it was given back');
});
