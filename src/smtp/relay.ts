import type { MailerAddress, SendResult } from './mailer.ts';

/** A finished mail and whom it goes to. */
export interface RelayedMail {
  /** Empty for the null sender of RFC 5321 section 4.5.5. */
  readonly envelopeFrom: string;
  readonly to: readonly string[];
  readonly raw: Buffer;
}

/** Hands mail that is written already to an SMTP server, as it is. */
export interface Relay {
  send(address: MailerAddress, mail: RelayedMail): Promise<SendResult>;
}
