import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ARCHIVE } from '../../support/filing-bench.ts';
import {
  attachmentPart,
  buildMail,
  inlineImagePart,
  messagePart,
  multipart,
  textPart,
  type Field,
  type Part,
} from '../../support/mail-builder.ts';
import { createRealFiling, type RealFiling } from '../../support/real-filing.ts';
import { startTestWeb, type Agent, type TestUser, type TestWeb } from '../../support/web.ts';

let web: TestWeb;
let filing: RealFiling;
let dana: TestUser;
let agent: Agent;
let other: Agent;
let jane: number;
let count = 0;

const JANE = 'jane.roe@acme.example';
const PNG = Buffer.from('\x89PNG\r\n\x1a\nand more', 'latin1');

beforeAll(async () => {
  web = await startTestWeb();
  filing = await createRealFiling(web.db);
  dana = await web.addUser('Dana Kim');
  agent = await web.signIn(dana);
  other = await web.signIn(await web.addUser('Tom Hale', 'super-administrators'));
  jane = await filing.person(JANE);
  await web.db('people').where({ id: jane }).update({ first_name: 'Jane', last_name: 'Roe' });
});
afterAll(async () => {
  await filing.close();
  await web.close();
});

async function file(fields: readonly Field[] = [], part: Part = textPart('Hello')) {
  count += 1;
  const given = new Map<string, Field[1]>([
    ['From', dana.address],
    ['To', JANE],
    ['Message-ID', `<${count}@northquay.example>`],
    ['Subject', `Chairs ${count}`],
    ...fields,
  ]);
  const emails = await filing.file(buildMail([...given], part));
  const [email] = emails;
  const ledger = await web.db('inbound_messages').orderBy('id', 'desc').first();
  if (!email) throw new Error(`Not filed: ${ledger?.error ?? ledger?.reason}`);
  return { id: email.id, emails };
}

const withFiles = multipart('mixed', [
  textPart('See the files'),
  inlineImagePart({ fileName: 'a.png', contentType: 'image/png', content: PNG, contentId: 'a@b' }),
  attachmentPart({ fileName: 'b.html', contentType: 'text/html', content: Buffer.from('<b>') }),
]);

async function addressesOf(id: number): Promise<string[]> {
  const files = await web.db('attachments').where({ email_id: id }).orderBy('id').select('id');
  const [picture, page] = files.map((row) => `/emails/${id}/attachments/${row.id}`);
  return [`/emails/${id}`, `/emails/${id}/body`, `${page}`, `${picture}/picture`];
}

const plain = (html: string) =>
  html
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ')
    .replaceAll('&#39;', "'");

