import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildMail, inlineImagePart, multipart, textPart } from '../../support/mail-builder.ts';
import { createRealFiling, type RealFiling } from '../../support/real-filing.ts';
import { startTestWeb, type Agent, type TestUser, type TestWeb } from '../../support/web.ts';

/*
 * Whose record it is: Olga's emails in every state, her notices, addresses and decisions, as she
 * and as others ask for them. Groups do not widen it.
 */

let web: TestWeb;
let filing: RealFiling;
let olga: TestUser;
let owner: Agent;
let others: Readonly<Record<string, Agent>>;

type State = 'shared' | 'private' | 'unmatched' | 'discarded';
const STATES: readonly State[] = ['shared', 'private', 'unmatched', 'discarded'];
const emails = new Map<State, { readonly id: number; readonly attachment: number }>();
let jane: number;
let stranger: number;
let colleague: number;

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

beforeAll(async () => {
  web = await startTestWeb();
  filing = await createRealFiling(web.db);
  olga = await web.addUser('Olga Owner');
  jane = await filing.person('jane@client.example');
  stranger = await filing.person('somebody@else.example');
  for (const state of STATES) emails.set(state, await prepare(state));
  owner = await web.signIn(olga);
  const una = await web.addUser('Una User');
  colleague = una.id;
  others = {
    'a user': await web.signIn(una),
    'an administrator': await web.signIn(await web.addUser('Ada Admin', 'administrators')),
    'a Super Administrator': await web.signIn(
      await web.addUser('Sue Super', 'super-administrators'),
    ),
  };
  await owner.post(`/data-cleanup/${emailOf('discarded')}/discard`).expect(303);
});
afterAll(async () => {
  await filing.close();
  await web.close();
});

/** Subject, text and file name say in which state it is. */
async function prepare(state: State): Promise<{ id: number; attachment: number }> {
  const known = state === 'shared' || state === 'private';
  const [email] = await filing.file(
    buildMail(
      [
        ['From', olga.address],
        ['To', known ? 'jane@client.example' : `${state}@unknown.example`],
        ['Message-ID', `<${state}@northquay.example>`],
        ['Subject', `Secretly${state}`],
      ],
      multipart('mixed', [
        textPart(`Words that are ${state}`),
        inlineImagePart({
          fileName: 'dot.png',
          contentType: 'image/png',
          content: PNG,
          contentId: `${state}@northquay.example`,
        }),
      ]),
    ),
  );
  const id = email?.id ?? 0;
  if (state === 'private') await web.db('emails').where({ id }).update({ visibility: 'private' });
  const attachment = await web.db('attachments').where({ email_id: id }).first('id');
  return { id, attachment: attachment?.id ?? 0 };
}

function emailOf(state: State): number {
  return emails.get(state)?.id ?? 0;
}

const READ = [
  '/emails/:id',
  '/emails/:id/body',
  '/emails/:id/attachments/:attachment',
  '/emails/:id/attachments/:attachment/picture',
  '/emails/:id/original',
] as const;

function urlOf(path: string, state: State): string {
  const { id, attachment } = emails.get(state) ?? { id: 0, attachment: 0 };
  return path.replace(':id', String(id)).replace(':attachment', String(attachment));
}

