import { randomUUID } from 'node:crypto';
import { createRelay } from '../dependencies.ts';
import type { SendResult } from '../smtp/mailer.ts';
import { composeMail, type Named } from './mail/compose-mail.ts';
import { demoServer } from './send-stories.ts';

export interface OwnMail {
  readonly from: Named;
  readonly to: readonly Named[];
  readonly cc: readonly Named[];
  readonly bcc: readonly Named[];
  readonly subject: string;
  readonly text: string;
}

/** Sends a mail through the demo's server, as a mail program would. */
export async function sendOwnMail(smtpPort: number, mail: OwnMail): Promise<SendResult> {
  const { from, to, cc, bcc, subject, text } = mail;
  const domain = from.address.split('@')[1] ?? '';
  const messageId = `<${randomUUID()}@${domain}>`;
  // "Sent to people who are not named" (RFC 5322, section 3.4): a header needs somebody in To.
  const named = to.length + cc.length > 0 ? to : bcc;
  const header = { from, to: named, cc, subject, date: new Date(), messageId };
  return await createRelay().send(demoServer(smtpPort), {
    envelopeFrom: from.address,
    to: [...to, ...cc, ...bcc].map(({ address }) => address),
    raw: composeMail(header, { text }),
  });
}
