/**
 * Where in the session (RFC 5321 section 3.3) something failed: reaching the server, its greeting,
 * TLS, the sign-in, MAIL FROM, RCPT TO, DATA, or, once it had said 354 and the mail began to flow,
 * its answer to the mail.
 */
export type SmtpPhase =
  'reach' | 'greet' | 'encrypt' | 'sign-in' | 'sender' | 'recipient' | 'data' | 'answer';

export interface SmtpFailureFacts {
  readonly phase: SmtpPhase;
  /** The reply code where the server answered, null where it did not. */
  readonly reply: number | null;
  /** The most telling code of the system, of TLS or of the library, '' when there is none. */
  readonly code: string;
  /** The server's words, or the system's. */
  readonly text: string;
}

/** A session that did not go through. Thrown inside src/smtp only; outside it is a value. */
export class SmtpFailure extends Error implements SmtpFailureFacts {
  readonly phase: SmtpPhase;
  readonly reply: number | null;
  readonly code: string;
  readonly text: string;

  constructor({ phase, reply, code, text }: SmtpFailureFacts) {
    super(`${phase}: ${text}`);
    this.name = 'SmtpFailure';
    this.phase = phase;
    this.reply = reply;
    this.code = code;
    this.text = text;
  }
}
