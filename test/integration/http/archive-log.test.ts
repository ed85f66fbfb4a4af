import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { waitForSender } from '../../../src/ledger/wait-for-sender.ts';
import { createFilingBench, type FilingBench } from '../../support/filing-bench.ts';
import { startTestWeb, type Agent, type TestUser, type TestWeb } from '../../support/web.ts';
import { ARCHIVE, mail, type MailSketch } from '../../unit/archiving/samples.ts';

const JANE = 'jane@client.example';
const STRANGER = 'stranger@elsewhere.example';
const HOSTILE = '<img src=x onerror=alert(1)>"\'';

let web: TestWeb;
let bench: FilingBench;
let users: Record<'dana' | 'tom' | 'admin' | 'root', TestUser>;
let as: Record<'dana' | 'admin' | 'root' | 'tomAsAdmin', Agent>;
/** Messages by what they are. */
const ids: Record<string, number> = {};

async function file(name: string, sketch: MailSketch, columns = {}): Promise<void> {
  const parsed = mail({ messageId: `<${name}@x.example>`, subject: `Subject ${name}`, ...sketch });
  const id = await bench.storeMail(parsed, columns);
  await bench.file(id);
  ids[name] = id;
}

beforeAll(async () => {
  web = await startTestWeb();
  bench = await createFilingBench(web.db);
  await bench.person(JANE);
  const dana = await web.addUser('Dana Kim');
  const tom = await web.addUser('Tom Admin', 'administrators');
  const admin = await web.addUser('Ada Admin', 'administrators');
  const root = await web.addUser('Sue Super', 'super-administrators');
  users = { dana, tom, admin, root };
  as = {
    dana: await web.signIn(dana),
    admin: await web.signIn(admin),
    root: await web.signIn(root),
    tomAsAdmin: await web.signIn(tom),
  };
  await file('archived', { from: [dana.address], to: [JANE] });
  await file('private', { from: [dana.address], to: [JANE], subject: 'Secret plan' });
  await web
    .db('emails')
    .where({ inbound_message_id: ids.private! })
    .update({ visibility: 'private' });
  await file('unmatched', { from: [dana.address], to: ['who@else.example'] });
  await file('rejected', { from: [STRANGER], to: [ARCHIVE], subject: HOSTILE });
  await file('old', { from: [STRANGER], to: [ARCHIVE] }, { stored_at: '2026-01-31T23:30:00Z' });
  await file('quarantined', { from: [STRANGER, JANE], to: [ARCHIVE] });
  await file('ignored', { from: [STRANGER], fields: [['precedence', 'bulk']] });
  await file('toms', { from: [tom.address], to: [JANE] });
  ids.failed = await bench.storeMail(mail({ subject: 'failing' }), {
    state: 'failed',
    failures: 2,
    error: 'Filing it failed: =1+1 no.',
    next_try_at: new Date(Date.now() + 3_600_000),
  });
  ids.waiting = await bench.storeMail(mail({ subject: 'waiting' }));
  const gone = await bench.storeMail(mail());
  await web.db('inbound_messages').where({ id: gone }).update({ state: 'gone' });
});
afterAll(() => web.close());

/** The names of the messages that a page lists, newest first. */
function listed(text: string): string[] {
  const names = new Map(Object.entries(ids).map(([name, id]) => [id, name]));
  const found = [...text.matchAll(/<td[^>]*><a href="\/admin\/log\/(\d+)"/g)];
  return found.map(([, id]) => names.get(Number(id)) ?? `unknown ${String(id)}`);
}

