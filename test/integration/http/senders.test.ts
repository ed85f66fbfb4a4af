import { afterAll, beforeAll, expect, test } from 'vitest';
import { postgresOriginals } from '../../../src/originals/postgres-originals.ts';
import { readTrustSettings, writeTrustSettings } from '../../../src/senders/trust-settings.ts';
import { createFilingBench, type FilingBench } from '../../support/filing-bench.ts';
import { startTestWeb, type Agent, type TestWeb } from '../../support/web.ts';
import { bytesOf, draft } from '../../support/trust/raw-mail.ts';
import { results, takenIn } from '../../support/trust/relays.ts';
import { insertStored } from '../../../src/ledger/store-messages.ts';

const SENDERS = '/admin/email/senders';
const HOSTILE = '"><script>alert(1)</script>';

let web: TestWeb;
let bench: FilingBench;
let root: Agent;
let admin: Agent;
let dana: { id: number };

beforeAll(async () => {
  web = await startTestWeb();
  bench = await createFilingBench(web.db);
  dana = await web.addUser('Dana Kim');
  root = await web.signIn(await web.addUser('Sue Super', 'super-administrators'));
  admin = await web.signIn(await web.addUser('Ada Admin', 'administrators'));
});
afterAll(() => web.close());

async function quarantined(subject: string, reason = 'sender-not-trusted'): Promise<number> {
  const source = bytesOf(takenIn(draft({ subject }), results('dmarc=fail header.from=acme.test')));
  return await web.db.transaction(async (trx) => {
    const [originalId = 0] = await postgresOriginals.putAll(trx, [source]);
    const folder = { mailboxId: bench.mailboxId, uidValidity: 1, epoch: 0 };
    const uid = 900 + Math.floor(performance.now());
    const message = { uid, size: source.length, internalDate: new Date(), originalId };
    const [id = 0] = await insertStored(trx, folder, [message]);
    const columns = { outcome: 'quarantined', reason, verdict: 'fail', owner_id: dana.id } as never;
    await trx('inbound_messages')
      .where({ id })
      .update({ state: 'decided', subject, from_address: 'dana@acme.test', decided_at: new Date() })
      .update(columns);
    return id;
  });
}

const save = (form: object) => admin.post(SENDERS).type('form').send(form);
const decide = (id: number, decision: string) =>
  root
    .post(`/admin/quarantine/${String(id)}`)
    .type('form')
    .send({ decision });

test('the policy is shown, saved, and refused where it makes no sense', async () => {
  expect((await admin.get(SENDERS)).text).toContain('No user’s mail'.replace('’', '&#39;'));
  const good = { policy: 'require', authservId: 'MX.house.test', arcSealers: 'Lists.test, a.b' };
  expect((await save(good)).status).toBe(303);
  expect(await readTrustSettings(web.db)).toEqual({
    policy: 'require',
    authservId: 'mx.house.test',
    arcSealers: ['lists.test', 'a.b'],
  });
  for (const [field, value] of [
    ['policy', 'sometimes'],
    ['authservId', 'two words'],
    ['arcSealers', 'not/a/domain'],
    ['arcSealers', HOSTILE],
  ] as const) {
    const refused = await save({ ...good, [field]: value });
    expect(refused.status, field).toBe(422);
    expect(refused.text).not.toContain('<script>alert');
  }
  expect((await readTrustSettings(web.db)).policy).toBe('require');
  await writeTrustSettings(web.db, { policy: 'warn', authservId: null, arcSealers: [] });
});

test('it proposes the server that the last mails name, and counts what each policy would do', async () => {
  await quarantined('To be counted');
  const { text } = await admin.get(SENDERS);
  expect(text).toContain('<code>mx.house.test</code>');
  expect(text).toMatch(/Of \d+ checked in the last 30 days, \d+ would have been held back/);
});

test('addresses are let in by Super Administrators alone, and no longer', async () => {
  const form = { address: 'Boss@Firm.EXAMPLE' };
  expect((await admin.post(`${SENDERS}/allow`).type('form').send(form)).status).toBe(403);
  expect((await root.post(`${SENDERS}/allow`).type('form').send({ address: 'x' })).status).toBe(
    422,
  );
  await root.post(`${SENDERS}/allow`).type('form').send(form);
  expect(await web.db('allowed_senders').pluck('address')).toEqual(['boss@firm.example']);
  expect((await admin.get(SENDERS)).text).toContain('boss@firm.example');
  await root.post(`${SENDERS}/forget`).type('form').send(form);
  expect(await web.db('allowed_senders').pluck('address')).toEqual([]);
});

test('the quarantine shows what and why, and nothing of it harms', async () => {
  const id = await quarantined(`Pay ${HOSTILE}`);
  const list = await root.get('/admin/quarantine');
  expect(list.text).toContain('It bears the address of Dana Kim, and was not sent by that domain.');
  expect(list.text).not.toContain('<script>alert');
  const page = await root.get(`/admin/quarantine/${String(id)}`);
  expect(page.text).toContain('Authentication-Results');
  expect(page.text).not.toContain('<script>alert');
  const original = await root.get(`/admin/log/${String(id)}/original`);
  expect(original.headers['content-disposition']).toContain('attachment');
  expect((await admin.get('/admin/quarantine')).status).toBe(403);
  expect((await root.get('/admin/quarantine/999999')).status).toBe(404);
  expect((await root.get('/admin')).text).toContain('/admin/quarantine');
});

test('what is released waits to be filed; what has no owner cannot be', async () => {
  const id = await quarantined('Release me');
  await decide(id, 'allow');
  const row = await bench.row(id);
  expect([row.state, row.outcome]).toEqual(['stored', null]);
  expect(row.released_by).not.toBeNull();
  expect(await web.db('allowed_senders').pluck('address')).toEqual(['dana@acme.test']);
  const unreadable = await quarantined('Broken', 'unreadable');
  await decide(unreadable, 'release');
  expect((await bench.row(unreadable)).outcome).toBe('quarantined');
  expect((await decide(id, 'explode')).status).toBe(400);
  const audited = await web.db('audit_log').pluck('action');
  expect(audited).toEqual(expect.arrayContaining(['senders.saved', 'quarantine.allow']));
});

test('a rejected one leaves the list; the empty list says so', async () => {
  for (const id of await web.db('inbound_messages').where({ outcome: 'quarantined' }).pluck('id')) {
    await decide(id, 'reject');
  }
  expect((await root.get('/admin/quarantine')).text).toContain('Nothing is in quarantine');
});
