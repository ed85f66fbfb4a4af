import { describeHandingOver } from './describe-handing-over.ts';
import { describeSmtpFailure } from './describe-smtp-failure.ts';
import type { MailerAddress, OutgoingMail } from './mailer.ts';
import { composeMessage } from './nodemailer-message.ts';
import { SmtpSession, type SmtpSessionOptions } from './nodemailer-session.ts';
import { SmtpFailure } from './smtp-failure.ts';

export type OutgoingStep = 'reached' | 'encrypted' | 'signed-in' | 'sent';

export interface OutgoingCheck {
  readonly step: OutgoingStep;
  readonly status: 'ok' | 'failed' | 'warning' | 'skipped';
  /** English, for people: what was found and, where it is not well, what to do. */
  readonly sentence: string;
  /** What failed, for those who want to know it exactly. */
  readonly problem?: string;
}

const DEADLINE_MS = 20_000;
const STEPS: readonly OutgoingStep[] = ['reached', 'encrypted', 'signed-in'];

/**
 * Tries the outgoing mail server step by step without sending anything. Always all three steps, in
 * order. Never rejects for what the server or the network does.
 */
export async function verifyOutgoing(
  address: MailerAddress,
  options: Partial<SmtpSessionOptions> = {},
): Promise<OutgoingCheck[]> {
  const session = new SmtpSession(address, { deadlineMs: DEADLINE_MS, ...options });
  try {
    await session.open();
    await session.signIn();
    session.close(true);
    return STEPS.map((step) => passed(step, address));
  } catch (error) {
    session.close(false);
    if (error instanceof SmtpFailure) return failedChecks(error, address);
    throw error;
  }
}

/**
 * The same, and hands a mail over at the end, in one session and one deadline: whether the server
 * takes the sender is known only then. Always all four steps.
 */
export async function tryOutgoing(
  address: MailerAddress,
  mail: OutgoingMail,
  options: Partial<SmtpSessionOptions> = {},
): Promise<OutgoingCheck[]> {
  const message = await composeMessage(mail);
  const session = new SmtpSession(address, { deadlineMs: DEADLINE_MS, ...options });
  try {
    await session.open();
    await session.signIn();
    const response = await session.send(mail.envelopeFrom, mail.to, message);
    session.close(true);
    const sentence = `A test mail to ${mail.to} was handed over (${response}).`;
    return [
      ...STEPS.map((step) => passed(step, address)),
      { step: 'sent', status: 'ok', sentence },
    ];
  } catch (error) {
    session.close(false);
    if (error instanceof SmtpFailure) return failedChecks(error, address, mail);
    throw error;
  }
}

function failedChecks(
  failure: SmtpFailure,
  address: MailerAddress,
  mail: OutgoingMail | null = null,
): OutgoingCheck[] {
  const steps: readonly OutgoingStep[] = mail === null ? STEPS : [...STEPS, 'sent'];
  const failed = steps.indexOf(stepOf(failure));
  return steps.map((step, index): OutgoingCheck => {
    if (index < failed) return passed(step, address);
    if (index === failed) {
      const sentence =
        step === 'sent' && mail !== null
          ? describeHandingOver(failure, mail)
          : describeSmtpFailure(failure, address);
      const { phase, reply, code, text } = failure;
      const problem = `${phase}: ${[reply, code, text].filter((said) => said !== null && said !== '').join(' ')}`;
      return { step, status: 'failed', sentence, problem };
    }
    return { step, status: 'skipped', sentence: 'Not tried, because an earlier step failed.' };
  });
}

function stepOf({ phase }: SmtpFailure): OutgoingStep {
  if (phase === 'encrypt') return 'encrypted';
  if (phase === 'sign-in') return 'signed-in';
  return phase === 'reach' || phase === 'greet' ? 'reached' : 'sent';
}

function passed(step: OutgoingStep, address: MailerAddress): OutgoingCheck {
  const { host, port, security, username } = address;
  if (step === 'reached') {
    return { step, status: 'ok', sentence: `Reached ${host} on port ${port}.` };
  }
  if (step === 'signed-in') {
    const sentence =
      username === null ? 'No user name, so no sign-in.' : `Signed in as ${username}.`;
    return { step, status: username === null ? 'skipped' : 'ok', sentence };
  }
  if (security !== 'none') {
    const sentence = 'The connection is encrypted and the certificate is valid.';
    return { step, status: 'ok', sentence };
  }
  const sentence =
    'The connection is not encrypted: password and mail can be read on the way. Choose SSL/TLS or STARTTLS.';
  return { step, status: 'warning', sentence };
}
