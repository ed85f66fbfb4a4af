import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { AccountMail } from '../../../src/account-mail/account-mail.ts';
import { sendAccountMail } from '../../../src/account-mail/send-account-mail.ts';
import { sendInBackground } from '../../../src/account-mail/send-in-background.ts';
import { createLogger } from '../../../src/config/logger.ts';
import { createSecretBox } from '../../../src/config/secret-box.ts';
import { writeOutgoingSettings } from '../../../src/outgoing/outgoing-settings.ts';
import { saveOutgoing } from '../../../src/outgoing/save-outgoing.ts';
import { readInstanceId } from '../../../src/settings/instance-id.ts';
import { writeOrganisation } from '../../../src/settings/organisation.ts';
import { nodemailerMailer } from '../../../src/smtp/nodemailer-mailer.ts';
import { createUser } from '../../../src/users/create-user.ts';
import { findUserIdByAddress } from '../../../src/users/user-store.ts';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.ts';
import { startSmtpSink, type SmtpBehaviour, type SmtpSink } from '../../support/smtp-sink.ts';
import { until } from '../../support/until.ts';

let database: TestDatabase;
let sink: SmtpSink;
const lines: string[] = [];
const secrets = createSecretBox(randomBytes(32).toString('base64'));
const log = createLogger('info', { write: (line: string) => void lines.push(line) });
const deps = () => ({ db: database.db, mailer: nodemailerMailer(), secrets, log });

const TOKEN = 'dG9rZW4tdG9rZW4tdG9rZW4';
const MAIL: AccountMail = {
  kind: 'invitation',
  userId: 0,
  to: 'una@northquay.example',
  name: 'Una User',
  link: `http://crm.example/links/invitation?token=${TOKEN}`,
};

beforeAll(async () => {
  database = await createTestDatabase();
  sink = await startSmtpSink();
});

afterEach(() => {
  sink.behave({});
});

afterAll(async () => {
  await sink.stop();
  await database.drop();
});

async function setUp(changes: { port?: number; box?: typeof secrets } = {}): Promise<void> {
  await writeOutgoingSettings(database.db, changes.box ?? secrets, {
    host: '127.0.0.1',
    port: changes.port ?? sink.port,
    security: 'none',
    username: null,
    password: changes.box ? 'hunter2' : null,
    from: 'crm@northquay.example',
  });
}

test('a server that only an administrator has chosen carries no link for Super Administrators', async () => {
  const { db } = database;
  const user = { passwordHash: null, groups: ['super-administrators'] } as const;
  await createUser(db, { ...user, name: 'Sue', email: 'sue@northquay.example' });
  const sue = (await findUserIdByAddress(db, 'sue@northquay.example')) ?? 0;
  const server = { host: '127.0.0.1', port: sink.port, security: 'none', username: null } as const;
  const outgoing = { ...server, password: null, from: 'crm@northquay.example' };
  const admin = { id: 1, groups: ['administrators'] } as const;
  // Wherever it goes: her link is what must not pass through.
  const mail = (kind: AccountMail['kind'], userId: number) =>
    sendAccountMail(deps(), { ...MAIL, kind, userId });

  await saveOutgoing(deps(), outgoing, admin);
  for (const kind of ['invitation', 'password-reset'] as const) {
    expect(await mail(kind, sue)).toMatchObject({
      kind: 'failed',
      sentence: expect.stringContaining('a Super Administrator has to save it') as unknown,
    });
  }
  expect(await mail('address', sue)).toEqual({ kind: 'sent' });
  expect(await mail('password-reset', 0)).toEqual({ kind: 'sent' });

  await saveOutgoing(deps(), outgoing, { id: 1, groups: ['super-administrators'] });
  await saveOutgoing(deps(), { ...outgoing, from: 'other@northquay.example' }, admin);
  expect(await mail('invitation', sue)).toEqual({ kind: 'sent' });
  await saveOutgoing(deps(), { ...outgoing, host: 'localhost' }, admin);
  expect(await mail('invitation', sue)).toMatchObject({ kind: 'failed' });
  await db('settings').where({ key: 'outgoing-mail' }).delete();
});

test('without outgoing mail there is none', async () => {
  expect(await sendAccountMail(deps(), MAIL)).toEqual({ kind: 'not-set-up' });
});

