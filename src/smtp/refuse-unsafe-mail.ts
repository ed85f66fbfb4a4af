import type { OutgoingMail, SendResult } from './mailer.ts';

/** A line break in a header or command would begin a header or command of somebody else's choice. */
const LINE_BREAK = /[\r\n\0]/;
const BAD_IN_ADDRESS = /[\r\n\0<>]/;
/** RFC 5322 section 3.6.8. */
const FIELD_NAME = /^[!-9;-~]+$/;

/** Refuses a mail that cannot be written down safely; null when it can. */
export function refuseUnsafeMail(mail: OutgoingMail): SendResult | null {
  if (BAD_IN_ADDRESS.test(mail.envelopeFrom)) return refused('sender', 'sender address');
  if (mail.to === '' || BAD_IN_ADDRESS.test(mail.to)) return refused('recipient', 'recipient');
  if (BAD_IN_ADDRESS.test(mail.from.address)) return refused('data', 'From address');
  const texts: readonly (readonly [string, string])[] = [
    ['From name', mail.from.name],
    ['subject', mail.subject],
    ['Message-ID', mail.messageId],
    ['In-Reply-To', mail.inReplyTo ?? ''],
    ...Object.entries(mail.headers),
  ];
  const unsafe = texts.find(([, text]) => LINE_BREAK.test(text));
  if (unsafe) return refused('data', unsafe[0]);
  if (Object.keys(mail.headers).every((name) => FIELD_NAME.test(name))) return null;
  return refused('data', 'name of a header field');
}

function refused(at: 'sender' | 'recipient' | 'data', what: string): SendResult {
  const response = `Not sent: the ${what.replace(LINE_BREAK, ' ')} is empty or holds forbidden characters.`;
  return { kind: 'refused', at, response };
}
