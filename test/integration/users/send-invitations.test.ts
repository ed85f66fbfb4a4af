import { simpleParser } from 'mailparser';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { closeAbandoned } from '../../../src/outgoing/close-abandoned.ts';
import {
  writeOutgoingSettings,
  type OutgoingSettings,
} from '../../../src/outgoing/outgoing-settings.ts';
import { sendMessage } from '../../../src/outgoing/send-message.ts';
import { beginInvitation } from '../../../src/users/invitation-store.ts';
import { sendInvitations } from '../../../src/users/send-invitations.ts';
import { createUserToken, voidPasswordTokens } from '../../../src/users/user-token-store.ts';
import { holdTransaction, untilWaiting } from '../../support/lock-watch.ts';
import { startSmtpSink, type SmtpSink } from '../../support/smtp-sink.ts';
import { startTestWeb, type Agent, type TestWeb } from '../../support/web.ts';

const ACCOUNT = { user: 'crm', password: 'right' };
const GREYLISTED = '451 4.7.1 Greylisted';
const UNKNOWN = 'It is not known whether the invitation went out: send it again.';
const NOT_GONE_OUT = 'The invitation has not gone out:';

let web: TestWeb;
let sink: SmtpSink;
/** Takes mail only from whoever has signed in. */
let guarded: SmtpSink;
let root: Agent;
let count = 0;

beforeAll(async () => {
  web = await startTestWeb();
  sink = await startSmtpSink();
  guarded = await startSmtpSink({ auth: ACCOUNT });
  root = await web.signIn(await web.addUser('Sue Per', 'super-administrators'));
});
afterAll(async () => {
  await Promise.all([sink.stop(), guarded.stop()]);
  await web.close();
});
beforeEach(async () => {
  count += 1;
  sink.behave({});
  await web.db('outgoing_messages').delete();
  await web.db('users').whereNull('password_hash').update({ disabled_at: new Date() });
  await use(sink);
});

async function use(
  { host, port }: SmtpSink,
  account: Partial<OutgoingSettings> = {},
  vouched = true,
): Promise<void> {
  const server = { host, port, security: 'none', username: null, password: null } as const;
  const settings = { ...server, from: 'crm@firm.example', ...account };
  await writeOutgoingSettings(web.db, web.deps.secrets, settings, vouched);
}

const address = (name: string) => `${name}${count}@firm.example`;
const send = async (changes = {}) => await sendInvitations({ ...web.deps, ...changes });
const mailsTo = (to: string) => sink.received.filter((mail) => mail.to.includes(to));
const html = async (path: string) => (await root.get(path).expect(200)).text;
const plain = (text: string) => text.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
const linkIn = (text: string) => /\/links\/invitation\?token=[\w-]+/.exec(text)?.[0] ?? '';

/** Imports users and invites all of them. @returns the id of each. */
async function queue(...users: readonly [string, string][]): Promise<number[]> {
  const lines = users.map(([name, group]) => `${name},${address(name)},${group}`);
  const file = Buffer.from(['name,email,group', ...lines].join('\n'));
  await root.post('/admin/users/import').attach('file', file, 'users.csv').expect(200);
  await root.post('/admin/users/invite-all').expect(303);
  const wanted = users.map(([name]) => address(name));
  const rows = await web.db('user_addresses').whereIn('address', wanted).orderBy('user_id');
  return rows.map(({ user_id }) => user_id);
}

async function queueOne(name: string, group = ''): Promise<number> {
  return (await queue([name, group]))[0]!;
}

const userPage = async (id: number) => plain(await html(`/admin/users/${id}`));
const attempts = async () => await web.db('outgoing_messages').orderBy('id').pluck('attempts');
/** The time until the next try has passed. */
const pass = async () =>
  await web.db('outgoing_messages').update({ next_try_at: new Date(Date.now() - 1000) });

/** The worker that is sending is gone, and another finds what it left. */
async function die(): Promise<void> {
  const begun = { sending_since: new Date(Date.now() - 60_000) };
  await web.db('outgoing_messages').where({ state: 'sending' }).update(begun);
  await closeAbandoned(web.db);
}

