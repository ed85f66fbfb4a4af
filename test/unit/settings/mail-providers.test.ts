import { expect, test } from 'vitest';
import { MAIL_PROVIDERS, providerOf } from '../../../src/settings/mail-providers.ts';
import { providerAdvice } from '../../../src/settings/provider-advice.ts';

test.each([
  ['google', 'imap.gmail.com', 993, 'tls', 'smtp.gmail.com', 465, 'tls'],
  ['microsoft', 'outlook.office365.com', 993, 'tls', 'smtp.office365.com', 587, 'starttls'],
  ['fastmail', 'imap.fastmail.com', 993, 'tls', 'smtp.fastmail.com', 465, 'tls'],
  ['zoho', 'imappro.zoho.com', 993, 'tls', 'smtppro.zoho.com', 465, 'tls'],
  ['yahoo', 'imap.mail.yahoo.com', 993, 'tls', 'smtp.mail.yahoo.com', 465, 'tls'],
  ['icloud', 'imap.mail.me.com', 993, 'tls', 'smtp.mail.me.com', 587, 'starttls'],
])('%s reads and sends there, and is known by both hosts', (id, ...expected) => {
  const provider = MAIL_PROVIDERS.find((one) => one.id === id);
  const { imap, smtp } = provider ?? { imap: null, smtp: null };
  expect([imap, smtp].flatMap((one) => [one?.host, one?.port, one?.security])).toEqual(expected);
  expect([providerOf(imap?.host ?? ''), providerOf(smtp?.host ?? '')]).toEqual([id, id]);
  expect(providerAdvice(imap?.host ?? '', 'password')).toBe(`mailbox.advice.${id}`);
});

test.each([
  ['IMAP.Gmail.com.', 'google'],
  ['imap.zoho.eu', 'zoho'],
  ['smtp-mail.outlook.com', 'microsoft'],
  ['mail.notgmail.com', 'other'],
  ['gmail.com.evil.example', 'other'],
  ['', 'other'],
])('%s belongs to %s', (host, id) => {
  expect(providerOf(host)).toBe(id);
});

test('advice is given where it is known, and nowhere else', () => {
  expect(providerAdvice('outlook.office365.com', 'folder-refused')).toContain('microsoftFolder');
  expect(providerAdvice('imap.fastmail.com', 'host-not-found')).toBeNull();
  expect(providerAdvice('imap.firm.example', 'password')).toBeNull();
});
