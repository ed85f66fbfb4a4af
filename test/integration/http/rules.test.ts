import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createFilingBench, type FilingBench } from '../../support/filing-bench.ts';
import { startTestWeb, type Agent, type TestUser, type TestWeb } from '../../support/web.ts';
import { mail, type MailSketch } from '../../unit/archiving/samples.ts';
import { linksOf, snapshot, stateOf } from '../data-cleanup/decision-tools.ts';
import { emailOf } from '../rematch/rematch-tools.ts';

let web: TestWeb;
let bench: FilingBench;
let dana: TestUser;
let tom: TestUser;
let agent: Agent;
let admin: Agent;
let count = 0;
let domain: string;
let news: string;
let jane: string;

beforeAll(async () => {
  web = await startTestWeb();
  bench = await createFilingBench(web.db);
  tom = await web.addUser('Tom Hale', 'administrators');
  admin = await web.signIn(tom);
});
afterAll(() => web.close());

beforeEach(async () => {
  count += 1;
  domain = `client${count}.example`;
  news = `news@${domain}`;
  jane = `jane@${domain}`;
  dana = await web.addUser(`Dana Kim ${count}`);
  agent = await web.signIn(dana);
});

async function message(sketch: Partial<MailSketch>, owner = dana): Promise<number> {
  const id = await bench.storeMail(mail({ from: [owner.address], ...sketch }));
  await bench.file(id);
  return id;
}
const waiting = async (to: readonly string[], subject: string, owner = dana) =>
  (await emailOf(web.db, await message({ to, subject }, owner))).id;
const outcome = async (sketch: Partial<MailSketch>, owner = dana) => {
  const { outcome: became, reason } = await bench.row(await message(sketch, owner));
  return `${became} ${reason}`;
};
const post = (path: string, form: object, by = agent) => by.post(path).type('form').send(form);
const plain = (html: string) => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
const text = async (path: string, by = agent) => plain((await by.get(path).expect(200)).text);
const removeOf = (html: string) => /action="([^"]*\/rules\/\d+\/remove)"/.exec(html)?.[1] ?? '';
const undoOf = (html: string) => /action="(\/decisions\/\d+\/undo)"/.exec(html)?.[1] ?? '';

describe('a user’s own rules', () => {
  test('are made, listed and removed; they are about the user’s own mail', async () => {
    expect(await text('/data-cleanup/rules')).toContain('No never-archive rules');
    await post('/data-cleanup/rules', { pattern: ` @${domain.toUpperCase()} ` }).expect(303);
    const { text: html } = await agent.get('/data-cleanup/rules').expect(200);
    expect(plain(html)).toContain(`Your mail of ${domain} is not archived any more.`);
    expect(plain(html)).toContain(`everybody at ${domain}`);
    expect(await outcome({ to: [jane], subject: 'a' })).toBe('ignored never-archive-rule');
    expect(await outcome({ to: [jane], subject: 'b' }, tom)).toBe('unmatched no-match');
    await post('/data-cleanup/rules', { pattern: domain }).expect(303);
    expect(await text('/data-cleanup/rules')).toContain(`There is a rule about ${domain} already.`);
    // Nobody removes a colleague's.
    await post(removeOf(html), {}, admin).expect(303);
    expect(await outcome({ to: [jane], subject: 'c' })).toBe('ignored never-archive-rule');
    await post(removeOf(html), {}).expect(303);
    await post(removeOf(html), {}).expect(303);
    expect(await text('/data-cleanup/rules')).toContain('This rule had been removed already.');
    expect(await outcome({ to: [jane], subject: 'd' })).toBe('unmatched no-match');
  });

  test.each([
    ['', 'Enter an address such as'],
    ['Jane Roe', 'Enter an address such as'],
    ['localhost', 'Enter an address such as'],
    ['gmail.com', 'Everybody may have an address at this provider'],
    ['yahoo.co.uk', 'Everybody may have an address at this provider'],
    ['archive@crm.example', 'This would cover the archive address or a user'],
    ['crm.example', 'This would cover the archive address or a user'],
    ['tom.hale@northquay.example', 'This would cover the archive address or a user'],
    ['northquay.example', 'This would cover the archive address or a user'],
  ])('“%s” is refused: %s', async (pattern, says) => {
    const { text: html } = await post('/data-cleanup/rules', { pattern }).expect(422);
    expect(plain(html)).toContain(says);
    expect(await web.db('never_archive_rules').where({ user_id: dana.id })).toEqual([]);
  });

  test('one address at a provider for everybody may be kept out', async () => {
    await post('/data-cleanup/rules', { pattern: `someone${count}@gmail.com` }).expect(303);
    expect(await outcome({ to: [`other${count}@gmail.com`], subject: 'a' })).toMatch('unmatched');
    expect(await outcome({ to: [`someone${count}@gmail.com`], subject: 'b' })).toMatch('ignored');
  });
});

