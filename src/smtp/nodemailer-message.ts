import MailComposer from 'nodemailer/lib/mail-composer';
import type { OutgoingMail } from './mailer.ts';

/**
 * The mail as RFC 5322 bytes. Whoever answers automatically should refer to what it answers, in
 * References too (RFC 5322 section 3.6.4). Nothing is read from files or other hosts.
 */
export async function composeMessage(mail: OutgoingMail): Promise<Buffer> {
  const reply =
    mail.inReplyTo === null ? {} : { inReplyTo: mail.inReplyTo, references: mail.inReplyTo };
  const composer = new MailComposer({
    ...reply,
    from: mail.from,
    to: { name: '', address: mail.to },
    subject: mail.subject,
    text: mail.text,
    ...(mail.html === undefined ? {} : { html: mail.html }),
    messageId: mail.messageId,
    headers: { ...mail.headers },
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return await composer.compile().build();
}