describe.each(STATES)('an email that is %s', (state) => {
  test.each([...READ, '/data-cleanup/:id'])('its owner reads %s', async (path) => {
    await owner.get(urlOf(path, state)).expect(200);
  });

  test.each(READ)('others read %s only where it is shared', async (path) => {
    for (const agent of Object.values(others)) {
      await agent.get(urlOf(path, state)).expect(state === 'shared' ? 200 : 404);
    }
  });

  test('others have no Data Cleanup of it', async () => {
    for (const agent of Object.values(others)) {
      await agent.get(urlOf('/data-cleanup/:id', state)).expect(404);
    }
  });

  test('an attachment is not to be had by the address of another email', async () => {
    const { attachment } = emails.get(state) ?? { attachment: 0 };
    const wrong = emailOf(state === 'shared' ? 'private' : 'shared');
    await owner.get(`/emails/${wrong}/attachments/${attachment}`).expect(404);
  });

  test('others change nothing about it', async () => {
    const before = await snapshot();
    const forms: readonly (readonly [string, Record<string, string>])[] = [
      [`/data-cleanup/:id/link`, { personId: String(stranger), address: '' }],
      [`/data-cleanup/:id/contact`, { lastName: 'Roe' }],
      [`/data-cleanup/:id/lead`, { lastName: 'Roe' }],
      [`/data-cleanup/:id/discard`, {}],
      [`/data-cleanup/:id/discard`, { never: `${state}@unknown.example` }],
      [`/data-cleanup/:id/hand-over`, { userId: String(colleague) }],
      [`/emails/:id/visibility`, { visibility: 'private' }],
      ...(state === 'shared'
        ? []
        : ([
            [`/emails/:id/unlink`, { personId: String(jane) }],
            [
              `/emails/:id/address`,
              { personId: String(stranger), address: `${state}@unknown.example` },
            ],
          ] as const)),
    ];
    for (const agent of Object.values(others)) {
      for (const [path, form] of forms) {
        await agent.post(urlOf(path, state)).type('form').send(form).expect(404);
      }
    }
    expect(await snapshot()).toEqual(before);
  });

  test('no list, search, count or record of others tells of it unless it is shared', async () => {
    const pages = [
      '/',
      '/emails',
      `/emails?q=Secretly${state}`,
      `/emails?q=Words`,
      '/data-cleanup',
      '/data-cleanup?tab=discarded',
      '/data-cleanup?tab=resolved',
      `/people/${jane}`,
      '/inbox',
    ];
    for (const agent of Object.values(others)) {
      let told = 0;
      for (const page of pages) {
        const { text } = await agent.get(page).expect(200);
        // What was searched stands in the search field.
        const shown = text.replace(`value="Secretly${state}"`, '');
        if (shown.includes(`Secretly${state}`)) told += 1;
      }
      if (state === 'shared') expect(told).toBeGreaterThan(2);
      else expect(told).toBe(0);
    }
  });

  test('the archive log tells administrators of it, without its words', async () => {
    for (const name of ['an administrator', 'a Super Administrator']) {
      const { text } = await others[name]!.get('/admin/log').expect(200);
      expect(text).not.toContain('Words that are');
      if (state !== 'shared') expect(text).not.toContain(`Secretly${state}`);
    }
  });
});

test('others undo no decision of hers', async () => {
  const decision = await web.db('decisions').where({ kind: 'discard' }).first('id');
  for (const agent of Object.values(others)) {
    await agent.post(`/decisions/${decision?.id ?? 0}/undo`).expect(404);
  }
});

test('others decide about none of her emails in bulk, and neither see nor undo what she did', async () => {
  const selections = [
    { email: String(emailOf('unmatched')) },
    { all: 'yes', through: '999999' },
    { by: 'address', key: 'unmatched@unknown.example', through: '999999' },
  ];
  const before = await snapshot();
  for (const agent of Object.values(others)) {
    for (const selection of selections) {
      for (const action of ['discard', 'create-leads', 'hand-over']) {
        await agent
          .post('/data-cleanup/bulk')
          .type('form')
          .send({ ...selection, do: action, userId: String(colleague) });
      }
    }
  }
  expect(await snapshot()).toEqual(before);
  await owner
    .post('/data-cleanup/bulk')
    .type('form')
    .send({ ...selections[0], do: 'discard' })
    .expect(303);
  const bulk = await web.db('bulk_actions').where({ actor_id: olga.id }).first('id');
  await owner.get(`/data-cleanup/bulk/${bulk?.id ?? 0}`).expect(200);
  for (const agent of Object.values(others)) {
    await agent.get(`/data-cleanup/bulk/${bulk?.id ?? 0}`).expect(404);
    await agent.post(`/data-cleanup/bulk/${bulk?.id ?? 0}/undo`).expect(404);
  }
  await owner.post(`/data-cleanup/bulk/${bulk?.id ?? 0}/undo`).expect(303);
});