test('rules for all are about everybody’s mail, and the change is noted', async () => {
  await post('/admin/rules', { pattern: news }, admin).expect(303);
  expect(await outcome({ to: [news], subject: 'a' })).toBe('ignored never-archive-rule');
  expect(await outcome({ to: [news], subject: 'b' }, tom)).toBe('ignored never-archive-rule');
  expect(await text('/data-cleanup/rules')).toContain('1 other rule holds for all users');
  const { text: html } = await admin.get('/admin/rules').expect(200);
  expect(html).toContain(news);
  const path = removeOf(html);
  // A user's page removes none of them.
  await post(path.replace('/admin/', '/data-cleanup/'), {}).expect(303);
  expect(await outcome({ to: [news], subject: 'c' })).toMatch('ignored');
  await post(path, {}, admin).expect(303);
  expect(await outcome({ to: [news], subject: 'd' })).toMatch('unmatched');
  const actions = await web.db('audit_log').where({ actor_id: tom.id }).orderBy('id');
  expect(actions.map(({ action, detail }) => [action, detail])).toEqual([
    ['rule.added', { pattern: news }],
    ['rule.removed', { pattern: news }],
  ]);
});

test('the log says which rule it was', async () => {
  await post('/data-cleanup/rules', { pattern: domain }).expect(303);
  const id = await message({ to: [jane, news] });
  const page = await text(`/admin/log/${id}`, admin);
  expect(page).toContain('under a never-archive rule is ignored');
  expect(page).toMatch(new RegExp(`${domain} \\(rule \\d+, the owner(&#39;|')s own\\)`));
});

test('with somebody else who decides, one under a rule is noted and never linked', async () => {
  const janes = await bench.person(jane);
  await post('/data-cleanup/rules', { pattern: jane }).expect(303);
  const joe = `joe@other${count}.example`;
  const id = await waiting([jane, joe], 'Both');
  expect(await stateOf(web.db, id)).toBe('unmatched');
  expect(await text(`/data-cleanup/${id}`)).toContain(`${jane} under a never-archive rule`);
  const joes = await bench.person(joe);
  expect([await stateOf(web.db, id), await linksOf(web.db, id)]).toEqual(['archived', [joes]]);
  expect(await text(`/emails/${id}`)).toContain('under a never-archive rule');
  expect(await linksOf(web.db, id)).not.toContain(janes);
});

describe('discarding with a rule', () => {
  test('takes along what waits, and undoing it restores all but what was kept out since', async () => {
    const id = await waiting([news], 'First');
    const second = await waiting([jane, news], 'Second');
    const mixed = await waiting([news, `joe@other${count}.example`], 'Mixed');
    const toms = await waiting([news], 'Of Tom', tom);
    const page = await text(`/data-cleanup/${id}`);
    expect(page).toContain(`Never archive ${news}`);
    expect(page).toContain(`Never archive anybody at ${domain} 1 other waiting email goes along.`);
    const before = await snapshot(web.db);
    await post(`/data-cleanup/${id}/discard`, { never: domain }).expect(303);
    const states = async () =>
      await Promise.all([id, second, mixed, toms].map((one) => stateOf(web.db, one)));
    expect(await states()).toEqual(['discarded', 'discarded', 'unmatched', 'unmatched']);
    const { text: html } = await agent.get('/data-cleanup').expect(200);
    expect(plain(html)).toContain(
      `Discarded, with 1 other email. Your mail of ${domain} is not archived any more.`,
    );
    expect(await outcome({ to: [news], subject: 'Later' })).toBe('ignored never-archive-rule');
    const { headers } = await post(undoOf(html), {}).expect(303);
    const said = await text(String(headers.location));
    expect(said).toContain('1 other email that had come along was taken back');
    expect(said).toContain(`The rule about ${domain} is taken back. 1 message that it kept out`);
    expect(await snapshot(web.db)).toEqual(before);
    expect(await web.db('never_archive_rules').where({ user_id: dana.id })).toEqual([]);
    expect(await outcome({ to: [news], subject: 'Much later' })).toBe('unmatched no-match');
  });

  test('one that was there before stays when it is undone', async () => {
    const id = await waiting([news], 'First');
    await post('/data-cleanup/rules', { pattern: news }).expect(303);
    await post(`/data-cleanup/${id}/discard`, { never: news }).expect(303);
    await post(undoOf((await agent.get('/data-cleanup')).text), {}).expect(303);
    expect(await stateOf(web.db, id)).toBe('unmatched');
    expect(await web.db('never_archive_rules').where({ user_id: dana.id })).toHaveLength(1);
  });

  test.each(['elsewhere.example', 'northquay.example', 'gmail.com', 'x', '%00'])(
    'no rule about %s comes of it',
    async (never) => {
      const id = await waiting([jane, 'someone@gmail.com'], `Mail ${never}`);
      await post(`/data-cleanup/${id}/discard`, { never }).expect(303);
      expect(await text(`/data-cleanup/${id}`)).toContain('No never-archive rule can be made');
      expect(await stateOf(web.db, id)).toBe('unmatched');
      expect(await web.db('never_archive_rules').where({ user_id: dana.id })).toEqual([]);
    },
  );
});
