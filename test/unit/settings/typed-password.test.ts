import type { Request } from 'express';
import { expect, test } from 'vitest';
import { createSecretBox } from '../../../src/config/secret-box.ts';
import { typedPasswords } from '../../../src/settings/typed-password.ts';

const secrets = createSecretBox('a key of at least thirty-two characters');
const PLACE = { host: 'imap.firm.example', port: 993, security: 'tls', username: 'archive' };
let clock = 0;
const mailbox = typedPasswords(secrets, 'mailbox', () => clock);
const outgoing = typedPasswords(secrets, 'outgoing', () => clock);

const request = (userId = 1) => ({ session: {}, user: { id: userId } }) as unknown as Request;

test('it is kept for ten minutes, unreadable, for one place, one purpose and one user', () => {
  const req = request();
  mailbox.keep(req, PLACE, 'a secret');
  expect(JSON.stringify(req.session)).not.toContain('a secret');
  expect(mailbox.recall(req, { ...PLACE, host: 'IMAP.firm.example' })).toBe('a secret');
  const others = [
    { host: 'imap.evil.example' },
    { port: 143 },
    { security: 'none' },
    { username: 'x' },
  ];
  for (const other of others) expect(mailbox.recall(req, { ...PLACE, ...other })).toBeNull();
  expect(outgoing.recall(req, PLACE)).toBeNull();
  const thief = { ...request(2), session: req.session } as unknown as Request;
  expect(mailbox.recall(thief, PLACE)).toBeNull();
  clock += 9 * 60_000;
  expect(mailbox.recall(req, PLACE)).toBe('a secret');
  clock += 60_000;
  expect(mailbox.recall(req, PLACE)).toBeNull();
});

test('what was sealed for one purpose is none for another, and forgotten is forgotten', () => {
  const req = request();
  mailbox.keep(req, PLACE, 'a secret');
  req.session.typedPasswords = { outgoing: req.session.typedPasswords?.mailbox ?? '' };
  expect(outgoing.recall(req, PLACE)).toBeNull();
  mailbox.keep(req, PLACE, 'another');
  mailbox.forget(req);
  expect(mailbox.recall(req, PLACE)).toBeNull();
});
