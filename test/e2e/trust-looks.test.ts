import { domainToASCII } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Outcome, Reason, TrustVerdict } from '../../src/shared/outcome.ts';
import { allowSender } from '../../src/senders/allowed-sender-store.ts';
import { writeTrustSettings } from '../../src/senders/trust-settings.ts';
import { startTestSite, type TestSite } from '../support/browser.ts';
import { lookAt } from '../support/look.ts';
import { buildMail, mailbox, textPart } from '../support/mail-builder.ts';
import { createRealFiling, type RealFiling } from '../support/real-filing.ts';
import type { TestUser } from '../support/web.ts';

const LONG = 'Donaudampfschifffahrtsgesellschaft'.repeat(3);
const QUARANTINE = '/admin/quarantine';

let site: TestSite;
let filing: RealFiling;
let sue: TestUser;
let count = 0;

beforeAll(async () => {
  site = await startTestSite();
  filing = await createRealFiling(site.db);
  sue = await site.addUser('Sue Super', 'administrators', 'super-administrators');
  const jane = await filing.person('jane@acme.example');
  await site.db('people').where({ id: jane }).update({ first_name: LONG, last_name: 'Roe' });
});
afterAll(async () => {
  await filing.close();
  await site.close();
});

/** Files a mail of Sue's; @returns the email, and the message that it came in. */
async function file(to: string, subject: string) {
  count += 1;
  const fields = [
    ['Message-ID', `<${count}@northquay.example>`],
    ['From', mailbox('Sue Super', sue.address)],
    ['To', to],
    ['Subject', subject],
  ] as const;
  const [email] = await filing.file(buildMail([...fields], textPart('Please pay today.')));
  if (!email) throw new Error('The mail was not filed.');
  return { id: email.id, messageId: email.inbound_message_id };
}

async function judge(id: number, verdict: TrustVerdict, held?: [Outcome, Reason]): Promise<void> {
  const [outcome, reason] = held ?? [];
  const why = `It bears no signature, and ${LONG}.example asks that such mail be rejected.`;
  await site
    .db('inbound_messages')
    .where({ id })
    .update({
      verdict,
      trace: JSON.stringify({ steps: [{ step: 'trust', verdict, why }] }) as never,
      ...(outcome === undefined ? {} : { outcome, reason: reason as never }),
    });
}

test('Sender policy, with what was found and who is let in', async () => {
  await writeTrustSettings(site.db, {
    policy: 'warn',
    authservId: 'mx.northquay.example',
    arcSealers: ['lists.example', `${LONG.toLowerCase().slice(0, 60)}.example`],
  });
  await allowSender(site.db, `${LONG.toLowerCase().slice(0, 60)}@partner.example`, sue.id);
  await judge((await file('jane@acme.example', 'Checked')).messageId, 'fail');
  const path = '/admin/email/senders';
  expect(await lookAt(site, { name: 'senders', path, user: sue })).toEqual([]);
});

test('Quarantine: nothing in it, one in it, and that one', async () => {
  const empty = { name: 'quarantine-empty', path: QUARANTINE, user: sue };
  expect(await lookAt(site, empty)).toEqual([]);
  const { messageId } = await file('jane@acme.example', `Pay ${LONG}`);
  await judge(messageId, 'fail', ['quarantined', 'sender-not-trusted']);
  expect(await lookAt(site, { ...empty, name: 'quarantine-list' })).toEqual([]);
  const path = `${QUARANTINE}/${messageId}`;
  expect(await lookAt(site, { name: 'quarantine-message', path, user: sue })).toEqual([]);
});

test('an email whose sender is doubted, on a record with a long name, and a deceiving one', async () => {
  const deceiving = `"jane@${'x'.repeat(60)}.example" <x@evil.example>`;
  const { id, messageId } = await file(`jane@acme.example, ${deceiving}`, 'Doubted');
  await judge(messageId, 'fail');
  const path = `/emails/${id}`;
  expect(await lookAt(site, { name: 'email-doubted', path, user: sue })).toEqual([]);
});

test('Data Cleanup with such a mail', async () => {
  const address = `jane@${domainToASCII('аcme.example')}`;
  const { id, messageId } = await file(`"jane@bank.example" <${address}>`, 'Waiting');
  await judge(messageId, 'fail');
  const path = `/data-cleanup/${id}`;
  expect(await lookAt(site, { name: 'cleanup-doubted', path, user: sue })).toEqual([]);
});
