import type { Mailer, MailerAddress, OutgoingMail, SendResult } from './mailer.ts';
import { composeMessage } from './nodemailer-message.ts';
import { SmtpSession, type SmtpSessionOptions } from './nodemailer-session.ts';
import { refuseUnsafeMail } from './refuse-unsafe-mail.ts';
import { resultOfFailure } from './result-of-failure.ts';
import { SmtpFailure } from './smtp-failure.ts';

/** For a whole session, from the first packet to the answer to the mail. */
const DEADLINE_MS = 60_000;

/** Hands mail over through nodemailer: a connection for each mail, certificates always verified. */
export function nodemailerMailer(options: Partial<SmtpSessionOptions> = {}): Mailer {
  const complete = { deadlineMs: DEADLINE_MS, ...options };
  return { send: (address, mail) => send(address, mail, complete) };
}

async function send(
  address: MailerAddress,
  mail: OutgoingMail,
  options: SmtpSessionOptions,
): Promise<SendResult> {
  const refusal = refuseUnsafeMail(mail);
  if (refusal) return refusal;
  const message = await composeMessage(mail);
  const session = new SmtpSession(address, options);
  try {
    await session.open();
    await session.signIn();
    const response = await session.send(mail.envelopeFrom, mail.to, message);
    session.close(true);
    return { kind: 'sent', response };
  } catch (error) {
    session.close(false);
    if (error instanceof SmtpFailure) return resultOfFailure(error);
    throw error;
  }
}
