import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeOutgoingSettings } from '../../../src/outgoing/outgoing-settings.ts';
import { ARCHIVE, createFilingBench, type FilingBench } from '../../support/filing-bench.ts';
import { startSmtpSink, type SmtpSink } from '../../support/smtp-sink.ts';
import { startTestWeb, type Agent, type TestUser, type TestWeb } from '../../support/web.ts';
import { mail } from '../../unit/archiving/samples.ts';

let web: TestWeb;
let bench: FilingBench;
let sink: SmtpSink;
let superUser: TestUser;
let superAgent: Agent;
let admin: TestUser;
let adminAgent: Agent;
let plain: Agent;
let count = 0;

beforeAll(async () => {
  web = await startTestWeb();
  bench = await createFilingBench(web.db);
  sink = await startSmtpSink();
  superUser = await web.addUser('Sue Per', 'super-administrators');
  superAgent = await web.signIn(superUser);
  admin = await web.addUser('Ada Min', 'administrators');
  adminAgent = await web.signIn(admin);
  plain = await web.signIn(await web.addUser('Pla In'));
});
afterAll(async () => {
  await sink.stop();
  await web.close();
});

const post = (path: string, form: object, by = superAgent) => by.post(path).type('form').send(form);
const plainText = (html: string) => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
const text = async (path: string, by = superAgent) =>
  plainText((await by.get(path).expect(200)).text);
const newUser = async (...groups: Parameters<TestWeb['addUser']>[1][]) =>
  await web.addUser(`User ${(count += 1)}`, ...groups);
const addressesOf = async (userId: number) =>
  await web.db('user_addresses').where({ user_id: userId }).orderBy('id');
async function idOf(address: string): Promise<number> {
  const row = await web.db('user_addresses').where({ address }).whereNotNull('verified_at').first();
  return row?.user_id ?? 0;
}
const lastAudit = async () => await web.db('audit_log').orderBy('id', 'desc').first();

async function waiting(userId: number, address: string): Promise<number> {
  const rows = await web.db('user_addresses').insert({ user_id: userId, address }).returning('id');
  return rows[0]?.id ?? 0;
}

async function withMail<T>(act: () => Promise<T>): Promise<T> {
  await writeOutgoingSettings(web.db, web.deps.secrets, {
    host: sink.host,
    port: sink.port,
    security: 'none',
    username: null,
    password: null,
    from: 'crm@northquay.example',
  });
  try {
    return await act();
  } finally {
    await web.db('settings').where({ key: 'outgoing-mail' }).delete();
  }
}

