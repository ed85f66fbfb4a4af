import { domainToASCII } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildMail, textPart } from '../../support/mail-builder.ts';
import { createRealFiling, type RealFiling } from '../../support/real-filing.ts';
import { startTestWeb, type Agent, type TestUser, type TestWeb } from '../../support/web.ts';

const JANE = 'jane@acme.example';
/** acme.example with a Cyrillic first letter. */
const LOOKALIKE = domainToASCII('аcme.example');

/** No record's, with a Cyrillic letter too. */
const STRANGE = domainToASCII('nоbody.example');

let web: TestWeb;
let filing: RealFiling;
let dana: TestUser;
let agent: Agent;
let count = 0;

beforeAll(async () => {
  web = await startTestWeb();
  filing = await createRealFiling(web.db);
  dana = await web.addUser('Dana Kim');
  agent = await web.signIn(dana);
  await filing.person(JANE);
});
afterAll(async () => {
  await filing.close();
  await web.close();
});

async function file(to: string) {
  count += 1;
  const fields = [
    ['Message-ID', `<${count}@northquay.example>`],
    ['From', dana.address],
    ['To', to],
    ['Subject', `Chairs ${count}`],
  ] as const;
  const [email] = await filing.file(buildMail([...fields], textPart('Hello')));
  if (!email) throw new Error('The mail was not filed.');
  return email;
}

const plain = (html: string) => html.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
const page = async (path: string) => plain((await agent.get(path).expect(200)).text);

test.each([
  [
    'a name that shows another address',
    `"jane@bank.example" <x@evil.example>`,
    'The name shows jane@bank.example, but the address is x@evil.example.',
  ],
  [
    'an address that looks like that of a record',
    `jane@${LOOKALIKE}`,
    `This address looks like ${JANE}, and is another one.`,
  ],
  [
    'an address with "rn" for the "m" of that of a record',
    'jane@acrne.example',
    `This address looks like ${JANE}, and is another one.`,
  ],
  [
    'a domain that looks like that of a record',
    'billing@acrne.example',
    'The domain of this address looks like acme.example, and is another one.',
  ],
  [
    'a domain that looks like that of a user',
    'billing@n0rthquay.example',
    'The domain of this address looks like northquay.example, and is another one.',
  ],
  [
    'an address of letters of two alphabets',
    `nobody@${STRANGE}`,
    'Letters of different alphabets are mixed in this address',
  ],
])('%s is marked on the email and in Data Cleanup', async (_name, to, says) => {
  const { id } = await file(to);
  expect(await page(`/emails/${id}`)).toContain(says);
  expect(await page(`/data-cleanup/${id}`)).toContain(says);
});

test('an address that looks like one of somebody else on the mail is marked', async () => {
  const { id } = await file(`${JANE}, jane@acrne.example`);
  expect(await page(`/emails/${id}`)).toContain(`looks like ${JANE}`);
});

test('honest ones are not marked', async () => {
  const { id } = await file(`"${JANE}" <${JANE}>, Tom <tom@client.example>`);
  expect(await page(`/emails/${id}`)).not.toMatch(/The name shows|looks like|alphabets/);
});

test('a name that shows an address harms nothing', async () => {
  const { id } = await file(`"<script>alert(1)</script> a@b.example" <x@evil.example>`);
  for (const path of [`/emails/${id}`, `/data-cleanup/${id}`]) {
    const { text } = await agent.get(path).expect(200);
    expect(text).toContain('The name shows a@b.example');
    expect(text).not.toContain('<script>alert');
  }
});

test('the list of Data Cleanup says of which mail the sender is doubted, and of no other', async () => {
  const DOUBT = 'Probably not sent by the user whose address it bears';
  const { inbound_message_id: id } = await file('new@client.example');
  const doubts = async () => (await page('/data-cleanup')).split(DOUBT).length - 1;
  for (const verdict of ['none', 'unknown', 'pass', null] as const) {
    await web.db('inbound_messages').where({ id }).update({ verdict });
    expect(await doubts()).toBe(0);
  }
  await web.db('inbound_messages').where({ id }).update({ verdict: 'fail' });
  expect(await doubts()).toBe(1);
});
