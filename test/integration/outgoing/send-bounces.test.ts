import { simpleParser } from 'mailparser';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { claimBounces } from '../../../src/db/advisory-locks.ts';
import { freePort } from '../../support/free-port.ts';
import { holdTransaction, untilWaiting } from '../../support/lock-watch.ts';
import { startSmtpSink, type SmtpSink } from '../../support/smtp-sink.ts';
import { createBounceBench, FROM, type BounceBench } from './bounce-bench.ts';

let office: BounceBench;
let smtp: SmtpSink;
let count = 0;
let stranger: string;

beforeAll(async () => {
  office = await createBounceBench();
});
afterAll(() => office.drop());

beforeEach(async () => {
  smtp = await startSmtpSink();
  await office.use(smtp);
  count += 1;
  stranger = `stranger${count}@elsewhere.example`;
});
afterEach(async () => {
  await smtp.stop();
  await office.bench.db('outgoing_messages').delete();
});

const PAST = new Date(Date.now() - 1000);
const A_DAY_AGO = new Date(Date.now() - 24 * 3600 * 1000 - 1000);

test('a stranger is told, from the null sender, and the bounce is done', async () => {
  const id = await office.reject(stranger);
  expect(await office.send()).toBe(1);
  expect(await office.bounce(id)).toMatchObject({
    state: 'sent',
    attempts: 1,
    recipient: stranger,
  });
  const [mail] = smtp.received;
  expect(mail).toMatchObject({ envelopeFrom: '', to: [stranger] });
  expect(mail?.headers).toMatchObject({
    'auto-submitted': 'auto-replied',
    'in-reply-to': '<1@firm.example>',
    from: `Letterbook <${FROM}>`,
  });
  expect(await office.send()).toBe(0);
  expect(smtp.received.length).toBe(1);
});

test('a stranger is told in the language of the message, as text and as a page', async () => {
  const id = await office.reject(stranger, 'Angebot für die Stühle, wie am Telefon besprochen');
  expect((await office.bounce(id))?.language).toBe('de');
  await office.send();
  const [mail] = smtp.received;
  const read = await simpleParser(mail?.raw ?? '');
  for (const body of [read.text, read.html]) {
    expect(body).toContain('wurde nicht archiviert');
    expect(body).toContain('was not archived');
    expect(body).toContain(stranger);
  }
});

describe('a sender is told once a day', () => {
  test('the second message of the day is rejected without a word', async () => {
    const first = await office.reject(stranger);
    await office.send();
    const second = await office.reject(stranger, 'Tables');
    await office.send();
    expect(smtp.received.length).toBe(1);
    expect(await office.bounce(second)).toBeUndefined();
    expect((await office.bench.row(first)).trace).toMatchObject({ bounce: 'queued' });
    expect((await office.bench.row(second)).trace).toMatchObject({ bounce: 'told-already' });
  });

  test('and again on the next', async () => {
    const first = await office.reject(stranger);
    await office.send();
    await office.change(first, { created_at: A_DAY_AGO });
    await office.reject(stranger, 'Tables');
    expect(await office.send()).toBe(1);
    expect(smtp.received.length).toBe(2);
  });

  test('whatever tag the address has', async () => {
    const [local, domain] = stranger.split('@');
    for (const tag of ['+1', '', '+shop+2']) await office.reject(`${local}${tag}@${domain}`, tag);
    await office.reject(`+${stranger}`, 'Another mailbox');
    expect(await office.send()).toBe(2);
    expect(smtp.received.flatMap(({ to }) => to).toSorted()).toEqual([
      `+${stranger}`,
      `${local}+1@${domain}`,
    ]);
  });

  test('also when two messages are filed at once', async () => {
    // Both are decided before either is committed: they ask one after the other who was told.
    const other = await holdTransaction(office.bench.db, claimBounces);
    const filing = Promise.all([office.reject(stranger, 'One'), office.reject(stranger, 'Two')]);
    await untilWaiting(office.bench.db, 2);
    await other.commit();
    await filing;
    await Promise.all([office.send(), office.send()]);
    expect(smtp.received.map((mail) => mail.to)).toEqual([[stranger]]);
  });
});