describe('who may what', () => {
  /** Answers by role, where the target is [a user, a Super Administrator]. */
  const TABLE: [string, string, object, Record<'plain' | 'admin' | 'super', [number, number]>][] = [
    ['get', '', {}, { plain: [403, 403], admin: [200, 200], super: [200, 200] }],
    ['get', '/deactivate', {}, { plain: [403, 403], admin: [200, 403], super: [200, 200] }],
    ['post', '/name', { name: 'N' }, { plain: [403, 403], admin: [303, 403], super: [303, 303] }],
    ['post', '/groups', {}, { plain: [403, 403], admin: [403, 403], super: [303, 303] }],
    [
      'post',
      '/addresses',
      { address: 'N@x.example' },
      { plain: [403, 403], admin: [303, 403], super: [303, 303] },
    ],
    ...['confirm', 'primary', 'remove'].map((action): (typeof TABLE)[number] => [
      'post',
      `/addresses/A/${action}`,
      {},
      { plain: [403, 403], admin: [303, 403], super: [303, 303] },
    ]),
    ...['/link/mail', '/link/show', '/sign-out', '/reactivate'].map(
      (path): (typeof TABLE)[number] => [
        'post',
        path,
        {},
        { plain: [403, 403], admin: [303, 403], super: [303, 303] },
      ],
    ),
    [
      'post',
      '/deactivate',
      { heir: 'keep' },
      { plain: [403, 403], admin: [303, 403], super: [303, 303] },
    ],
  ];

  test.each(TABLE)('%s %s', async (method, path, form, answers) => {
    for (const [role, expected] of Object.entries(answers)) {
      const agent = { plain, admin: adminAgent, super: superAgent }[role] ?? plain;
      for (const [index, groups] of [[], ['super-administrators' as const]].entries()) {
        const target = await newUser(...groups);
        const addressId = await waiting(target.id, `second${count}@x.example`);
        const at = `/admin/users/${target.id}${path.replace('A', String(addressId))}`;
        const body = JSON.parse(JSON.stringify(form).replace('N@', `n${count}@`)) as object;
        const answer = method === 'get' ? agent.get(at) : post(at, body, agent);
        expect([role, index, (await answer).status]).toEqual([role, index, expected[index]]);
      }
    }
  });

  test.each([
    ['/admin/users', 403, 200, 200],
    ['/admin/users/new', 403, 200, 200],
    ['/admin/users/import', 403, 200, 200],
  ])('GET %s', async (path, forPlain, forAdmin, forSuper) => {
    await plain.get(path).expect(forPlain);
    await adminAgent.get(path).expect(forAdmin);
    await superAgent.get(path).expect(forSuper);
    expect((await web.visitor().get(path).expect(303)).headers.location).toContain('/sign-in');
  });

  test.each(['0', '-1', 'x', '1e3', '2147483648', '99999999999999999999', '%00', '999999'])(
    'there is no user %s',
    async (id) => {
      await superAgent.get(`/admin/users/${id}`).expect(404);
      await superAgent.get(`/admin/users/${id}/deactivate`).expect(404);
      for (const [path, form] of [
        ['name', { name: 'X' }],
        ['groups', {}],
        ['addresses', { address: 'nobody@x.example' }],
        ['link/show', {}],
        ['sign-out', {}],
        ['deactivate', { heir: 'keep' }],
        ['reactivate', {}],
      ] as const) {
        await post(`/admin/users/${id}/${path}`, form).expect(404);
      }
    },
  );

  test('an address of somebody else is not changed by way of another user', async () => {
    const [one, other] = [await newUser(), await newUser()];
    const addressId = await waiting(other.id, `w${count}@x.example`);
    for (const action of ['confirm', 'primary', 'remove']) {
      await post(`/admin/users/${one.id}/addresses/${addressId}/${action}`, {}).expect(303);
      expect(await text(`/admin/users/${one.id}`)).toContain('removed or confirmed meanwhile');
    }
    expect(await addressesOf(other.id)).toHaveLength(2);
    expect(await addressesOf(one.id)).toHaveLength(1);
  });
});

describe('the list', () => {
  test('is searched and filtered, in pages', async () => {
    const names = Array.from({ length: 55 }, (_, n) => `Zed ${String(n).padStart(2, '0')}`);
    for (const name of names) await web.db('users').insert({ name });
    const numbers = (html: string) => [...html.matchAll(/>Zed (\d\d)</g)].map(([, n]) => Number(n));
    const link = (html: string, name: string) =>
      new RegExp(`href="(/admin/users\\?q=zed&amp;${name}=\\d+)"`)
        .exec(html)?.[1]
        ?.replace('&amp;', '&') ?? '';
    const { text: first } = await superAgent.get('/admin/users?q=zed').expect(200);
    expect(numbers(first)).toEqual(Array.from({ length: 50 }, (_, n) => n));
    expect(link(first, 'before')).toBe('');
    const { text: second } = await superAgent.get(link(first, 'after')).expect(200);
    expect(numbers(second)).toEqual([50, 51, 52, 53, 54]);
    expect(link(second, 'after')).toBe('');
    const { text: back } = await superAgent.get(link(second, 'before')).expect(200);
    expect(numbers(back)).toEqual(numbers(first));
  });

  test('tells who is active, invited, deactivated', async () => {
    const [active, gone] = [await newUser(), await newUser()];
    await web.db('users').where({ id: gone.id }).update({ disabled_at: new Date() });
    const made = await post('/admin/users', {
      name: `Inv ${count}`,
      address: `inv${count}@x.example`,
    });
    const invited = Number(/\d+$/.exec(made.headers.location ?? '')?.[0]);
    const shown = async (state: string) => {
      const { text: html } = await superAgent.get(`/admin/users?state=${state}`).expect(200);
      return [active.id, invited, gone.id].filter((id) =>
        html.includes(`href="/admin/users/${id}"`),
      );
    };
    expect(await shown('invited')).toEqual([invited]);
    expect(await shown('deactivated')).toEqual([gone.id]);
    expect(await text(`/admin/users?state=active&q=${active.address}`)).toContain(active.address);
    expect(await text(`/admin/users?state=deactivated&q=${active.address}`)).toContain(
      'No users found',
    );
  });

  test.each(['q=%00%25_', 'q[]=a', 'state=x', 'after=x&before=99999999999', 'q=%5C', 'after=0'])(
    'a strange %s is not minded',
    async (query) => {
      await superAgent.get(`/admin/users?${query}`).expect(200);
    },
  );
});

