import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { pino } from 'pino';
import { beginBounce, type DueBounce } from '../../../src/outgoing/bounce-store.ts';
import { closeAbandoned } from '../../../src/outgoing/close-abandoned.ts';
import { holdSending } from '../../../src/outgoing/outgoing-message-store.ts';
import { sendMessage } from '../../../src/outgoing/send-message.ts';
import type { SendResult } from '../../../src/smtp/mailer.ts';
import { holdTransaction } from '../../support/lock-watch.ts';
import { startSmtpSink, type SmtpSink } from '../../support/smtp-sink.ts';
import { createBounceBench, type BounceBench } from './bounce-bench.ts';

const HOUR = 3600 * 1000;
const ago = (ms: number) => new Date(Date.now() - ms);

let office: BounceBench;
let smtp: SmtpSink;
let count = 0;
let stranger: string;
let admin: number;

beforeAll(async () => {
  office = await createBounceBench();
  smtp = await startSmtpSink();
  admin = await office.bench.user('admin@firm.example', 'super-administrators');
});
afterAll(async () => {
  await smtp.stop();
  await office.drop();
});
beforeEach(async () => {
  await office.use(smtp);
  count += 1;
  stranger = `stranger${count}@elsewhere.example`;
});
afterEach(() => office.bench.db('outgoing_messages').delete());

const notices = async () =>
  await office.bench
    .db('notices')
    .where({ subject: stranger, user_id: admin })
    .orderBy('kind')
    .pluck('kind');

describe('without outgoing mail', () => {
  beforeEach(() => office.forgetServer());

  test('a bounce waits, and Super Administrators hear that the sender was not told', async () => {
    const id = await office.reject(stranger);
    expect(await office.send()).toBe(0);
    expect(await office.bounce(id)).toMatchObject({ state: 'pending', attempts: 0 });
    expect(await notices()).toEqual(['owner-does-not-exist', 'sender-not-told']);
    await office.use(smtp);
    expect(await office.send()).toBe(1);
  });

  test('it expires after a day, and the next message may have one again', async () => {
    const id = await office.reject(stranger);
    await office.change(id, { expires_at: ago(1), created_at: ago(24 * HOUR) });
    await office.use(smtp);
    expect(await office.send()).toBe(0);
    expect(await office.bounce(id)).toMatchObject({
      state: 'expired',
      response: 'Not sent within a day: set up outgoing mail.',
    });
    const next = await office.reject(stranger, 'Tables');
    expect(await office.bounce(next)).toMatchObject({ state: 'pending' });
  });

  test('the day counts from the rejection', async () => {
    const bounce = await office.bounce(await office.reject(stranger));
    expect((bounce?.expires_at.getTime() ?? 0) - (bounce?.created_at.getTime() ?? 0)).toBe(
      24 * HOUR,
    );
  });
});

test('with outgoing mail they hear of the sender only', async () => {
  await office.reject(stranger);
  expect(await notices()).toEqual(['owner-does-not-exist']);
});

test('where outgoing mail does not work, they hear of the sender when the bounce expires', async () => {
  const id = await office.reject(stranger);
  await office.change(id, { expires_at: ago(1) });
  expect(await closeAbandoned(office.bench.db)).toEqual({ unknown: 0, expired: 1 });
  expect(await notices()).toEqual(['owner-does-not-exist', 'sender-not-told']);
});

describe('a bounce that is being sent', () => {
  const long = { state: 'sending', sending_since: ago(60_000), attempts: 1 } as const;

  test('by one who lives is left to him, however long it takes', async () => {
    const id = await office.reject(stranger);
    await office.change(id, long);
    const bounce = await office.bounce(id);
    const held = await holdTransaction(office.bench.db, async (trx) => {
      expect(await holdSending(trx, bounce ?? { id: 0, attempts: 0 })).toBe(true);
    });
    expect(await closeAbandoned(office.bench.db)).toEqual({ unknown: 0, expired: 0 });
    await held.rollback();
    expect(await closeAbandoned(office.bench.db)).toEqual({ unknown: 1, expired: 0 });
  });

  test('by one who died ends as unknown, and is never sent again', async () => {
    const id = await office.reject(stranger);
    await office.change(id, long);
    const sent = smtp.received.length;
    expect(await office.send()).toBe(0);
    expect(await office.bounce(id)).toMatchObject({
      state: 'unknown',
      response: 'The program was cut off while sending; unknown, not sent again.',
    });
    expect(smtp.received.length).toBe(sent);
    const again = await office.reject(stranger, 'Tables');
    expect(await office.bounce(again)).toBeUndefined();
  });

  test('is not given up in the moment in which it is begun', async () => {
    const id = await office.reject(stranger);
    await office.change(id, { ...long, sending_since: new Date() });
    expect(await closeAbandoned(office.bench.db)).toEqual({ unknown: 0, expired: 0 });
    expect(await office.bounce(id)).toMatchObject({ state: 'sending' });
  });
});