test('where the server refuses the null sender, it goes out from the configured address', async () => {
  smtp.behave({ rejectSender: (from) => (from === '' ? '550 who is that' : null) });
  await office.reject(stranger);
  expect(await office.send()).toBe(1);
  expect(smtp.received.map((mail) => mail.envelopeFrom)).toEqual([FROM]);
});

test('a server that is away is tried again later', async () => {
  await office.use({ host: '127.0.0.1', port: await freePort() });
  const id = await office.reject(stranger);
  expect(await office.send()).toBe(0);
  const waiting = await office.bounce(id);
  expect(waiting).toMatchObject({ state: 'pending', attempts: 1, sending_since: null });
  expect(waiting?.next_try_at.getTime()).toBeGreaterThan(Date.now() + 20_000);
  await office.use(smtp);
  expect(await office.send(), 'not before its time').toBe(0);
  await office.change(id, { next_try_at: PAST });
  expect(await office.send()).toBe(1);
  expect(await office.bounce(id)).toMatchObject({ state: 'sent', attempts: 2 });
});

test('a wrong password refuses no bounce: it waits until the settings are mended', async () => {
  const strict = await startSmtpSink({ auth: { user: 'crm', password: 'right' } });
  try {
    await office.use(strict, 'wrong');
    const id = await office.reject(stranger);
    expect(await office.send()).toBe(0);
    expect(await office.bounce(id)).toMatchObject({ state: 'pending' });
    await office.use(strict, 'right');
    await office.change(id, { next_try_at: PAST });
    expect(await office.send()).toBe(1);
  } finally {
    await strict.stop();
  }
});

test('with a wrong password one bounce is tried, and all wait with it until the settings are saved', async () => {
  const strict = await startSmtpSink({ auth: { user: 'crm', password: 'right' } });
  try {
    const ids = [];
    for (const n of [1, 2, 3]) ids.push(await office.reject(`${String(n)}.${stranger}`));
    await office.use(strict, 'wrong');
    expect(await office.send()).toBe(0);
    expect(await office.send()).toBe(0);
    const rows = await Promise.all(ids.map((id) => office.bounce(id)));
    expect(rows.map((row) => row?.attempts)).toEqual([1, 0, 0]);
    expect(new Set(rows.map((row) => row?.next_try_at.getTime())).size).toBe(1);
    await office.save(strict, 'right');
    expect(await office.send()).toBe(3);
  } finally {
    await strict.stop();
  }
});

test('an address that the server refuses is given up, and the others are told', async () => {
  smtp.behave({ rejectRecipient: (to) => (to === stranger ? '550 no such user' : null) });
  const refused = await office.reject(stranger);
  await office.reject(`other${count}@elsewhere.example`);
  expect(await office.send()).toBe(1);
  expect(await office.bounce(refused)).toMatchObject({ state: 'refused', attempts: 1 });
  expect((await office.bounce(refused))?.response).toContain('no such user');
});

test('one that was cut off in the middle is unknown, and not sent again', async () => {
  smtp.behave({ failAtData: 'cut' });
  const id = await office.reject(stranger);
  expect(await office.send()).toBe(0);
  expect(await office.bounce(id)).toMatchObject({ state: 'unknown' });
  smtp.behave({});
  await office.change(id, { next_try_at: PAST });
  expect(await office.send()).toBe(0);
  expect(smtp.received.length).toBe(1);
});

test('told to end it finishes the one that is under way, and begins no other', async () => {
  const stopping = new AbortController();
  const first = await office.reject(stranger);
  const second = await office.reject(`other${count}@elsewhere.example`);
  smtp.behave({
    rejectRecipient: () => {
      stopping.abort();
      return null;
    },
  });
  expect(await office.send({ stopping: stopping.signal })).toBe(1);
  expect(await office.bounce(first)).toMatchObject({ state: 'sent' });
  expect(await office.bounce(second)).toMatchObject({ state: 'pending', attempts: 0 });
  expect(await office.send()).toBe(1);
});
