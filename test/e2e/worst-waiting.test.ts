import { afterEach, beforeEach, expect, it } from 'vitest';
import { createPerson } from '../../src/people/create-person.ts';
import { createUser } from '../../src/users/create-user.ts';
import { canonicalAddress } from '../../src/shared/email-address.ts';
import { startTrial, type Trial } from '../support/trial/trial.ts';
import { until } from '../support/until.ts';
import { WORST_MAILS, WORST_RECIPIENT, WORST_SENDER, worstCopy } from '../support/worst-mails.ts';

const WAITING = 100;
const MEGABYTES = Number(process.env.WORST_MB ?? '1.2');
/**
 * Those that are read the longest for their size; WORST_MB=50 tries the full one. Their lines end in CRLF:
 * Dovecot makes that of a bare LF, which could double them, and what is over the limit is not read at all.
 */
const KINDS = [
  'CRLF',
  'quoted lines',
  'HTML: paragraphs',
  'quoted-printable: soft breaks',
  'signatures over one line',
].map((name) => {
  const kind = WORST_MAILS.find((one) => one.name === name);
  if (!kind) throw new Error(`There is no worst mail "${name}": name one of WORST_MAILS.`);
  return kind;
});
const NORMAL = `Message-ID: <normal@worst.example>\r\nFrom: ${WORST_SENDER}\r\nTo: ${WORST_RECIPIENT}\r\nSubject: Normal\r\n\r\nHello\r\n`;

let trial: Trial;

beforeEach(async () => {
  trial = await startTrial();
  const { db } = trial.installation;
  const user = { name: 'Dana Kim', groups: [], passwordHash: null };
  await createUser(db, { ...user, email: address(WORST_SENDER) });
  const person = { kind: 'contact', firstName: 'Jane', lastName: 'Roe', account: null } as const;
  await db.transaction((trx) => createPerson(trx, { ...person, email: address(WORST_RECIPIENT) }));
});
afterEach(async () => {
  await trial.remove();
});

it(`a normal mail is on the timeline before ${WAITING} of the worst that came first`, async () => {
  const { dovecot, installation } = trial;
  await dovecot.deliverMany(worst());
  await dovecot.deliver(NORMAL);
  const worker = await installation.serve('start');
  await until('the normal mail is on the timeline', async () => (await onTimeline()) > 0, 200);
  const { length: filed } = await installation.db('inbound_messages').whereNotNull('outcome');
  expect(filed).toBeLessThan(WAITING / 2);
  const set = await installation.db('inbound_messages').where({ outcome: 'quarantined' });
  expect(set).toEqual([]);
  expect(await worker.stop()).toBe(0);
});

/** Written one after the other: together they would not fit into memory. */
function* worst(): Generator<Buffer> {
  for (let at = 0; at < WAITING; at += 1) {
    yield worstCopy(KINDS[at % KINDS.length]!, MEGABYTES * 1024 * 1024 - 4096, at);
  }
}

async function onTimeline(): Promise<number> {
  const { db } = trial.installation;
  const rows = await db('emails')
    .join('email_people', 'email_people.email_id', 'emails.id')
    .where('emails.subject', 'Normal');
  return rows.length;
}

function address(text: string): string {
  return canonicalAddress(text) ?? '';
}
