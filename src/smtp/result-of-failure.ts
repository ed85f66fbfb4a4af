import type { SendResult } from './mailer.ts';
import type { SmtpFailureFacts } from './smtp-failure.ts';

/** RFC 4954 section 6: 530 and 538 answer any command when a sign-in, or TLS for it, is missing. */
const WANTS_SIGN_IN: ReadonlySet<number> = new Set([530, 538]);

/**
 * What a failed session means for its mail. RFC 5321 section 4.2.1: a 5yz reply is final, a 4yz
 * reply means "not taken, try again". Without a reply everything hangs on whether the server may
 * hold the mail: not before the data (later), perhaps after it began (unknown).
 */
export function resultOfFailure(failure: SmtpFailureFacts): SendResult {
  const { phase, reply, text } = failure;
  const final = reply !== null && reply >= 500 && reply < 600;
  if (phase === 'answer') {
    if (final) return { kind: 'refused', at: 'data', response: text };
    const deferred = reply !== null && reply >= 400 && reply < 500;
    return { kind: deferred ? 'later' : 'unknown', why: text };
  }
  // Where the server offers no sign-in, or the password is empty, there is no reply.
  if (phase === 'sign-in' && (final || (reply === null && failure.code === 'EAUTH'))) {
    return { kind: 'refused', at: 'sign-in', response: text };
  }
  const refusable = phase === 'sender' || phase === 'recipient' || phase === 'data';
  if (!final || !refusable) return { kind: 'later', why: text };
  return { kind: 'refused', at: WANTS_SIGN_IN.has(reply) ? 'sign-in' : phase, response: text };
}
