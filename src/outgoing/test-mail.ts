import { randomUUID } from 'node:crypto';
import { domainOf } from '../shared/email-address.ts';
import type { OutgoingMail } from '../smtp/mailer.ts';

/** A mail that says only that it can be sent. It knows its own installation when it comes back. */
export function testMail(from: string, to: string, instanceId: string): OutgoingMail {
  return {
    envelopeFrom: from,
    to,
    from: { name: 'Letterbook', address: from },
    subject: 'Test of outgoing mail',
    text: 'Letterbook can send mail through this server.\n',
    messageId: `<${randomUUID()}@${domainOf(from)}>`,
    inReplyTo: null,
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Letterbook-Instance': instanceId },
  };
}
