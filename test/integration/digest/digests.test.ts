import { simpleParser } from 'mailparser';
import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createSecretBox } from '../../../src/config/secret-box.ts';
import { beginDigest } from '../../../src/digest/digest-store.ts';
import { planDigests } from '../../../src/digest/plan-digests.ts';
import { sendDigests } from '../../../src/digest/send-digests.ts';
import { countUnsentBounces } from '../../../src/outgoing/bounce-store.ts';
import { closeAbandoned } from '../../../src/outgoing/close-abandoned.ts';
import { writeOutgoingSettings } from '../../../src/outgoing/outgoing-settings.ts';
import { nodemailerMailer } from '../../../src/smtp/nodemailer-mailer.ts';
import { createFilingBench, type FilingBench } from '../../support/filing-bench.ts';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.ts';
import { createRealFiling } from '../../support/real-filing.ts';
import { startSmtpSink, type SmtpSink } from '../../support/smtp-sink.ts';
import { mail } from '../../unit/archiving/samples.ts';

const FROM = 'crm@firm.example';
/** The digest was switched on a day before, and is due at 8:00 in Berlin. */
const BEFORE = new Date('2026-11-25T06:00:00Z');
const EARLY = new Date('2026-11-26T06:59:00Z');
const DUE = new Date('2026-11-26T07:00:00Z');
const LATER = new Date('2026-11-26T19:00:00Z');
const NEXT_DAY = new Date('2026-11-27T07:00:00Z');

let database: TestDatabase;
let bench: FilingBench;
let sink: SmtpSink;
let address: string;
let userId: number;
let count = 0;
const secrets = createSecretBox('a key of at least thirty-two characters');
const log = pino({ level: 'silent' });

beforeAll(async () => {
  database = await createTestDatabase();
  bench = await createFilingBench(database.db);
  sink = await startSmtpSink();
});
afterAll(async () => {
  await sink.stop();
  await database.drop();
});
beforeEach(async () => {
  count += 1;
  sink.behave({});
  await database.db('users').update({ digest_hour: null, digest_since: null });
  for (const table of ['outgoing_messages', 'digests', 'notices'] as const) {
    await database.db(table).delete();
  }
  await useSink();
  address = `dana${count}@firm.example`;
  userId = await bench.user(address, 'super-administrators');
  const on = { digest_hour: 8, digest_since: BEFORE, time_zone: 'Europe/Berlin' };
  await database.db('users').where({ id: userId }).update(on);
});

async function useSink(): Promise<void> {
  const { host, port } = sink;
  const server = { host, port, security: 'none', username: null, password: null } as const;
  await writeOutgoingSettings(database.db, secrets, { ...server, from: FROM });
}

const deps = (baseUrl = 'http://crm.firm.example:3000') => ({
  ...{ db: database.db, mailer: nodemailerMailer(), secrets, log, baseUrl },
});
const send = (now: Date, baseUrl?: string) => sendDigests(deps(baseUrl), now);
const received = () => sink.received.filter(({ to }) => to.includes(address));
const messages = async () => await database.db('outgoing_messages').where({ kind: 'digest' });

async function archive(subject: string, to: string, from = address): Promise<void> {
  await bench.file(await bench.storeMail(mail({ from: [from], to: [to], subject })));
}