describe('who sees an email', () => {
  test('what is shared, everybody; what waits or is private, its owner alone', async () => {
    const shared = (await file([], withFiles)).id;
    for (const path of [...(await addressesOf(shared)), `/emails/${shared}/original`]) {
      await agent.get(path).expect(200);
      await other.get(path).expect(200);
    }
    const waiting = (await file([['To', 'x@nowhere.example']], withFiles)).id;
    await other
      .post(`/emails/${shared}/visibility`)
      .type('form')
      .send({ visibility: 'private' })
      .expect(404);
    await agent
      .post(`/emails/${shared}/visibility`)
      .type('form')
      .send({ visibility: 'open' })
      .expect(400);
    await agent
      .post(`/emails/${shared}/visibility`)
      .type('form')
      .send({ visibility: 'private' })
      .expect(303);
    const { text: said } = await agent.get(`/emails/${shared}`);
    expect(plain(said)).toContain('Only you see this email now.');
    for (const id of [shared, waiting]) {
      for (const path of [...(await addressesOf(id)), `/emails/${id}/original`]) {
        await agent.get(path).expect(200);
        await other.get(path).expect(404);
        await web.visitor().get(path).expect(303);
      }
      const form = { personId: String(jane), address: JANE };
      await other.post(`/emails/${id}/address`).type('form').send(form).expect(404);
      const { text } = await other.get('/emails');
      expect(text).not.toContain(`/emails/${id}"`);
    }
  });

  test('an attachment of one email is not had through another', async () => {
    const mine = (await file([['To', 'x@nowhere.example']], withFiles)).id;
    const shared = (await file()).id;
    const row = await web.db('attachments').where({ email_id: mine }).first('id');
    await agent.get(`/emails/${shared}/attachments/${row?.id}`).expect(404);
    await other.get(`/emails/${shared}/attachments/${row?.id}/picture`).expect(404);
  });

  test('an original that tells more than its email is its owner’s', async () => {
    const bcc = (await file([['Bcc', `${ARCHIVE}, hidden@secret.example`]])).id;
    const inner = (to: string) =>
      buildMail(
        [
          ['From', to],
          ['To', dana.address],
          ['Subject', to],
        ],
        textPart(to),
      );
    const forward = multipart('mixed', [
      textPart('Two'),
      messagePart(inner(JANE)),
      messagePart(inner('x@nowhere.example')),
    ]);
    const { emails } = await file([['To', ARCHIVE]], forward);
    expect(emails.map(({ state }) => state)).toEqual(['archived', 'unmatched']);
    const archived = emails[0]?.id ?? 0;
    for (const id of [bcc, archived]) {
      await other.get(`/emails/${id}`).expect(200);
      await other.get(`/emails/${id}/original`).expect(404);
      await agent.get(`/emails/${id}/original`).expect(200);
    }
    await other.get(`/emails/${emails[1]?.id}`).expect(404);
    expect((await other.get(`/emails/${bcc}`)).text).not.toContain('hidden@secret.example');
    expect((await agent.get(`/emails/${bcc}`)).text).toContain('hidden@secret.example');
  });
});

describe('whose address is this?', () => {
  test('added to a record, other mail comes along; undone, all is as before', async () => {
    const address = `office${count}@acme.example`;
    const { id } = await file([['Cc', address]]);
    const along = (await file([['To', address]])).id;
    const { text: asked } = await agent.get(`/emails/${id}?who=${address}&q=Roe`).expect(200);
    expect(asked).toContain(`value="${jane}"`);
    expect(asked).toContain(`/contacts/new?firstName=`);
    const form = { personId: String(jane), address };
    const post = () => agent.post(`/emails/${id}/address`).type('form');
    await post().send({ address }).expect(422);
    await post()
      .send({ ...form, personId: '2000000000' })
      .expect(422);
    await post()
      .send({ ...form, address: 'x@y.example' })
      .expect(422);
    await post().send(form).expect(303);
    const { text: done } = await agent.get(`/emails/${id}`).expect(200);
    expect(plain(done)).toContain(
      `${address} is an address of Jane Roe now, and the email is linked. 1 other email came along.`,
    );
    expect((await web.db('emails').where({ id: along }).first())?.state).toBe('archived');
    const undo = /action="(\/decisions\/\d+\/undo)"/.exec(done)?.[1] ?? '';
    await agent.post(undo).type('form').send({}).expect(303);
    expect(await web.db('person_addresses').where({ address })).toEqual([]);
    expect((await web.db('emails').where({ id: along }).first())?.state).toBe('unmatched');
    expect((await web.db('emails').where({ id }).first())?.state).toBe('archived');
  });
});

