import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MailHeader } from '../../../src/archiving/parsed-mail.ts';
import { requestSuggestions } from '../../../src/suggestions/pending-store.ts';
import { createSuggester } from '../../../src/suggestions/suggest-after-filing.ts';
import { suggestPending } from '../../../src/suggestions/suggest-pending.ts';
import { createFilingBench, type FilingBench } from '../../support/filing-bench.ts';
import { watchStatements } from '../../support/watch-statements.ts';
import { startTestWeb, type Agent, type TestUser, type TestWeb } from '../../support/web.ts';
import { mail } from '../../unit/archiving/samples.ts';
import { linksOf, stateOf } from '../data-cleanup/decision-tools.ts';
import { emailOf } from '../rematch/rematch-tools.ts';

let web: TestWeb;
let bench: FilingBench;
let dana: TestUser;
let tom: TestUser;
let agent: Agent;
let tomsAgent: Agent;
let count = 0;

beforeAll(async () => {
  web = await startTestWeb();
  bench = await createFilingBench(web.db);
  dana = await web.addUser('Dana Kim');
  tom = await web.addUser('Tom Hale', 'super-administrators');
  agent = await web.signIn(dana);
  tomsAgent = await web.signIn(tom);
});
afterAll(() => web.close());

/** Files a mail of a user's. @returns the number of the email. */
async function file(header: Partial<MailHeader>, owner = dana): Promise<number> {
  count += 1;
  const drawn = mail({ from: [owner.address], subject: `Mail ${count}` });
  const messageId = `<${count}@suggestions.test>`;
  const id = await bench.storeMail({ ...drawn, header: { ...drawn.header, messageId, ...header } });
  await bench.file(id);
  return (await emailOf(web.db, id)).id;
}

async function person(address: string, first_name: string, last_name: string): Promise<number> {
  const id = await bench.person(address);
  await web.db('people').where({ id }).update({ first_name, last_name });
  return id;
}

const silent = { error: () => undefined };
const suggest = async () => {
  await suggestPending({ db: web.db, log: silent });
};
const to = (name: string, address: string) => ({ to: [{ name, address }] });
const plain = (html: string) => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
const page = async (id: number, by = agent) =>
  (await by.get(`/data-cleanup/${id}`).expect(200)).text;
/** The records that a page suggests, before those that are found by the name, in order. */
const offered = (html: string) =>
  [
    ...(html.split('id="q"')[0] ?? '').matchAll(
      /<button[^>]* name="personId" value="(\d+)"[^>]*data-suggestion/g,
    ),
  ].map(([, id]) => Number(id));

describe('suggestions', () => {
  test('come with the mail, with their reasons, and one click links and adds the address', async () => {
    const jane = await person('jane.roe@joinery.test', 'Jane', 'Roe');
    await person('piers@odell.test', 'Piers', 'Odell');
    const email = await file(to('Roe, Jane', 'janeroe77@gmail.com'));
    expect(offered(await page(email))).toEqual([]);
    await suggest();
    const html = await page(email);
    expect(offered(html)).toEqual([jane]);
    expect(plain(html)).toContain('Who it may be Jane Roe Contact jane.roe@joinery.test same name');
    await agent
      .post(`/data-cleanup/${email}/link`)
      .type('form')
      .send({ address: 'janeroe77@gmail.com', personId: jane, add: 'yes' })
      .expect(303);
    expect(await linksOf(web.db, email)).toEqual([jane]);
    const addresses = await web.db('person_addresses').where({ person_id: jane }).pluck('address');
    expect(addresses).toContain('janeroe77@gmail.com');
  });

  test('say nothing where nobody fits', async () => {
    const email = await file(to('Ottfried Kleinschmidt', 'ottfried@teichbau.test'));
    await suggest();
    const html = await page(email);
    expect(html).not.toContain('Who it may be');
    expect(offered(html)).toEqual([]);
  });

  test('are made again when a record gains the name, is renamed, deleted, restored', async () => {
    const email = await file(to('Solveig Berentzen', 'solveig@kaffee.test'));
    await suggest();
    expect(offered(await page(email))).toEqual([]);
    const id = await person('ott@roesterei.test', 'Solveig', 'Berentzen');
    await suggest();
    expect(offered(await page(email))).toEqual([id]);
    await web.db('people').where({ id }).update({ deleted_at: new Date() });
    expect(offered(await page(email))).toEqual([]);
    await suggest();
    expect(await web.db('email_suggestions').where({ person_id: id })).toEqual([]);
    await web.db('people').where({ id }).update({ deleted_at: null });
    await suggest();
    expect(offered(await page(email))).toEqual([id]);
    await web.db('people').where({ id }).update({ first_name: 'Gunhild', last_name: 'Tarn' });
    await suggest();
    expect(offered(await page(email))).toEqual([]);
  });

  test('are made again when a record gains an address at the same company', async () => {
    const email = await file(to('', 'einkauf-nord@kork.test'));
    const id = await person('holger@web.de', 'Holger', 'Eggebrecht');
    await suggest();
    expect(offered(await page(email))).toEqual([]);
    await web.db('person_addresses').insert({ person_id: id, address: 'holger@kork.test' });
    await suggest();
    const html = await page(email);
    expect(offered(html)).toEqual([id]);
    expect(plain(html)).toContain('at the same company (kork.test)');
  });

  test('name a conversation that the user may see, and none that somebody else keeps private', async () => {
    const kessler = await person('kessler@glasur.test', 'Irmgard', 'Kessler');
    const seen = await file(
      {
        ...to('', 'kessler@glasur.test'),
        messageId: '<offer12@letterbook.test>',
        subject: 'Offer 12',
      },
      tom,
    );
    const answer = { ...to('', 'tulpe@gmx.de'), references: ['<offer12@letterbook.test>'] };
    const email = await file(answer);
    await suggest();
    const html = await page(email);
    expect(offered(html)).toEqual([kessler]);
    expect(plain(html)).toContain('same conversation as “Offer 12” of');
    // It becomes private afterwards, and it is private from the beginning.
    await web.db('emails').where({ id: seen }).update({ visibility: 'private' });
    const hidden = await page(email);
    expect(offered(hidden)).toEqual([]);
    expect(hidden).not.toContain('Offer 12');
    // Both wait, and are worked out together.
    const later = await file(answer);
    const own = await file(answer, tom);
    await suggest();
    expect(await web.db('email_suggestions').where({ email_id: later })).toEqual([]);
    expect(offered(await page(own, tomsAgent))).toEqual([kessler]);
  });

  test('show nobody else’s waiting email', async () => {
    await person('adele@zwicky.test', 'Adele', 'Zwicky');
    const email = await file(to('Adele Zwicky', 'adele@elsewhere.test'));
    await suggest();
    await tomsAgent.get(`/data-cleanup/${email}`).expect(404);
  });

  test('leave out whom somebody has called the wrong person', async () => {
    const wrong = await person('gwen@attwater.test', 'Gwendolyn', 'Attwater');
    const email = await file(to('Gwendolyn Attwater', 'ga@survey.test'));
    await suggest();
    const send = { address: 'ga@survey.test', personId: wrong };
    await agent.post(`/data-cleanup/${email}/link`).type('form').send(send).expect(303);
    await agent.post(`/emails/${email}/unlink`).type('form').send({ personId: wrong }).expect(303);
    expect(await stateOf(web.db, email)).toBe('unmatched');
    expect(offered(await page(email))).toEqual([]);
  });
});