describe('what a digest tells', () => {
  test('what waits by address, what was archived, what is new: as text and as a page', async () => {
    const known = `jane${count}@client.example`;
    const person = await bench.person(known);
    await database.db('people').where({ id: person }).update({ first_name: 'Jane <b>Roe' });
    await archive('Chairs & tables', known);
    await archive('One', `bob${count}@else.example`);
    await archive('Two', `bob${count}@else.example`);
    await archive('Three', `eve${count}@else.example`);
    await archive('From a stranger', known, `stranger${count}@else.example`);
    expect(await send(DUE)).toBe(1);
    const [mailOut, ...more] = received();
    expect(more).toEqual([]);
    expect(mailOut).toMatchObject({ envelopeFrom: FROM, to: [address] });
    expect(mailOut?.headers).toMatchObject({ 'auto-submitted': 'auto-generated' });
    const { text = '', html, subject } = await simpleParser(mailOut?.raw ?? '');
    expect(subject).toContain('3 emails wait in Data Cleanup');
    const told = [
      ...['3 emails wait in Data Cleanup', `bob${count}@else.example: 2 emails`],
      ...[`eve${count}@else.example: 1 email`, '1 email archived since 25 Nov 2026, 07:00'],
      ...['1 new notice in your Inbox', `stranger${count}@else.example, 1 message`],
      ...['/data-cleanup', '/preferences', '/links/digest?token='],
    ];
    for (const part of told) {
      expect(text).toContain(part);
      expect(html).toContain(part);
    }
    expect(text).toContain('Chairs & tables · Jane <b>Roe');
    expect(html).toMatch(/href="[^"]*\/inbox\/\d+\/open"/);
    expect(html).toContain('Chairs &amp; tables · Jane &lt;b&gt;Roe');
    // Subjects of what waits are Data Cleanup's; no mail's text is told.
    expect(text).not.toMatch(/\bTwo\b/);
    expect(await messages()).toMatchObject([{ state: 'sent', recipient: address, attempts: 1 }]);
  });

  test('a subject of many lines is one line', async () => {
    const known = `max${count}@client.example`;
    await bench.person(known);
    await archive('Two\r\nBcc: all@else.example\r\nlines', known);
    await send(DUE);
    const { text, headers } = await simpleParser(received()[0]?.raw ?? '');
    expect(text).toContain('Two Bcc: all@else.example lines');
    expect(headers.has('bcc')).toBe(false);
  });

  test('the next one tells what was archived since the last that was sent', async () => {
    const known = `joe${count}@client.example`;
    await bench.person(known);
    await archive('First', known);
    expect(await send(DUE)).toBe(1);
    expect(await send(NEXT_DAY)).toBe(0);
    await archive('Second', known);
    expect(await send(new Date('2026-11-28T07:00:00Z'))).toBe(1);
    const [, second] = received();
    const { text } = await simpleParser(second?.raw ?? '');
    expect(text).toContain('Second');
    expect(text).not.toContain('First');
  });
});

describe('when it is sent', () => {
  test('at the hour, once a day, however often and at how many places it is tried', async () => {
    await archive('One', 'nobody@else.example');
    expect(await send(EARLY)).toBe(0);
    const done = await Promise.all([DUE, DUE, DUE, DUE].map((at) => send(at)));
    expect(done.reduce((sum, one) => sum + one, 0)).toBe(1);
    expect(await send(LATER)).toBe(0);
    expect(received()).toHaveLength(1);
    expect(await send(NEXT_DAY)).toBe(1);
    // A clock that is put back.
    expect(await send(LATER)).toBe(0);
    expect(received()).toHaveLength(2);
  });

  test('never with nothing to tell, and not later that day', async () => {
    expect(await send(DUE)).toBe(0);
    await archive('One', 'nobody@else.example');
    expect(await send(LATER)).toBe(0);
    expect(await messages()).toEqual([]);
    expect(await send(NEXT_DAY)).toBe(1);
  });

  test('not when what waited is done before it goes out', async () => {
    await archive('One', 'nobody@else.example');
    sink.behave({ failAtData: 'tempfail' });
    expect(await send(DUE)).toBe(0);
    sink.behave({});
    await database
      .db('emails')
      .where({ owner_id: userId })
      .update({ state: 'discarded', discarded_at: new Date() });
    await database.db('outgoing_messages').update({ next_try_at: new Date() });
    expect(await send(LATER)).toBe(0);
    expect(received()).toEqual([]);
    expect(await messages()).toMatchObject([{ state: 'expired', attempts: 2 }]);
  });

  test('by the clock of the user', async () => {
    await archive('One', 'nobody@else.example');
    await database.db('users').where({ id: userId }).update({ time_zone: 'America/New_York' });
    expect(await send(DUE)).toBe(0);
    expect(await send(new Date('2026-11-26T12:59:00Z'))).toBe(0);
    expect(await send(new Date('2026-11-26T13:00:00Z'))).toBe(1);
  });

  test('to the primary address that the user has when it goes out, if it is confirmed', async () => {
    await archive('One', 'nobody@else.example');
    await planDigests(deps(), DUE);
    const other = `dana.new${count}@firm.example`;
    await database.db('user_addresses').where({ user_id: userId }).update({ address: other });
    expect(await send(DUE)).toBe(1);
    expect(sink.received.at(-1)?.to).toEqual([other]);
    await database.db('user_addresses').where({ user_id: userId }).update({ verified_at: null });
    expect(await send(NEXT_DAY)).toBe(0);
    expect(received()).toEqual([]);
  });

  test.each([
    ['switched off', { digest_hour: null, digest_since: null }],
    ['deactivated', { disabled_at: new Date() }],
  ])('not to a user who is %s meanwhile', async (_what, columns) => {
    await archive('One', 'nobody@else.example');
    expect(await planDigests(deps(), DUE)).toBe(1);
    await database.db('users').where({ id: userId }).update(columns);
    expect(await send(DUE)).toBe(0);
    expect(received()).toEqual([]);
    expect(await messages()).toMatchObject([{ state: 'expired' }]);
  });
});