describe('who may', () => {
  test.each<[keyof typeof as, string, string, number]>([
    ['dana', '', '', 403],
    ['dana', '/download', '', 403],
    ['dana', '/', 'archived', 403],
    ['admin', '', '', 200],
    ['admin', '/download', '', 200],
    ['admin', '/', 'unmatched', 200],
    ['root', '/', 'unmatched', 200],
    ['admin', '/original/', 'rejected', 403],
    ['dana', '/original/', 'rejected', 403],
    ['root', '/original/', 'rejected', 200],
    ['root', '/original/', 'quarantined', 200],
    ['root', '/original/', 'unmatched', 404],
    ['root', '/original/', 'archived', 404],
    ['root', '/original/', 'ignored', 404],
    ['root', '/original/', 'waiting', 404],
  ])('%s: %s%s', async (who, path, name, status) => {
    const id = name === '' ? '' : String(ids[name]);
    const url = path === '/original/' ? `/${id}/original` : `${path}${id}`;
    await as[who].get(`/admin/log${url}`).expect(status);
  });

  test('trying again is for administrators', async () => {
    await as.dana.post(`/admin/log/${String(ids.failed)}/try-again`).expect(403);
    await as.admin.post('/admin/log/999999/try-again').expect(404);
    await as.admin.get('/admin/log/999999').expect(404);
    await as.admin.get('/admin/log/x').expect(404);
  });
});

describe('subjects', () => {
  const SECRET: Record<string, string> = { private: 'Secret plan', unmatched: 'Subject unmatched' };
  test.each<[keyof typeof as, string, boolean]>([
    ['admin', 'archived', true],
    ['admin', 'private', false],
    ['admin', 'unmatched', false],
    ['admin', 'rejected', false],
    ['admin', 'ignored', false],
    ['root', 'unmatched', false],
    ['root', 'private', false],
    ['root', 'rejected', true],
    ['root', 'quarantined', true],
    ['tomAsAdmin', 'toms', true],
  ])('%s reads that of the %s one: %s', async (who, name, may) => {
    const subject = SECRET[name] ?? (name === 'rejected' ? '&lt;img src=x' : `Subject ${name}`);
    const pages = [`/admin/log/${String(ids[name])}`, '/admin/log', '/admin/log/download'];
    for (const page of pages) {
      const { text } = await as[who].get(page).expect(200);
      const wanted = page.endsWith('download') ? subject.replace('&lt;', '<') : subject;
      expect(text.includes(wanted), page).toBe(may);
    }
  });
});

describe('filters', () => {
  test.each<[string, string[]]>([
    ['outcome=archived', ['toms', 'private', 'archived']],
    ['outcome=rejected', ['rejected', 'old']],
    ['outcome=waiting', ['waiting', 'failed']],
    ['outcome=failed', ['failed']],
    ['reason=automatic', ['ignored']],
    ['reason=automatic&outcome=ignored', ['ignored']],
    ['reason=owner-does-not-exist&outcome=rejected', ['rejected', 'old']],
    ['reason=no-match&outcome=archived', []],
    [`q=${STRANGER}`, ['ignored', 'quarantined', 'rejected', 'old']],
    [`q=${STRANGER.toUpperCase()}&outcome=ignored`, ['ignored']],
    ['q=who@else.example', ['unmatched']],
    [`q=${JANE}`, ['toms', 'private', 'archived']],
    ['q=%3Ctoms@x.example%3E', ['toms']],
    ['q=toms@x.example', ['toms']],
    ['q=%25', []],
    [`q=${encodeURIComponent("' or 1=1 --")}`, []],
    ['from=2026-01-31&to=2026-01-31', ['old']],
    ['to=2026-01-30', []],
  ])('%s', async (query, expected) => {
    const { text } = await as.admin.get(`/admin/log?${query}`).expect(200);
    expect(listed(text)).toEqual(expected);
    const csv = await as.admin.get(`/admin/log/download?${query}`).expect(200);
    const rows = parse<{ id: string }>(csv.text, { columns: true, bom: true });
    expect(rows.map((row) => Number(row.id))).toEqual(expected.map((name) => ids[name]));
  });

  test('by owner, and by number', async () => {
    const of = await as.admin.get(`/admin/log?owner=${String(users.tom.id)}`).expect(200);
    expect(listed(of.text)).toEqual(['toms']);
    const one = await as.admin.get(`/admin/log?q=%23${String(ids.old)}`).expect(200);
    expect(listed(one.text)).toEqual(['old']);
  });

  test('days are those of the viewer', async () => {
    await web.db('users').where({ id: users.admin.id }).update({ time_zone: 'Europe/Berlin' });
    const { text } = await as.admin.get('/admin/log?from=2026-02-01&to=2026-02-01').expect(200);
    expect(listed(text)).toEqual(['old']);
    await web.db('users').where({ id: users.admin.id }).update({ time_zone: 'UTC' });
  });

  test.each([
    'outcome=nonsense&reason=x&owner=x&from=2026-13-45&to=yesterday&before=x&after=-1',
    'owner=99999999999999999999&q[]=1&q[]=2&before=999999999999999',
    'outcome=archived&outcome=rejected',
    `q=${'x'.repeat(5000)}`,
    'q=%00',
  ])('what is no filter counts as none: %s', async (query) => {
    const { text } = await as.admin.get(`/admin/log?${query}`).expect(200);
    expect(listed(text).length).toBe(Object.keys(ids).length);
  });

  test('says that nothing fits, and that nothing came yet', async () => {
    const { text } = await as.admin.get('/admin/log?q=nobody@x.example').expect(200);
    expect(text).toContain('No message fits');
    expect(text).toContain('href="/admin/log">');
  });
});

