import { expect, it } from 'vitest';
import type { OutgoingMail } from '../../../src/smtp/mailer.ts';
import { refuseUnsafeMail } from '../../../src/smtp/refuse-unsafe-mail.ts';
import { bounce } from '../../integration/smtp/smtp-samples.ts';

it('takes a mail as it should be, line breaks in its text included', () => {
  expect(refuseUnsafeMail(bounce({ text: 'one\r\ntwo\n' }))).toBeNull();
});

it.each<[string, Partial<OutgoingMail>, string]>([
  ['sender', { envelopeFrom: 'a@b.example>\r\nRCPT TO:<c@d.example' }, 'sender'],
  ['sender in brackets', { envelopeFrom: '<a@b.example>' }, 'sender'],
  ['recipient', { to: 'a@b.example\nDATA' }, 'recipient'],
  ['no recipient', { to: '' }, 'recipient'],
  ['From name', { from: { name: 'A\r\nBcc: x@y.example', address: 'a@b.example' } }, 'data'],
  ['From address', { from: { name: '', address: 'a@b.example\r\n' } }, 'data'],
  ['subject', { subject: 'A\nB' }, 'data'],
  ['subject with NUL', { subject: 'A\0B' }, 'data'],
  ['Message-ID', { messageId: '<a@b>\r\nX: y' }, 'data'],
  ['In-Reply-To', { inReplyTo: '<a@b>\rX: y' }, 'data'],
  ['header value', { headers: { 'X-A': 'b\r\nBcc: x@y.example' } }, 'data'],
  ['header name', { headers: { 'X-A\r\nBcc': 'x@y.example' } }, 'data'],
  ['header name with a colon', { headers: { 'X-A: b': 'c' } }, 'data'],
])('refuses %s', (_, changes, at) => {
  const refusal = refuseUnsafeMail(bounce(changes));
  expect(refusal).toMatchObject({ kind: 'refused', at });
  expect(JSON.stringify(refusal)).not.toMatch(/\\[rn0]/);
});
