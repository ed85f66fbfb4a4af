import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { startTestSite, type TestSite } from '../../support/browser.ts';
import { createFilingBench, type FilingBench } from '../../support/filing-bench.ts';
import { lookAt, type Sight } from '../../support/look.ts';
import type { TestUser } from '../../support/web.ts';
import { mail } from '../../unit/archiving/samples.ts';

const LONG = 'Wolfeschlegelsteinhausenbergerdorff'.repeat(5);
const HOSTILE = '\u202egnp.exe<img src=x onerror=alert(1)>';
const ARABIC = 'محمد بن سلمان';

let site: TestSite;
let bench: FilingBench | undefined;
let dana: TestUser;
let tom: TestUser;
let admin: TestUser;

beforeAll(async () => {
  site = await startTestSite();
  dana = await site.addUser('Dana Kim');
  tom = await site.addUser('Tom Hale');
  admin = await site.addUser('Ada Admin', 'administrators');
});
afterAll(async () => {
  await site.close();
});

async function look(sight: Omit<Sight, 'user'> & Partial<Pick<Sight, 'user'>>): Promise<void> {
  const prepare = async (page: Page) => {
    await sight.prepare?.(page);
    // A page that failed has no problems of its own.
    expect(await page.textContent('h1')).not.toBe('Something went wrong');
  };
  expect(await lookAt(site, { user: dana, ...sight, prepare })).toEqual([]);
}

async function insert(columns: object, ...addresses: string[]): Promise<number> {
  const [row] = await site
    .db('people')
    .insert({ kind: 'contact', first_name: 'Jane', last_name: 'Roe', ...columns })
    .returning('id');
  const id = row?.id ?? 0;
  for (const [index, address] of addresses.entries()) {
    await site.db('person_addresses').insert({ person_id: id, address, is_primary: index === 0 });
  }
  return id;
}

async function account(name: string): Promise<number> {
  const old = await site.db('accounts').where({ name }).first('id');
  if (old) return old.id;
  return (await site.db('accounts').insert({ name }).returning('id'))[0]?.id ?? 0;
}

test('lists that are empty', async () => {
  await look({ name: 'people-empty', path: '/contacts' });
  await look({ name: 'people-leads-empty', path: '/leads' });
  await look({ name: 'people-bin-empty', path: '/people/bin' });
  const id = await insert({}, 'nobody@client.example');
  await look({ name: 'person-no-mailbox', path: `/people/${id}` });
  bench = await createFilingBench(site.db);
  await look({ name: 'person-no-mail', path: `/people/${id}` });
});

test('lists that are full, with names of every kind', async () => {
  const harbour = await account('Harbour Ltd');
  const long = await account(`${LONG} & Sons`);
  for (let n = 0; n < 30; n += 1) {
    await insert(
      { first_name: `Anna ${n}`, last_name: 'Berg', account_id: harbour, title: 'Head of Buying' },
      `anna${n}@harbour.example`,
    );
  }
  await insert(
    { first_name: LONG, last_name: LONG, account_id: long, title: LONG, phone: '1'.repeat(100) },
    `${'a'.repeat(64)}@${'b'.repeat(60)}.example`,
  );
  await insert({ first_name: HOSTILE, last_name: '' }, 'hostile@client.example');
  await insert({ first_name: ARABIC, last_name: '', title: 'مدير' }, 'arab@client.example');
  await insert({ first_name: '', last_name: '李小龍', phone: '+852 5550 1234' });
  await insert({ first_name: '', last_name: '' });
  await look({ name: 'people-full', path: '/contacts' });
  await look({ name: 'people-end', path: '/contacts?q=a&before=2147483647' });
  await look({ name: 'people-odd', path: `/contacts?q=${encodeURIComponent('client')}` });
  await look({ name: 'people-long', path: `/contacts?q=${LONG.slice(0, 50)}` });
  await look({ name: 'people-none', path: '/contacts?q=nobody+there' });
});

/** Sends the form. Its first button, for Enter in a field, is not to be seen. */
async function send(page: Page): Promise<void> {
  await Promise.all([page.waitForLoadState('load'), page.click('.card-footer button')]);
}

test('the forms', async () => {
  await insert({ first_name: HOSTILE, last_name: '' }, 'duplicate@client.example');
  await look({ name: 'person-new', path: '/contacts/new?firstName=Jane&address=jane@new.example' });
  await look({
    name: 'person-errors',
    path: '/leads/new',
    prepare: async (page) => {
      await page.fill('#address-0', 'not an address');
      await page.fill('#phone', '1'.repeat(101));
      await send(page);
      await page.waitForSelector('.is-invalid');
    },
  });
  await look({
    name: 'person-duplicate',
    path: '/contacts/new',
    prepare: async (page) => {
      await page.fill('#lastName', 'Somebody');
      await page.fill('#address-0', 'duplicate@client.example');
      await send(page);
      await page.waitForSelector('text=Create anyway');
    },
  });
  const id = await insert(
    { first_name: ARABIC, last_name: LONG },
    'one@form.example',
    'two@form.example',
  );
  await look({ name: 'person-edit', path: `/people/${id}/edit` });
  await look({
    name: 'person-changed',
    path: `/people/${id}/edit`,
    prepare: async (page) => {
      await site
        .db('people')
        .where({ id })
        .update({
          title: `Director ${Math.random()}`,
          updated_by: tom.id,
          updated_at: site.db.fn.now(),
        });
      await page.fill('#title', 'Mine');
      await page.fill('#account', `${LONG} & Co`);
      await send(page);
      await page.waitForSelector('text=Tom Hale changed this record');
    },
  });
});

