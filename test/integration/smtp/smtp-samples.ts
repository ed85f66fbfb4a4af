import type { MailerAddress, OutgoingMail } from '../../../src/smtp/mailer.ts';

export function bounce(changes: Partial<OutgoingMail> = {}): OutgoingMail {
  return {
    envelopeFrom: '',
    to: 'stranger@outside.example',
    from: { name: 'Größe & Söhne', address: 'archive@letterbook.example' },
    subject: 'Owner of the message does not exist',
    text: 'Your message was not archived.\n\n.a line with a dot in front\n',
    messageId: '<bounce-1@letterbook.example>',
    inReplyTo: '<question@outside.example>',
    headers: { 'Auto-Submitted': 'auto-replied', 'X-Letterbook-Instance': 'abc' },
    ...changes,
  };
}

export function addressOf(
  server: { readonly host: string; readonly port: number },
  changes: Partial<MailerAddress> = {},
): MailerAddress {
  const { host, port } = server;
  return { host, port, security: 'none', username: null, password: null, ...changes };
}