describe('pages', () => {
  test('of 50, both ways, with the filter, each message once', async () => {
    const stored = await Promise.all(
      Array.from({ length: 120 }, (_, i) =>
        bench.storeMail(mail({ subject: `many ${String(i)}` })),
      ),
    );
    // All at one moment: the number decides.
    await web
      .db('inbound_messages')
      .whereIn('id', stored)
      .update({ stored_at: new Date('2025-05-05T05:05:05.123Z'), state: 'failed', error: 'x' });
    const read = async (url: string) => {
      const { text } = await as.admin.get(url).expect(200);
      const link = (rel: string) =>
        new RegExp(`rel="${rel}" href="([^"]+)"`).exec(text)?.[1]?.replaceAll('&amp;', '&') ?? null;
      const found = [...text.matchAll(/<td[^>]*><a href="\/admin\/log\/(\d+)"/g)];
      return { ids: found.map(([, id]) => Number(id)), prev: link('prev'), next: link('next') };
    };
    const first = await read('/admin/log?outcome=failed&to=2025-12-31');
    expect(first.prev).toBeNull();
    const second = await read(first.next!);
    const third = await read(second.next!);
    expect(third.next).toBeNull();
    const all = [first, second, third].map((page) => page.ids);
    expect(all.map((page) => page.length)).toEqual([50, 50, 20]);
    expect(all.flat()).toEqual([...stored].sort((a, b) => b - a));
    expect((await read(third.prev!)).ids).toEqual(second.ids);
    const back = await read(second.prev!);
    expect(back.ids).toEqual(first.ids);
    expect(back.prev).toBeNull();
    await web.db('inbound_messages').whereIn('id', stored).update({ state: 'gone' });
  });
});