async function expectToLetIn(link: string, whom: string): Promise<void> {
  expect(link).not.toBe('');
  expect(plain((await web.visitor().get(link).expect(200)).text)).toContain(whom);
}

describe('where it goes', () => {
  test('to the address that the user has when it is sent, not to one taken away', async () => {
    const id = await queueOne('typo');
    const at = `/admin/users/${id}/addresses`;
    const idOf = async (name: string) =>
      (await web
        .db('user_addresses')
        .where({ address: address(name) })
        .first('id'))!.id;
    await root
      .post(at)
      .type('form')
      .send({ address: address('right') })
      .expect(303);
    await root.post(`${at}/${await idOf('right')}/primary`).expect(303);
    await root.post(`${at}/${await idOf('typo')}/remove`).expect(303);
    expect(await send()).toBe(1);
    expect(mailsTo(address('typo'))).toEqual([]);
    const [mail] = mailsTo(address('right'));
    const { text = '' } = await simpleParser(mail?.raw ?? '');
    await expectToLetIn(linkIn(text), address('right'));
    expect(await web.db('outgoing_messages').pluck('recipient')).toEqual([address('right')]);
  });

  test('nowhere, where the user has no confirmed address', async () => {
    const id = await queueOne('dana');
    await web.db('user_addresses').where({ user_id: id }).update({ verified_at: null });
    expect(await send()).toBe(0);
    expect(mailsTo(address('dana'))).toEqual([]);
    expect(await web.db('user_tokens').where({ user_id: id })).toEqual([]);
  });

  test('not through a server that may carry no link of hers, while others are sent theirs', async () => {
    await use(sink, {}, false);
    const [dana] = await queue(['dana', 'super-administrators'], ['tom', '']);
    await send();
    await send();
    expect(mailsTo(address('dana'))).toEqual([]);
    expect(mailsTo(address('tom'))).toHaveLength(1);
    expect(await web.db('user_tokens').where({ user_id: dana! })).toEqual([]);
    expect(await userPage(dana!)).toContain('until one of them has saved these settings');
  });
});

describe('a server in trouble', () => {
  test('that puts a mail off is asked for no other until the next time', async () => {
    await queue(['dana', ''], ['tom', ''], ['una', '']);
    sink.behave({ rejectRecipient: () => GREYLISTED });
    expect(await send()).toBe(0);
    expect(await attempts()).toEqual([1, 0, 0]);
    // The first waits for its turn, and keeps nobody else from theirs.
    expect(await send()).toBe(0);
    expect(await attempts()).toEqual([1, 1, 0]);
    sink.behave({});
    expect(await send()).toBe(1);
    await pass();
    expect(await send()).toBe(2);
  });

  test('that took long to put it off is left alone from then on', async () => {
    await queueOne('dana');
    sink.behave({ rejectRecipient: () => GREYLISTED });
    const { mailer } = web.deps;
    let asked = 0;
    const noting: typeof mailer = {
      async send(...mail) {
        const { rows } = await web.db.raw<{ rows: { at: Date }[] }>(
          'select clock_timestamp() as at',
        );
        asked = rows[0]?.at.getTime() ?? 0;
        return await mailer.send(...mail);
      },
    };
    expect(await send({ mailer: noting })).toBe(0);
    const [next] = await web.db('outgoing_messages').pluck('next_try_at');
    expect((next?.getTime() ?? 0) - asked).toBeGreaterThanOrEqual(30_000);
  });

  test('that refuses the sign-in is tried with one mail, by its schedule', async () => {
    await use(guarded, { username: ACCOUNT.user, password: 'wrong' });
    const [dana] = await queue(['dana', ''], ['tom', ''], ['una', '']);
    expect(await send()).toBe(0);
    expect(await send()).toBe(0);
    expect(await attempts()).toEqual([1, 0, 0]);
    expect(await userPage(dana!)).toContain(NOT_GONE_OUT);
    await pass();
    expect(await send()).toBe(0);
    expect(await attempts()).toEqual([2, 0, 0]);
    const waits = await web.db('outgoing_messages').orderBy('id').pluck('next_try_at');
    expect(waits).toEqual([waits[0], waits[0], waits[0]]);
    await use(guarded, { username: ACCOUNT.user, password: ACCOUNT.password });
    await pass();
    expect(await send()).toBe(3);
  });
});

