import { SmtpSession } from './nodemailer-session.ts';
import type { Relay } from './relay.ts';
import { resultOfFailure } from './result-of-failure.ts';
import { SmtpFailure } from './smtp-failure.ts';

/** For a whole session, from the first packet to the answer to the mail. */
const DEADLINE_MS = 30_000;

/** Hands finished mail over through nodemailer: a connection for each. */
export function nodemailerRelay(): Relay {
  return {
    async send(address, { envelopeFrom, to, raw }) {
      const session = new SmtpSession(address, { deadlineMs: DEADLINE_MS });
      try {
        await session.open();
        await session.signIn();
        const response = await session.send(envelopeFrom, to, raw);
        session.close(true);
        return { kind: 'sent', response };
      } catch (error) {
        session.close(false);
        if (error instanceof SmtpFailure) return resultOfFailure(error);
        throw error;
      }
    },
  };
}