describe('the work', () => {
  test('asks no more for twenty emails than for one', async () => {
    const statementsFor = async (emails: number): Promise<number> => {
      for (let left = emails; left > 0; left -= 1) {
        await file(to(`Otmar Quendel${left}`, `quendel${emails}-${left}@thymian.test`));
      }
      return (await watchStatements(web.db, suggest)).count;
    };
    await person('quendel@kresse.test', 'Otmar', 'Quendel');
    await suggest();
    expect(await statementsFor(20)).toBe(await statementsFor(1));
  });

  test('gives way to messages that wait to be filed, but not for ever', async () => {
    const email = await file(to('Solveig Berentzen', 'solveig2@kaffee.test'));
    const stored = await bench.storeMail(mail({ from: [dana.address] }));
    const pending = () => web.db('pending_suggestions').pluck('email_id');
    const deps = { db: web.db, log: silent };
    await createSuggester(deps)();
    expect(await pending()).toEqual([email]);
    await createSuggester(deps, 0)();
    expect(await pending()).toEqual([]);
    await web.db.transaction((trx) => requestSuggestions(trx, [email]));
    await bench.file(stored);
    await createSuggester(deps)();
    expect(await pending()).toEqual([]);
  });

  test('goes on past an address that is cut within a letter', async () => {
    await person('abc😀dill@koriander.test', 'Wiebke', 'Dill');
    const email = await file(to('Wiebke Dill', 'abc😀kerbel@koriander.test'));
    await suggest();
    expect(offered(await page(email))).toHaveLength(1);
  });

  test('fails for one email alone, is logged and tried again later', async () => {
    const lines: object[] = [];
    await person('k@ahrweiler.test', 'Kunigunde', 'Ahrweiler');
    const broken = await file(to('Kunigunde Ahrweiler', 'broken@ahrweiler.me.test'));
    const fine = await file(to('Kunigunde Ahrweiler', 'fine@ahrweiler.me.test'));
    await web.db.raw(
      `alter table email_suggestions add constraint broken check (email_id <> ${broken})`,
    );
    await suggestPending({ db: web.db, log: { error: (line: object) => void lines.push(line) } });
    expect(lines).toMatchObject([{ email: broken, minutes: 1 }]);
    expect(offered(await page(fine))).toHaveLength(1);
    await web.db.raw('alter table email_suggestions drop constraint broken');
    await web.db.raw('update pending_suggestions set next_try_at = now()');
    await suggest();
    expect(offered(await page(broken))).toHaveLength(1);
    expect(await web.db('pending_suggestions')).toEqual([]);
  });
});