test.each(['invitation', 'password-reset', 'address', 'password-changed'] as const)(
  '%s arrives as plain text with its link',
  async (kind) => {
    await setUp();
    await writeOrganisation(database.db, 'North Quay');
    expect(await sendAccountMail(deps(), { ...MAIL, kind })).toEqual({ kind: 'sent' });
    const { envelopeFrom, to, headers, raw } = sink.received.at(-1)!;
    const text = raw.toString().replace(/=\r\n/g, '').replaceAll('=3D', '=');
    expect({ envelopeFrom, to }).toEqual({
      envelopeFrom: 'crm@northquay.example',
      to: ['una@northquay.example'],
    });
    expect(headers).toMatchObject({
      from: 'Letterbook <crm@northquay.example>',
      'auto-submitted': 'auto-generated',
      'x-letterbook-instance': await readInstanceId(database.db),
      'content-type': 'text/plain; charset=utf-8',
    });
    expect(headers.subject).toContain('Letterbook of North Quay');
    expect(text).toContain('Hello Una User,');
    expect(text).toContain(`\r\n${MAIL.link}\r\n`);
    expect(lines.at(-1)).toContain(`"mail":"${kind}","result":"sent"`);
  },
);

test('a name begins no line of its own', async () => {
  await setUp();
  const name = 'Una\r\nBcc: everybody@evil.example\r\n\r\nClick http://evil.example';
  await writeOrganisation(database.db, 'North\r\nSubject: Quay');
  expect(await sendAccountMail(deps(), { ...MAIL, name })).toEqual({ kind: 'sent' });
  const { headers, raw } = sink.received.at(-1)!;
  expect(headers).not.toHaveProperty('bcc');
  expect(raw.toString()).not.toMatch(/\n(Bcc|Click|Subject: Quay)/);
});

test.each<[string, SmtpBehaviour, RegExp, boolean]>([
  [
    'recipient',
    { rejectRecipient: () => '550 no such user' },
    /does not deliver.*no such user/,
    false,
  ],
  [
    'sender',
    { rejectSender: () => '553 not yours' },
    /does not let Letterbook send.*not yours/,
    false,
  ],
  ['mail', { failAtData: 'refuse' }, /did not take the mail.*not wanted/, false],
  ['for now', { failAtData: 'tempfail' }, /had no time.*try again later/, true],
  ['cut off', { failAtData: 'cut' }, /connection broke/, false],
  [
    'quotes the link',
    { rejectRecipient: () => `550 spam: ${MAIL.link} token=${TOKEN}` },
    /spam: \[link\] token=\[hidden\]/,
    false,
  ],
])('refused (%s): a sentence says why', async (_what, behaviour, sentence, again) => {
  await setUp();
  sink.behave(behaviour);
  const result = await sendAccountMail(deps(), MAIL);
  expect(result).toMatchObject({ kind: 'failed', again });
  expect(result).toHaveProperty('sentence', expect.stringMatching(sentence));
});

test('a server that keeps silent does not keep a person waiting', async () => {
  const silent = await startSmtpSink({ silent: true });
  await setUp({ port: silent.port });
  const result = await sendAccountMail(deps(), MAIL, 200);
  await silent.stop();
  expect(result).toMatchObject({ kind: 'failed', again: false });
  expect(result).toHaveProperty('sentence', expect.stringContaining('did not answer in time'));
});

test('a password that cannot be opened is a sentence too', async () => {
  await setUp({ box: createSecretBox(randomBytes(32).toString('base64')) });
  const result = await sendAccountMail(deps(), MAIL);
  expect(result).toHaveProperty('sentence', expect.stringContaining('under another key'));
});

test('in the background it is tried again', async () => {
  await setUp();
  const before = sink.received.length;
  let refused = 0;
  sink.behave({ rejectRecipient: () => (refused++ === 0 ? '451 busy' : null) });
  sendInBackground(deps(), async () => MAIL);
  await until('the mail came', () => sink.received.length === before + 1);
  expect(refused).toBe(2);
});

test('the log holds no token', () => {
  expect(lines.length).toBeGreaterThan(8);
  expect(lines.join('')).not.toContain(TOKEN);
});