describe('when sending fails', () => {
  test('it is tried again while the server cannot take it', async () => {
    await archive('One', 'nobody@else.example');
    sink.behave({ failAtData: 'tempfail' });
    expect(await send(DUE)).toBe(0);
    expect(await messages()).toMatchObject([{ state: 'pending', attempts: 1 }]);
    sink.behave({});
    expect(await send(DUE)).toBe(0);
    await database.db('outgoing_messages').update({ next_try_at: new Date() });
    expect(await send(DUE)).toBe(1);
    expect(await messages()).toMatchObject([{ state: 'sent', attempts: 2 }]);
  });

  test('one that was cut off is not sent again, and is no bounce', async () => {
    await archive('One', 'nobody@else.example');
    await planDigests(deps(), DUE);
    expect(await countUnsentBounces(database.db)).toMatchObject({ waiting: 0 });
    const begun = await beginDigest(database.db);
    expect(begun).toMatchObject({ userId, attempts: 1 });
    const long = new Date(Date.now() - 60_000);
    await database.db('outgoing_messages').update({ sending_since: long });
    await closeAbandoned(database.db);
    expect(await send(LATER)).toBe(0);
    expect(received()).toEqual([]);
    expect(await messages()).toMatchObject([{ state: 'unknown' }]);
    expect(await send(NEXT_DAY)).toBe(1);
  });

  test('one that expires is told to nobody as a sender who was not told', async () => {
    await archive('One', 'nobody@else.example');
    await planDigests(deps(), DUE);
    await database.db('outgoing_messages').update({ expires_at: new Date(Date.now() - 1000) });
    await closeAbandoned(database.db);
    expect(await messages()).toMatchObject([{ state: 'expired' }]);
    expect(await database.db('notices').where({ kind: 'sender-not-told' })).toEqual([]);
    expect(await countUnsentBounces(database.db)).toMatchObject({ expired: 0 });
  });

  test('without outgoing mail nothing is planned, and the day’s is sent once there is', async () => {
    await archive('One', 'nobody@else.example');
    await database.db('settings').where({ key: 'outgoing-mail' }).delete();
    expect(await send(DUE)).toBe(0);
    expect(await messages()).toEqual([]);
    await useSink();
    expect(await send(LATER)).toBe(1);
  });
});

test('mail programs can end it with one press where pages come by https', async () => {
  await archive('One', 'nobody@else.example');
  await send(DUE, 'https://crm.firm.example');
  const { headers } = received()[0] ?? {};
  expect(headers?.['list-unsubscribe']).toMatch(
    /^<https:\/\/crm\.firm\.example\/links\/digest\/one-click\?token=[\w.-]+>$/,
  );
  expect(headers?.['list-unsubscribe-post']).toBe('List-Unsubscribe=One-Click');
  await send(NEXT_DAY);
  const plain = received()[1]?.headers;
  expect(plain?.['list-unsubscribe']).toMatch(/^<http:[^?]*\/links\/digest\?token=[\w.-]+>$/);
  expect(plain?.['list-unsubscribe-post']).toBeUndefined();
});

test('a digest that comes by the archive is known as our own, and not filed', async () => {
  await archive('One', 'nobody@else.example');
  await send(DUE);
  // Another mailbox is polled from now on, with the real reader.
  await database.db('mailboxes').update({ active: false, host: 'old.firm.example' });
  const filing = await createRealFiling(database.db);
  await filing.file(received()[0]?.raw ?? '');
  await filing.close();
  const [last] = await database.db('inbound_messages').orderBy('id', 'desc').limit(1);
  expect(last).toMatchObject({ outcome: 'ignored', reason: 'own-notice' });
});

test('a process that is told to end sends the one that is under way, and leaves the rest for the next', async () => {
  const other = await bench.user(`eve${count}@firm.example`, 'super-administrators');
  const on = { digest_hour: 8, digest_since: BEFORE, time_zone: 'Europe/Berlin' };
  await database.db('users').where({ id: other }).update(on);
  // Both are told of the stranger.
  await archive('One', 'nobody@else.example', `stranger${count}@else.example`);
  const stopping = new AbortController();
  sink.behave({
    rejectRecipient: () => {
      stopping.abort();
      return null;
    },
  });
  expect(await sendDigests({ ...deps(), stopping: stopping.signal }, DUE)).toBe(1);
  expect((await messages()).map(({ state }) => state).toSorted()).toEqual(['pending', 'sent']);
  expect(await send(DUE)).toBe(1);
});