describe('the list', () => {
  const find = async (query: string, who = agent) =>
    [
      ...(await who.get(`/emails?${query}`).expect(200)).text.matchAll(/href="\/emails\/(\d+)"/g),
    ].map((match) => Number(match[1]));

  test('is searched by subject, text, people and files, each word by its beginning', async () => {
    const part = multipart('mixed', [
      textPart('The Zimtstern recipe, 椅子を四十脚 ordered'),
      attachmentPart({
        fileName: 'Quarzuhr-2026.pdf',
        contentType: 'application/pdf',
        content: PNG,
      }),
    ]);
    const { id } = await file(
      [
        ['Subject', 'Mandelhörnchen & more'],
        ['Cc', '"Petra Xaver" <px@yonder.example>'],
      ],
      part,
    );
    for (const q of [
      'zimtst',
      'MANDELHÖRN',
      'mandel zimt',
      'petra',
      'yonder',
      'px@yonder.example',
      'quarzuhr',
      '四十',
      "zimtstern' | recipe",
    ]) {
      expect(await find(`q=${encodeURIComponent(q)}`), q).toEqual([id]);
      expect(await find(`q=${encodeURIComponent(q)}`, other), q).toEqual([id]);
    }
    for (const q of ['zimtstern walnut', 'imtstern', '十四', '&', "':*", '\\', '(((']) {
      expect(await find(`q=${encodeURIComponent(q)}`), q).toEqual([]);
    }
    expect(await find('q=zimtstern&files=1')).toEqual([id]);
    expect(await find('q=zimtstern&mine=1')).toEqual([id]);
    expect(await find('q=zimtstern&mine=1', other)).toEqual([]);
    const { text } = await agent.get('/emails?q=nothing-like-it').expect(200);
    expect(plain(text)).toContain('No email found');
  });

  test('is narrowed to what waits, in pages that keep the filter', async () => {
    const words = `Walnut${count}`;
    const { id } = await file([['Subject', words]], textPart('Filed at once'));
    const waits = await file(
      [
        ['Subject', words],
        ['To', 'nobody@nowhere.example'],
      ],
      textPart('Waits'),
    );
    expect((await find(`q=${words}`)).sort()).toEqual([id, waits.id].sort());
    expect(await find(`q=${words}&waiting=1`)).toEqual([waits.id]);
    expect(await find(`q=${words}&waiting=1`, other)).toEqual([]);
    const { text } = await agent.get('/emails?waiting=1').expect(200);
    expect(text).toContain('name="waiting" value="1" checked');
  });

  test('has pages, newest first, and days', async () => {
    const ids: number[] = [];
    for (let at = 0; at < 28; at += 1) {
      const date = `${String((at % 9) + 1).padStart(2, '0')} Mar 2019 10:00:00 +0000`;
      ids.push(
        (
          await file([
            ['Date', date],
            ['Subject', `Paged`],
          ])
        ).id,
      );
    }
    const order = await web
      .db('emails')
      .whereIn('id', ids)
      .orderBy([
        { column: 'sent_at', order: 'desc' },
        { column: 'id', order: 'desc' },
      ])
      .select('id');
    const sorted = order.map(({ id }) => id);
    const first = await find('q=paged');
    expect(first).toEqual(sorted.slice(0, 25));
    expect(await find(`q=paged&before=${first.at(-1)}`)).toEqual(sorted.slice(25));
    expect(await find(`q=paged&after=${sorted[25]}`)).toEqual(sorted.slice(0, 25));
    const days = await find('q=paged&from=2019-03-02&until=2019-03-03');
    expect(days).toHaveLength(6);
    for (const odd of ['from=2019-13-40', 'q[]=x', 'before=x', 'q=%00', 'until=x&after=-1']) {
      await agent.get(`/emails?${odd}`).expect(200);
    }
  });

  test('a mail of the most different words there can be is filed', async () => {
    let word = 0x20000;
    const text = Array.from({ length: 60_000 }, () => String.fromCodePoint((word += 1))).join(' ');
    const hosts = Array.from(
      { length: 9_000 },
      (_, at) => `h${at}.example/p${at}?q=${at}-${at}`,
    ).join(' ');
    expect((await file([], textPart(text))).id).toBeGreaterThan(0);
    expect((await file([], textPart(hosts))).id).toBeGreaterThan(0);
    expect((await file([], textPart('x'.repeat(500_000)))).id).toBeGreaterThan(0);
  });
});