test('what she handed over is hers and her colleague’s to take back, and nobody else’s', async () => {
  const id = emailOf('unmatched');
  await owner
    .post(`/data-cleanup/${id}/hand-over`)
    .type('form')
    .send({ userId: String(colleague) })
    .expect(303);
  const decision = await web.db('decisions').where({ kind: 'hand-over' }).first('id');
  const undo = `/decisions/${decision?.id ?? 0}/undo`;
  const { 'a user': theirs, ...strangers } = others;
  for (const agent of Object.values(strangers)) {
    await agent.post(undo).expect(404);
    for (const path of [...READ, '/data-cleanup/:id']) {
      await agent.get(urlOf(path, 'unmatched')).expect(404);
    }
  }
  await owner.get(`/data-cleanup/${id}`).expect(404);
  await theirs?.get(`/data-cleanup/${id}`).expect(200);
  await owner.post(undo).expect(303);
  await owner.get(`/data-cleanup/${id}`).expect(200);
  await theirs?.get(`/data-cleanup/${id}`).expect(404);
});

test('others neither see nor remove her never-archive rules', async () => {
  await owner
    .post('/data-cleanup/rules')
    .type('form')
    .send({ pattern: 'kept@outside.example' })
    .expect(303);
  const rule = await web.db('never_archive_rules').where({ user_id: olga.id }).first('id');
  const number = rule?.id ?? 0;
  for (const [name, agent] of Object.entries(others)) {
    await agent.post(`/data-cleanup/rules/${number}/remove`).expect(303);
    const pages = name === 'a user' ? [] : ['/admin/rules'];
    // Administrators remove those for all users, and no others.
    if (name !== 'a user') await agent.post(`/admin/rules/${number}/remove`).expect(303);
    for (const page of ['/data-cleanup/rules', ...pages]) {
      expect((await agent.get(page).expect(200)).text).not.toContain('kept@outside.example');
    }
  }
  expect(await web.db('never_archive_rules').where({ id: number })).toHaveLength(1);
  expect((await owner.get('/data-cleanup/rules').expect(200)).text).toContain(
    'kept@outside.example',
  );
});

test('others open no notice of hers, and none goes or turns read by them', async () => {
  const notice = await web.db('notices').where({ user_id: olga.id }).first('id');
  expect(notice).toBeDefined();
  for (const agent of Object.values(others)) {
    await agent.get(`/inbox/${notice?.id ?? 0}/open`).expect(404);
    await agent
      .post('/inbox/read')
      .type('form')
      .send({ id: String(notice?.id) });
    await agent.post('/inbox/read').type('form').send({ kind: 'unmatched' });
  }
  const after = await web.db('notices').where({ id: notice?.id ?? 0 });
  expect(after).toMatchObject([{ user_id: olga.id, read_at: null }]);
});

test('others change none of her addresses by way of their own profile', async () => {
  const address = await web.db('user_addresses').where({ user_id: olga.id }).first('id');
  for (const agent of Object.values(others)) {
    for (const action of ['primary', 'remove', 'send']) {
      // They are told that there is none of theirs.
      await agent.post(`/profile/addresses/${address?.id ?? 0}/${action}`).expect(303, /profile/);
    }
  }
  const after = await web.db('user_addresses').where({ user_id: olga.id });
  expect(after).toMatchObject([{ address: olga.address, is_primary: true }]);
});

/** What decisions could change. */
async function snapshot() {
  return {
    emails: await web
      .db('emails')
      .orderBy('id')
      .select('id', 'owner_id', 'state', 'visibility', 'decision_id'),
    links: await web.db('email_people').orderBy(['email_id', 'person_id']).select(),
    addresses: await web.db('person_addresses').orderBy('id').select('id', 'address'),
    people: await web.db('people').count(),
    decisions: await web.db('decisions').count(),
    rules: await web.db('never_archive_rules').orderBy('id').select('id', 'user_id', 'pattern'),
  };
}