test('a process that is told to end sends the one that is under way, and leaves the rest for the next', async () => {
  await queue(['ann', ''], ['bob', '']);
  const stopping = new AbortController();
  sink.behave({
    rejectRecipient: () => {
      stopping.abort();
      return null;
    },
  });
  expect(await send({ stopping: stopping.signal })).toBe(1);
  expect(await attempts()).toEqual([1, 0]);
  expect(await send()).toBe(1);
});

describe('what the page of the user says', () => {
  test('an invitation that was cut off may have gone out, until another link is made', async () => {
    const id = await queueOne('dana');
    sink.behave({ failAtData: 'cut' });
    expect(await send()).toBe(0);
    expect(await userPage(id)).toContain(UNKNOWN);
    await root.post(`/admin/users/${id}/link/show`).expect(303);
    expect(await userPage(id)).not.toContain(UNKNOWN);
  });

  test('so may one whose sender died', async () => {
    const id = await queueOne('dana');
    await beginInvitation(web.db);
    await web.db.transaction((trx) => createUserToken(trx, { kind: 'invitation', userId: id }));
    expect(await userPage(id)).not.toContain(UNKNOWN);
    await die();
    expect(await userPage(id)).toContain(UNKNOWN);
    await web.db('users').where({ id }).update({ password_hash: 'x' });
    expect(await userPage(id)).not.toContain(UNKNOWN);
    await web.db('users').where({ id }).update({ password_hash: null });
  });

  test('one whose sender died before there was a link has invited nobody', async () => {
    const id = await queueOne('dana');
    await beginInvitation(web.db);
    await die();
    const page = await userPage(id);
    expect(page).toContain('Nobody has invited this user yet');
    expect(page).not.toContain(UNKNOWN);
    await root.post('/admin/users/invite-all').expect(303);
    expect(await send()).toBe(1);
  });

  test('one whose sender came to life after it was asked for again is left to the other', async () => {
    await queueOne('dana');
    const slow = await beginInvitation(web.db);
    await die();
    await root.post('/admin/users/invite-all').expect(303);
    const hand = () => Promise.reject(new Error('It was handed over.'));
    expect(await sendMessage(web.deps, 'invitation', slow!, hand)).toBe('unknown');
    expect(await send()).toBe(1);
    expect(mailsTo(address('dana'))).toHaveLength(1);
  });

  test('one that was refused invited nobody, though its link was voided meanwhile', async () => {
    const id = await queueOne('dana');
    sink.behave({ rejectRecipient: () => '550 5.1.1 No such mailbox' });
    const { mailer } = web.deps;
    const meanwhile: typeof mailer = {
      async send(...mail) {
        await web.db.transaction((trx) => voidPasswordTokens(trx, id));
        return await mailer.send(...mail);
      },
    };
    expect(await send({ mailer: meanwhile })).toBe(0);
    const page = await userPage(id);
    expect(page).toContain('Nobody has invited this user yet');
    expect(page).toMatch(new RegExp(`${NOT_GONE_OUT} .*No such mailbox`));
  });
});

test('a link that an administrator makes while the sending begins goes on working', async () => {
  const id = await queueOne('dana');
  const held = await holdTransaction(web.db, async (trx) => {
    await trx('users').where({ id }).forUpdate();
  });
  const shown = root.post(`/admin/users/${id}/link/show`).expect(303).then();
  await untilWaiting(web.db, 1);
  const sent = send();
  await untilWaiting(web.db, 2);
  await held.commit();
  await shown;
  expect(await sent).toBe(0);
  expect(mailsTo(address('dana'))).toEqual([]);
  await expectToLetIn(linkIn(await html(`/admin/users/${id}`)), address('dana'));
});
