import { simpleParser } from 'mailparser';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findDoneSteps } from '../../../src/inbox/checklist-store.ts';
import { closeAbandoned } from '../../../src/outgoing/close-abandoned.ts';
import { writeOutgoingSettings } from '../../../src/outgoing/outgoing-settings.ts';
import { createUserToken } from '../../../src/users/user-token-store.ts';
import { sendInvitations } from '../../../src/users/send-invitations.ts';
import { startSmtpSink, type SmtpSink } from '../../support/smtp-sink.ts';
import { startTestWeb, type Agent, type TestWeb } from '../../support/web.ts';

let web: TestWeb;
let sink: SmtpSink;
let root: Agent;
let manager: Agent;
let count = 0;

beforeAll(async () => {
  web = await startTestWeb();
  sink = await startSmtpSink();
  root = await web.signIn(await web.addUser('Sue Per', 'super-administrators'));
  manager = await web.signIn(await web.addUser('Ada Min', 'administrators'));
});
afterAll(async () => {
  await sink.stop();
  await web.close();
});
beforeEach(async () => {
  count += 1;
  sink.behave({});
  await web.db('outgoing_messages').delete();
  await web.db('users').whereNull('password_hash').update({ disabled_at: new Date() });
  await setUpMail();
});

async function setUpMail(): Promise<void> {
  const { host, port } = sink;
  const server = { host, port, security: 'none', username: null, password: null } as const;
  await writeOutgoingSettings(web.db, web.deps.secrets, { ...server, from: 'crm@firm.example' });
}

const plain = (html: string) => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
const page = async (path = '/admin/users', agent = root) =>
  plain((await agent.get(path).expect(200)).text);
const address = (name: string) => `${name}${count}@firm.example`;
const send = async () => await sendInvitations(web.deps);
const inviteAll = (agent = root) => agent.post('/admin/users/invite-all').expect(303);
const mailsTo = (to: string) => sink.received.filter((mail) => mail.to.includes(to));

/** Imports them, each with a group or ''. @returns what the report says. */
async function importUsers(...users: readonly [string, string][]): Promise<string> {
  const lines = users.map(([name, group]) => `${name},${address(name)},${group}`);
  const file = Buffer.from(['name,email,group', ...lines].join('\n'));
  const answer = root.post('/admin/users/import').attach('file', file, 'users.csv');
  return plain((await answer.expect(200)).text);
}

const NOT_GONE_OUT = 'The invitation has not gone out:';
const userPage = async (name: string) => await page(`/admin/users/${await idOf(name)}`);

async function idOf(name: string): Promise<number> {
  const row = await web
    .db('user_addresses')
    .where({ address: address(name) })
    .first('user_id');
  return row?.user_id ?? 0;
}

describe('whoever was imported', () => {
  test('is no other user that was invited, until one is', async () => {
    const done = async (invited: boolean) => {
      const trx = await web.db.transaction();
      try {
        await trx('user_tokens').delete();
        await trx('users').whereNot({ name: 'Sue Per' }).update({ password_hash: null });
        const userId = await idOf('dana');
        if (invited) await createUserToken(trx, { kind: 'invitation', userId });
        return (await findDoneSteps(trx)).has('users');
      } finally {
        await trx.rollback();
      }
    };
    await importUsers(['dana', '']);
    expect(await done(false)).toBe(false);
    expect(await done(true)).toBe(true);
  });

  test('is not invited and not active', async () => {
    const active = async () => /(\d+) active users/.exec(await page('/admin'))?.[1];
    await web.db('user_tokens').delete();
    await web
      .db('users')
      .update({ disabled_at: null })
      .where({ id: await idOf('none') });
    const before = await active();
    expect(before).toMatch(/^\d+$/);
    const report = await importUsers(['dana', ''], ['tom', '']);
    expect(report).toContain('An import invites nobody');
    expect(report).toContain('2 users cannot sign in yet: nobody has invited them.');
    expect(report).toContain('Invite 2 users');
    expect(await active()).toBe(before);
    const list = await page('/admin/users?state=not-invited');
    expect(list).toMatch(/dana .*Not invited yet Invite .*tom .*Not invited yet Invite/);
    expect(await page('/admin/users?state=invited')).not.toContain(address('dana'));
  });

  test('is invited with all others, by a mail whose link sets a password', async () => {
    await importUsers(['dana', ''], ['tom', '']);
    await inviteAll();
    const queued = await page();
    expect(queued).toContain('2 invitations are on their way');
    expect(queued).toContain('2 invitations are waiting to be sent');
    expect(queued).not.toContain('nobody has invited them');
    expect(await send()).toBe(2);
    const [mail, ...more] = mailsTo(address('dana'));
    expect(more).toEqual([]);
    const { text = '' } = await simpleParser(mail?.raw ?? '');
    const link = /\/links\/invitation\?token=[\w-]+/.exec(text)?.[0] ?? '';
    expect(plain((await web.visitor().get(link).expect(200)).text)).toContain(address('dana'));
    expect(await page('/admin/users?state=invited')).toContain('Invited, no password yet');
    const [audit] = await web
      .db('audit_log')
      .where({ action: 'users.invited' })
      .orderBy('id', 'desc');
    expect(audit?.detail).toEqual({ userIds: [await idOf('dana'), await idOf('tom')] });
    // Once is enough.
    await inviteAll();
    expect(await page()).toContain('Everybody whom you may invite has been invited already.');
    expect(await send()).toBe(0);
  });

  test('is invited once, though two press at once', async () => {
    await importUsers(['dana', ''], ['tom', '']);
    await Promise.all([inviteAll(), inviteAll(), inviteAll(manager)]);
    expect(await send()).toBe(2);
    expect(mailsTo(address('tom'))).toHaveLength(1);
  });

  test('is invited alone; what waits for them in the queue is dropped', async () => {
    await importUsers(['dana', '']);
    await inviteAll();
    await root.post(`/admin/users/${await idOf('dana')}/link/mail`).expect(303);
    expect(await send()).toBe(0);
    expect(mailsTo(address('dana'))).toHaveLength(1);
    expect(await userPage('dana')).toContain('Was invited and has not set a password yet.');
    expect(await userPage('dana')).not.toContain(NOT_GONE_OUT);
  });

  test('is invited by a link that is shown, and no refusal of before is told any more', async () => {
    await importUsers(['dana', ''], ['tom', '']);
    sink.behave({ rejectRecipient: () => '550 5.1.1 No such mailbox' });
    await inviteAll();
    await send();
    expect(await userPage('dana')).toContain(NOT_GONE_OUT);
    await root.post(`/admin/users/${await idOf('dana')}/link/show`).expect(303);
    expect(await userPage('dana')).not.toContain(NOT_GONE_OUT);
    expect(await userPage('tom')).toContain(NOT_GONE_OUT);
  });
});