describe('creating', () => {
  test('without outgoing mail the link is shown once, and lets the user in', async () => {
    const address = `hand${(count += 1)}@x.example`;
    const made = await post('/admin/users', { name: 'Han Dover', address }).expect(303);
    const { text: html } = await superAgent.get(made.headers.location ?? '').expect(200);
    expect(plainText(html)).toContain('Outgoing mail is not set up, so nothing was sent.');
    const link = /value="(http[^"]+\/links\/invitation\?token=[\w-]+)"/.exec(html)?.[1] ?? '';
    expect(link).not.toBe('');
    const { text: again } = await superAgent.get(made.headers.location ?? '').expect(200);
    expect(again).not.toContain('token=');
    const [row] = await web.db('user_tokens').where({ user_id: await idOf(address) });
    expect(row).toMatchObject({ kind: 'invitation', used_at: null });
    expect(await web.db('sessions').whereRaw("sess::text like '%token=%'")).toEqual([]);
    expect(web.lines.filter((line) => line.includes(link.split('=')[1] ?? '?'))).toEqual([]);
  });

  test('with outgoing mail the invitation goes out; where it fails the link is shown', async () => {
    await withMail(async () => {
      const address = `mailed${(count += 1)}@x.example`;
      const made = await post('/admin/users', { name: 'Mai Led', address }).expect(303);
      expect(await text(made.headers.location ?? '')).toContain(
        `The invitation was sent to ${address}.`,
      );
      expect(sink.received.at(-1)?.to).toEqual([address]);
      const sent = sink.received.at(-1)?.raw.toString().replaceAll('=\r\n', '');
      expect(sent).toContain('/links/invitation?token=3D');
      sink.behave({ rejectRecipient: () => '550 5.1.1 no such user' });
      const failed = await post('/admin/users', { name: 'Fai Led', address: `f${address}` });
      const { text: html } = await superAgent.get(failed.headers.location ?? '').expect(200);
      expect(plainText(html)).toContain('The mail was not sent:');
      expect(html).toMatch(/value="http[^"]+token=/);
      sink.behave({});
    });
  });

  const LONG = 'x'.repeat(201);
  test.each([
    ['no name', { name: ' ', address: 'a@x.example' }, 'Enter a name on one line.'],
    ['a long name', { name: LONG, address: 'a@x.example' }, 'at most 200 characters'],
    ['NUL', { name: 'a\u0000b', address: 'a@x.example' }, 'Enter a name on one line.'],
    ['half a character', { name: '%D8', address: 'x' }, 'Enter one email address'],
    ['no address', { name: 'A', address: 'dana' }, 'Enter one email address'],
    ['two addresses', { name: 'A', address: 'a@x.example, b@x.example' }, 'Enter one email'],
    ['lists', { name: ['a', 'b'], address: ['b'] }, 'Enter a name on one line.'],
    [
      'the archive',
      { name: 'A', address: ARCHIVE.toUpperCase() },
      'address of the archive mailbox',
    ],
    ['a taken one', { name: 'A', address: 'SUE.PER@northquay.example' }, 'It belongs to Sue Per'],
  ])('%s is refused', async (_what, form, says) => {
    const before = await web.db('users').count();
    const { text: html } = await post('/admin/users', form).expect(422);
    expect(plainText(html)).toContain(says);
    expect(await web.db('users').count()).toEqual(before);
  });

  test.each([
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    '{{name}}',
    '$t(app.save)',
  ])('the name %s is text', async (name) => {
    const address = `hostile${(count += 1)}@x.example`;
    const made = await post('/admin/users', { name, address }).expect(303);
    const { text: html } = await superAgent.get(made.headers.location ?? '').expect(200);
    expect(html).not.toContain('<script>alert');
    expect(html).not.toContain('<img src=x');
    const escaped = name.replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&#34;');
    expect(html).toContain(`<h1 class="page-title break" dir="auto">${escaped}</h1>`);
  });

  test('only Super Administrators put anybody into a group', async () => {
    const form = { name: 'G', groups: ['super-administrators', 'administrators', 'everyone', 'x'] };
    const address = `g${(count += 1)}@x.example`;
    await post('/admin/users', { ...form, address }, adminAgent).expect(403);
    expect(await idOf(address)).toBe(0);
    await post('/admin/users', { ...form, address }).expect(303);
    const groups = await web
      .db('group_members')
      .join('groups', 'groups.id', 'group_id')
      .where({ user_id: await idOf(address) })
      .orderBy('groups.id')
      .pluck('key');
    expect(groups).toEqual(['super-administrators', 'administrators', 'everyone']);
    expect(
      await web.db('audit_log').where({ action: 'user.created' }).orderBy('id', 'desc').first(),
    ).toMatchObject({ actor_id: superUser.id, detail: { email: address } });
  });

  test('of two who give one address at once, one succeeds', async () => {
    const address = `race${(count += 1)}@x.example`;
    const answers = await Promise.all(
      [superAgent, adminAgent].map((by) => post('/admin/users', { name: 'R', address }, by)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 422]);
  });
});

