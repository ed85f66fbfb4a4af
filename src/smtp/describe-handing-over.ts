import type { OutgoingMail } from './mailer.ts';
import type { SmtpFailureFacts } from './smtp-failure.ts';

/** One sentence: why a server that was reached and signed in to did not take a mail, and what to do. */
export function describeHandingOver(
  { phase, reply, text }: SmtpFailureFacts,
  { from, to }: Pick<OutgoingMail, 'from' | 'to'>,
): string {
  if (reply !== null && reply < 500) {
    return `The server puts the mail off: try again in some minutes, since many servers let new senders wait (${text}).`;
  }
  if (phase === 'sender') {
    return `The server does not let this account send from ${from.address}: enter a From address that belongs to the user name, or allow it on the server (${text}).`;
  }
  if (phase === 'recipient') {
    return `The server takes no mail for ${to}: check that address, and whether the server wants a user name and password before it sends to others (${text}).`;
  }
  if (reply === null) {
    return `The connection ended before the server confirmed the mail: look whether it arrived at ${to}, then test again (${text}).`;
  }
  return `The server refused the mail itself: see to what it says, mostly about the From address or about what it takes for spam (${text}).`;
}