test('a record with 60 mails', async () => {
  const domain = `${randomUUID().slice(0, 8)}.example`;
  const id = await insert(
    {
      title: 'Buyer',
      account_id: await account(`Firm of ${Math.random()}`),
      note: 'Prefers calls.\nNot on Mondays.',
    },
    `jane@${domain}`,
    `home@${domain}`,
  );
  bench ??= await createFilingBench(site.db);
  const ids: number[] = [];
  for (let n = 0; n < 60; n += 1) {
    const to =
      n % 3 === 0
        ? [dana.address]
        : [
            `jane@${domain}`,
            'x@client.example',
            'y@client.example',
            'z@client.example',
            'w@client.example',
          ];
    ids.push(
      await bench.storeMail(
        mail({
          from: [dana.address],
          to,
          subject: n === 1 ? HOSTILE : n === 2 ? LONG : `Chairs, part ${n}`,
          messageId: `<${n}@${domain}>`,
          text: `Dear Jane, about the chairs (${n})\n\n${'We can send them. '.repeat(20)}`,
        }),
      ),
    );
  }
  await bench.file(...ids);
  await site.db.raw(`update emails set sent_at = now() - (id % 60) * interval '7 hours'`);
  await site.db.raw(
    'update email_people l set sent_at = e.sent_at from emails e where e.id = l.email_id',
  );
  const twin = await bench.storeMail(
    mail({
      from: [tom.address],
      to: [`jane@${domain}`],
      subject: 'Chairs, part 59',
      messageId: `<59@${domain}>`,
    }),
  );
  await bench.file(twin);
  await site.db.raw(
    `update emails e set sent_at = o.sent_at from emails o where e.inbound_message_id = ? and o.message_id = ? and o.id <> e.id`,
    [twin, `<59@${domain}>`],
  );
  await site.db.raw(
    'update email_people l set sent_at = e.sent_at from emails e where e.id = l.email_id',
  );
  await look({ name: 'person-timeline', path: `/people/${id}` });
  const page = await site.open(dana, { javaScriptEnabled: false });
  await page.goto(`${site.url}/people/${id}`);
  await page.click('a[rel=next]');
  const older = new URL(page.url());
  await page.context().close();
  await look({ name: 'person-older', path: older.pathname + older.search });
  await site.db('people').where({ id }).update({ kind: 'lead' });
  await look({ name: 'person-lead', path: `/people/${id}` });
});

test('the bin', async () => {
  const deleted = { deleted_at: site.db.fn.now(), deleted_by: tom.id };
  const id = await insert(
    { ...deleted, account_id: await account('Binned Ltd') },
    'bin@client.example',
  );
  await insert({ ...deleted, first_name: LONG, last_name: HOSTILE, kind: 'lead' });
  await insert({ ...deleted, first_name: ARABIC, last_name: '' }, 'arab@bin.example');
  await look({ name: 'people-bin', path: '/people/bin' });
  await look({ name: 'people-bin-admin', path: '/people/bin', user: admin });
  await look({ name: 'person-in-bin', path: `/people/${id}`, user: admin });
  await look({ name: 'person-for-ever', path: `/people/${id}/delete-for-ever`, user: admin });
});

test.each([
  ['with scripts', true],
  ['without scripts', false],
])('a record is made, changed, deleted and restored, %s', async (_how, javaScriptEnabled) => {
  const page = await site.open(dana, { javaScriptEnabled, viewport: { width: 360, height: 800 } });
  const domain = `${randomUUID()}.example`;
  const name = `Flow ${domain}`;
  await page.goto(`${site.url}/leads/new`);
  await page.fill('#lastName', name);
  await page.fill('#address-0', `first@${domain}`);
  await page.fill('#address-1', `second@${domain}`);
  await page.click('button[value=more]');
  await page.waitForSelector('#address-2');
  await page.fill('#address-2', `third@${domain}`);
  await page.check('input[name=primary][value="2"]');
  await page.click('button[value=remove-0]');
  await page.waitForSelector(`#address-0[value="second@${domain}"]`);
  // Enter saves; it neither adds nor removes a row.
  await page.focus('#lastName');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/people\/\d+$/);
  expect(await page.textContent('h1')).toBe(name);
  const addresses = await page.locator('.person-details li a').allTextContents();
  expect(addresses).toEqual([`third@${domain}`, `second@${domain}`]);

  await page.click('button[aria-label="Convert to contact"]');
  await page.waitForSelector('text=is a contact now');
  await page.click('a:has-text("Edit")');
  await page.fill('#title', 'Buyer');
  await page.click('.card-footer button');
  await page.waitForSelector('text=Saved.');
  await page.click('button[aria-label="Delete"]');
  await page.waitForSelector(`text=${name} is in the bin`);
  await page.click('[data-undo]');
  await page.waitForSelector(`text=Restored ${name}`);
  await page.context().close();
});

test('companies are offered while one types', async () => {
  await account('Zanzibar Trading');
  for (let n = 0; n < 100; n += 1) await account(`Aardvark ${n}`);
  const page = await site.open(dana);
  await page.goto(`${site.url}/contacts/new`);
  const options = page.locator('#accounts option');
  expect(await options.count()).toBe(100);
  await page.locator('#account').pressSequentially('zanz');
  await page.waitForSelector('#accounts option[value="Zanzibar Trading"]', { state: 'attached' });
  expect(await options.count()).toBe(1);
  expect(await page.inputValue('#account')).toBe('zanz');
  await page.context().close();
});