describe('addresses', () => {
  test('adding one files again what was rejected; audit says who did', async () => {
    const user = await newUser();
    const address = `late${count}@x.example`;
    for (const subject of ['a', 'b'])
      await bench.file(await bench.storeMail(mail({ from: [address], subject })));
    await post(`/admin/users/${user.id}/addresses`, { address: address.toUpperCase() }).expect(303);
    const page = await text(`/admin/users/${user.id}`);
    expect(page).toContain(`${address} is confirmed: mail from it is archived.`);
    expect(page).toContain('2 messages that were rejected before are filed again.');
    expect(await lastAudit()).toMatchObject({
      actor_id: superUser.id,
      action: 'user.address-added',
      detail: { userId: user.id, address, processedAgain: 2 },
    });
  });

  test('a waiting one is confirmed, made primary; the primary one stays; another is removed', async () => {
    const user = await newUser();
    const address = `second${count}@x.example`;
    const addressId = await waiting(user.id, address);
    const at = `/admin/users/${user.id}/addresses/${addressId}`;
    await bench.file(await bench.storeMail(mail({ from: [address] })));
    await post(`${at}/primary`, {}).expect(303);
    expect(await text(`/admin/users/${user.id}`)).toContain('Only a confirmed address');
    await post(`${at}/confirm`, {}).expect(303);
    expect(await text(`/admin/users/${user.id}`)).toContain('1 message that was rejected before');
    await post(`${at}/primary`, {}).expect(303);
    await post(`${at}/remove`, {}).expect(303);
    expect(await text(`/admin/users/${user.id}`)).toContain(
      'can’t be removed'.replace('’', '&#39;'),
    );
    const [first] = await addressesOf(user.id);
    await post(`/admin/users/${user.id}/addresses/${String(first?.id)}/remove`, {}).expect(303);
    expect((await addressesOf(user.id)).map((row) => [row.address, row.is_primary])).toEqual([
      [address, true],
    ]);
  });

  test('of a taken one it says whose, with a link', async () => {
    const [holder, user] = [await newUser(), await newUser()];
    const addressId = await waiting(user.id, holder.address);
    for (const [path, form] of [
      ['addresses', { address: holder.address }],
      [`addresses/${addressId}/confirm`, {}],
    ] as const) {
      const { text: html } = await post(`/admin/users/${user.id}/${path}`, form).expect(422);
      expect(html).toMatch(
        new RegExp(`It belongs to <a href="/admin/users/${holder.id}">User \\d+</a>`),
      );
    }
  });

  test('mail of a removed one stays', async () => {
    const user = await newUser();
    const address = `past${count}@x.example`;
    await post(`/admin/users/${user.id}/addresses`, { address }).expect(303);
    await bench.file(await bench.storeMail(mail({ from: [address], to: ['x@y.example'] })));
    const emails = async () => await web.db('emails').where({ owner_id: user.id }).pluck('id');
    const before = await emails();
    expect(before).toHaveLength(1);
    const added = (await addressesOf(user.id)).at(-1);
    await post(`/admin/users/${user.id}/addresses/${String(added?.id)}/remove`, {}).expect(303);
    expect(await emails()).toEqual(before);
  });
});