describe('who may', () => {
  test('administrators invite no Super Administrators', async () => {
    await importUsers(['dana', 'super-administrators'], ['tom', '']);
    expect(await page('/admin/users', manager)).toContain('1 user cannot sign in yet');
    await inviteAll(manager);
    expect(await send()).toBe(1);
    expect(mailsTo(address('dana'))).toEqual([]);
    expect(await page()).toContain('1 user cannot sign in yet');
  });

  test('nobody else', async () => {
    const agent = await web.signIn(await web.addUser(`Plain ${count}`));
    await importUsers(['dana', '']);
    await agent.post('/admin/users/invite-all').expect(403);
    expect(await web.db('outgoing_messages')).toEqual([]);
  });
});

describe('what does not go out', () => {
  test('without outgoing mail there is no button, and where to set it up', async () => {
    await web.db('settings').where({ key: 'outgoing-mail' }).delete();
    await importUsers(['dana', '']);
    const { text } = await root.get('/admin/users').expect(200);
    expect(plain(text)).toContain('Set up outgoing mail to invite all at once');
    expect(text).not.toContain('invite-all');
    await inviteAll();
    expect(await send()).toBe(0);
    await setUpMail();
    expect(await send()).toBe(1);
  });

  test('a refused one leaves its user not invited, and its page says why', async () => {
    await importUsers(['dana', '']);
    sink.behave({ rejectRecipient: () => '550 5.1.1 No such mailbox' });
    await inviteAll();
    expect(await send()).toBe(0);
    const id = await idOf('dana');
    expect(await page(`/admin/users/${id}`)).toContain('No such mailbox');
    expect(await web.db('user_tokens').where({ user_id: id })).toEqual([]);
    expect(await page('/admin/users?state=not-invited')).toContain(address('dana'));
  });

  test('whoever got a password or was deactivated meanwhile', async () => {
    await importUsers(['dana', ''], ['tom', '']);
    await inviteAll();
    await web
      .db('users')
      .where({ id: await idOf('dana') })
      .update({ disabled_at: new Date() });
    await web
      .db('users')
      .where({ id: await idOf('tom') })
      .update({ password_hash: 'x' });
    expect(await send()).toBe(0);
    for (const name of ['dana', 'tom']) {
      await web
        .db('users')
        .where({ id: await idOf(name) })
        .update({ disabled_at: null, password_hash: null });
      expect(await userPage(name)).toContain('Nobody has invited this user yet');
      expect(await userPage(name)).not.toContain(NOT_GONE_OUT);
    }
  });

  test('what waits for a server says why, and what nobody tried in 3 days what to do', async () => {
    await importUsers(['dana', ''], ['tom', '']);
    sink.behave({
      rejectRecipient: (to) => (to === address('dana') ? '451 4.7.1 Greylisted' : null),
    });
    await inviteAll();
    await web
      .db('outgoing_messages')
      .where({ user_id: await idOf('tom') })
      .update({ expires_at: new Date(Date.now() - 1000) });
    expect(await send()).toBe(0);
    await closeAbandoned(web.db);
    expect(await userPage('dana')).toMatch(new RegExp(`${NOT_GONE_OUT} .*Greylisted`));
    expect(await userPage('tom')).toContain(
      `${NOT_GONE_OUT} It was not sent within 3 days. Set up outgoing mail, then invite again.`,
    );
  });

  test('more than a hundred in an hour', async () => {
    await importUsers(...Array.from({ length: 120 }, (_, at): [string, string] => [`u${at}x`, '']));
    await inviteAll();
    expect(await send()).toBe(100);
    await web.db('outgoing_messages').update({ finished_at: new Date(Date.now() - 3_700_000) });
    expect(await send()).toBe(20);
  });
});