describe('a bounce whose sender was slow to begin', () => {
  let inbound: number;

  /** Another process gives it up between the two steps of the first. */
  async function beginSlowly(): Promise<DueBounce> {
    inbound = await office.reject(stranger);
    const begun = await beginBounce(office.bench.db);
    if (!begun) throw new Error('No bounce was due.');
    await office.change(inbound, { sending_since: ago(60_000) });
    expect(await closeAbandoned(office.bench.db)).toEqual({ unknown: 1, expired: 0 });
    return begun;
  }

  const handBy = async (begun: DueBounce, send: () => Promise<SendResult>) =>
    await sendMessage(
      { db: office.bench.db, log: pino({ level: 'silent' }) },
      'bounce',
      begun,
      send,
    );
  const hand = async (begun: DueBounce, result: SendResult) =>
    await handBy(begun, () => Promise.resolve(result));

  test('is sent all the same, and is seen as being sent meanwhile', async () => {
    const begun = await beginSlowly();
    const became = await handBy(begun, async () => {
      expect(await office.bounce(inbound)).toMatchObject({ state: 'sending', finished_at: null });
      return { kind: 'sent', response: '250 OK' };
    });
    expect(became).toBe('sent');
    expect(await office.bounce(inbound)).toMatchObject({ state: 'sent', response: '250 OK' });
  });

  test('waits when the server can’t take it now, and is sent later', async () => {
    const begun = await beginSlowly();
    expect(await hand(begun, { kind: 'later', why: '451 Greylisted' })).toBe('later');
    expect(await office.bounce(inbound)).toMatchObject({ state: 'pending' });
    await office.change(inbound, { next_try_at: ago(1000) });
    expect(await office.send()).toBe(1);
  });

  test.each([
    { late: 'when its time is over', change: { expires_at: ago(1000) } },
    { late: 'by who was overtaken', change: { attempts: 2 } },
  ])('is not sent $late', async ({ change }) => {
    const begun = await beginSlowly();
    await office.change(inbound, change);
    expect(await hand(begun, { kind: 'sent', response: '250 OK' })).toBe('unknown');
    expect(await office.bounce(inbound)).toMatchObject({ state: 'unknown' });
  });
});

describe('no more than 200 leave in an hour', () => {
  /** So many that have left, or may have. */
  async function leave(state: 'sent' | 'unknown', finishedAt: Date, many: number): Promise<void> {
    await office.bench.db.raw(
      `with messages as (
         insert into inbound_messages (mailbox_id, uidvalidity, uid, epoch, state, size)
         select :mailbox, 1000 + :count, n, 0, 'failed', 0 from generate_series(1, :many) n
         returning id)
       insert into outgoing_messages
              (kind, state, recipient, inbound_message_id, expires_at, finished_at)
       select 'bounce', :state, 'flood@elsewhere.example', id, now(), :finishedAt from messages`,
      { mailbox: office.bench.mailboxId, count, many, state, finishedAt },
    );
  }

  const many = async () => {
    for (let n = 0; n < 4; n += 1) await office.reject(`crowd${count}-${n}@elsewhere.example`);
  };

  test('the rest waits for the next hour, whoever sends', async () => {
    await leave('sent', ago(1000), 150);
    count += 1;
    await leave('unknown', ago(1000), 48);
    await many();
    const sent = await Promise.all([office.send(), office.send(), office.send(), office.send()]);
    expect(sent.reduce((sum, one) => sum + one, 0)).toBe(2);
    const waiting = await office.bench.db('outgoing_messages').where({ state: 'pending' });
    expect(waiting.length).toBe(2);
    await office.bench
      .db('outgoing_messages')
      .whereIn('state', ['sent', 'unknown'])
      .update({ finished_at: ago(HOUR + 1000) });
    expect(await office.send()).toBe(2);
  });
});