describe('deactivating', () => {
  async function withWaiting(): Promise<TestUser> {
    const user = await newUser();
    for (const n of [1, 2, 3]) {
      await bench.file(
        await bench.storeMail(mail({ from: [user.address], to: [`${n}@y.example`] })),
      );
    }
    const [first = 0] = await web
      .db('emails')
      .where({ owner_id: user.id })
      .orderBy('id')
      .pluck('id');
    await web.db('emails').where({ id: first }).update({ visibility: 'private' });
    return user;
  }

  test('asks for whom the mail shall go to; private mail stays; the session ends', async () => {
    const [user, heir] = [await withWaiting(), await newUser()];
    const theirs = await web.signIn(user);
    const at = `/admin/users/${user.id}/deactivate`;
    expect(await text(at)).toContain('Who gets the 2 emails that wait in Data Cleanup?');
    for (const wrong of ['', 'x', '0', String(user.id), '999999999', '-1']) {
      await post(at, { heir: wrong }).expect(422);
    }
    await theirs.get('/profile').expect(200);
    await post(at, { heir: String(heir.id) }).expect(303);
    const page = await text(`/admin/users/${user.id}`);
    expect(page).toContain('2 emails were handed over.');
    expect(page).not.toContain('Data Cleanup. Hand them over');
    await theirs.get('/profile').expect(303);
    expect(await web.db('emails').where({ owner_id: heir.id }).count()).toEqual([{ count: 2 }]);
    expect(await web.db('emails').where({ owner_id: user.id }).pluck('visibility')).toEqual([
      'private',
    ]);
    expect(await web.db('notices').where({ user_id: heir.id, kind: 'unmatched' })).toHaveLength(1);
    await web
      .visitor()
      .post('/sign-in')
      .type('form')
      .send({ email: user.address, password: user.password })
      .expect(422);
  });

  test('kept mail can be handed over later; who comes back has what was rejected', async () => {
    const [user, heir] = [await withWaiting(), await newUser()];
    const at = `/admin/users/${user.id}`;
    await post(`${at}/link/show`, {}).expect(303);
    await post(`${at}/deactivate`, { heir: 'keep' }).expect(303);
    expect(await text(at)).toContain('2 emails wait in this user&#39;s Data Cleanup.');
    await post(`${at}/link/show`, {}).expect(303);
    expect(await text(at)).toContain('A deactivated user can&#39;t be let in.');
    await bench.file(await bench.storeMail(mail({ from: [user.address], subject: 'while away' })));
    await post(`${at}/deactivate`, { heir: String(heir.id) }).expect(303);
    expect(await web.db('emails').where({ owner_id: heir.id }).count()).toEqual([{ count: 2 }]);
    await post(`${at}/reactivate`, {}).expect(303);
    expect(await text(at)).toContain('1 message that was rejected before');
    expect(await web.db('user_tokens').where({ user_id: user.id, used_at: null })).toEqual([]);
    await web.signIn(user);
  });

  test('nobody deactivates themselves', async () => {
    await post(`/admin/users/${admin.id}/deactivate`, { heir: 'keep' }, adminAgent).expect(303);
    expect(await text(`/admin/users/${admin.id}`, adminAgent)).toContain('deactivate yourself');
  });

  test('signing out everywhere', async () => {
    const user = await newUser();
    const [one, two] = [await web.signIn(user), await web.signIn(user)];
    await post(`/admin/users/${user.id}/sign-out`, {}).expect(303);
    expect(await text(`/admin/users/${user.id}`)).toContain('signed out of 2 sessions');
    for (const agent of [one, two]) await agent.get('/profile').expect(303);
  });
});