describe('a message', () => {
  test('says what happened, and shows nothing of hostile text but itself', async () => {
    const { text } = await as.root.get(`/admin/log/${String(ids.rejected)}`).expect(200);
    expect(text).toContain(`No user has the address ${STRANGER}.`);
    expect(text).toContain('because outgoing mail isn&#39;t set up');
    expect(text).toContain('&lt;img src=x onerror=alert(1)&gt;&#34;&#39;');
    expect(text).not.toContain('<img src=x');
  });

  test('leads to the email only where the viewer may see it', async () => {
    const page = async (who: Agent, name: string) =>
      (await who.get(`/admin/log/${String(ids[name])}`).expect(200)).text;
    expect(await page(as.admin, 'archived')).toMatch(/href="\/emails\/\d+"/);
    const hidden = await page(as.admin, 'private');
    expect(hidden).not.toMatch(/href="\/emails\//);
    expect(hidden).toContain('1 email is for its owner&#39;s eyes alone');
    expect(await page(as.root, 'unmatched')).not.toMatch(/href="\/(emails|data-cleanup)\/\d/);
  });

  test('a rejected original is a file that runs nothing', async () => {
    const { headers, body } = (await as.root
      .get(`/admin/log/${String(ids.rejected)}/original`)
      .buffer(true)
      .parse((res, done) => {
        const parts: Buffer[] = [];
        res.on('data', (part: Buffer) => parts.push(part));
        res.on('end', () => done(null, Buffer.concat(parts)));
      })
      .expect(200)) as { headers: Record<string, string>; body: Buffer };
    expect(headers).toMatchObject({
      'content-type': 'message/rfc822',
      'content-disposition': `attachment; filename=message-${String(ids.rejected)}.eml`,
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'content-length': String(body.length),
    });
    expect(body.toString()).toContain('onerror');
    const audit = await web.db('audit_log').where({ action: 'log.original-read' }).orderBy('id');
    expect(audit.at(-1)).toMatchObject({
      actor_id: users.root.id,
      detail: { message: ids.rejected },
    });
  });

  test('that failed is shown with its error and next try, and tried again', async () => {
    const url = `/admin/log/${String(ids.failed)}`;
    const { text } = await as.admin.get(url).expect(200);
    expect(text).toContain('It could not be filed in 2 tries. The next one is on');
    expect(text).toContain('Filing it failed: =1+1 no.');
    await as.admin.post(`${url}/try-again`).expect(303).expect('location', url);
    expect((await as.admin.get(url)).text).toContain('The message is being tried again.');
    await bench.file(ids.failed!);
    expect(await bench.row(ids.failed!)).toMatchObject({ outcome: 'rejected', error: null });
    await as.admin.post(`${url}/try-again`).expect(303);
    expect((await as.admin.get(url)).text).toContain('This message waits for no other try');
  });

  const plain = (html: string) => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

  test('that waits for the DNS has not failed: it waits, and is told when it is tried again', async () => {
    const id = await bench.storeMail(
      mail({ from: ['dns@client.example'], messageId: '<dns@x.example>' }),
    );
    const from = 'dns@client.example';
    await web.db.transaction(async (trx) => {
      await trx('inbound_messages').where({ id }).update({ from_address: from });
      expect(await waitForSender(trx, [id])).toEqual(new Set([id]));
    });
    const list = async (outcome: string) =>
      plain((await as.admin.get(`/admin/log?outcome=${outcome}&q=${from}`).expect(200)).text);
    expect(await list('waiting')).toContain('Waits for the DNS; tried again on');
    expect(await list('failed')).not.toContain('Waits for the DNS');
    const page = plain((await as.admin.get(`/admin/log/${id}`).expect(200)).text);
    expect(page).toContain('The message Waiting');
    expect(page).toContain('It waits for the DNS');
    expect(page).not.toContain('could not be filed');
    const { text: csv } = await as.admin.get(`/admin/log/download?q=${from}`).expect(200);
    expect(csv).toContain(',waiting,');
    await web.db('inbound_messages').where({ id }).update({ next_try_at: new Date() });
    await bench.file(id);
    expect(await bench.row(id)).toMatchObject({ outcome: 'rejected', error: null });
  });

  test.each([
    [{ uidvalidity: 1 }, 'failed', null],
    [{ uidvalidity: 2 }, 'acknowledged', 'quarantined'],
  ])('given up, mailbox at %j: %s', async (mailbox, state, outcome) => {
    await web.db('mailboxes').where({ id: bench.mailboxId }).update(mailbox);
    const rows = await web
      .db('inbound_messages')
      .insert({
        mailbox_id: bench.mailboxId,
        uidvalidity: 1,
        uid: 9000 + mailbox.uidvalidity,
        epoch: 0,
        state: 'acknowledged',
        size: 0,
        outcome: 'quarantined',
        reason: 'could-not-be-fetched',
        acknowledgement: 'left-on-server',
        acknowledged_at: new Date(),
      })
      .returning('id');
    const id = rows[0]!.id;
    await as.admin.post(`/admin/log/${String(id)}/try-again`).expect(303);
    expect(await bench.row(id)).toMatchObject({ state, outcome });
    await web.db('inbound_messages').where({ id }).delete();
  });
});

test('a spreadsheet runs nothing of the download', async () => {
  await file('formula', { from: ['=cmd@evil.example'], to: [ARCHIVE], subject: '=HYPERLINK("x")' });
  const { text, headers } = await as.root.get('/admin/log/download?outcome=rejected').expect(200);
  expect(headers).toMatchObject({
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': 'attachment; filename=archive-log.csv',
  });
  const rows = parse<Record<string, string>>(text, { columns: true, bom: true });
  const row = rows.find(({ id }) => Number(id) === ids.formula);
  expect(row).toMatchObject({ subject: `'=HYPERLINK("x")`, from: `'=cmd@evil.example` });
});