describe('the last Super Administrator', () => {
  /** Two (or so many) Super Administrators, and nobody else who is one. */
  async function alone(
    many: number,
  ): Promise<{ users: TestUser[]; agents: Agent[]; restore(): Promise<void> }> {
    const others = await web
      .db('group_members')
      .join('groups', 'groups.id', 'group_id')
      .where({ key: 'super-administrators' })
      .pluck('user_id');
    const ids = await web.db('users').whereIn('id', others).whereNull('disabled_at').pluck('id');
    const users = await Promise.all(
      Array.from({ length: many }, () => newUser('super-administrators')),
    );
    const agents = await Promise.all(users.map((user) => web.signIn(user)));
    await web.db('users').whereIn('id', ids).update({ disabled_at: new Date() });
    return {
      users,
      agents,
      async restore() {
        await web.db('users').whereIn('id', ids).update({ disabled_at: null });
        for (const { id } of users)
          await web.db('users').where({ id }).update({ disabled_at: new Date() });
      },
    };
  }
  const able = async (users: readonly TestUser[]) => {
    const rows = await web
      .db('users')
      .join('group_members', 'user_id', 'users.id')
      .join('groups', 'groups.id', 'group_id')
      .where({ key: 'super-administrators' })
      .whereIn(
        'users.id',
        users.map(({ id }) => id),
      )
      .whereNull('disabled_at')
      .pluck('users.id');
    return rows.length;
  };

  test('stays one; one who was invited only does not count', async () => {
    const { users, agents, restore } = await alone(1);
    const [user] = users;
    const [agent] = agents;
    await newUser('super-administrators');
    await web
      .db('users')
      .where({ name: `User ${count}` })
      .update({ password_hash: null });
    const { text: html } = await post(`/admin/users/${String(user?.id)}/groups`, {}, agent).expect(
      422,
    );
    expect(plainText(html)).toContain('This is the only Super Administrator who can sign in.');
    expect(await able(users)).toBe(1);
    await restore();
  });

  test.each([
    ['deactivate', { heir: 'keep' }, 2],
    ['deactivate', { heir: 'keep' }, 3],
    ['groups', {}, 2],
    ['groups', { groups: 'administrators' }, 3],
  ])('two who %s each other at once (%j, of %i): one stays', async (path, form, many) => {
    for (let round = 0; round < 2; round += 1) {
      const { users, agents, restore } = await alone(many);
      const [a, b] = users;
      const answers = await Promise.all([
        post(`/admin/users/${String(b?.id)}/${path}`, form, agents[0]),
        post(`/admin/users/${String(a?.id)}/${path}`, form, agents[1]),
      ]);
      expect(await able(users)).toBe(many - 1);
      expect(answers.map(({ status }) => status).filter((status) => status >= 500)).toEqual([]);
      await restore();
    }
  });

  test('may step down while there is another, and is then no administrator', async () => {
    const user = await newUser('super-administrators');
    const agent = await web.signIn(user);
    const done = await post(`/admin/users/${user.id}/groups`, {}, agent).expect(303);
    expect(done.headers.location).toBe('/');
    await agent.get('/admin/users').expect(403);
  });
});
