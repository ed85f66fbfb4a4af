/** How to reach the outgoing mail server. */
export interface MailerAddress {
  readonly host: string;
  readonly port: number;
  readonly security: 'tls' | 'starttls' | 'none';
  readonly username: string | null;
  readonly password: string | null;
}

export interface OutgoingMail {
  /** Empty for the null sender of RFC 5321 section 4.5.5. */
  readonly envelopeFrom: string;
  readonly to: string;
  readonly from: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly text: string;
  /** The same as a page, for programs that show one. */
  readonly html?: string;
  /** With angle brackets. */
  readonly messageId: string;
  readonly inReplyTo: string | null;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * What became of a mail handed to the server.
 * - sent: the server took it.
 * - refused: a 5xx; it will not be taken. `at` says which command it answered.
 * - later: nothing was handed over (no connection, 4xx before the data): safe to try again.
 * - unknown: cut off after the data began; whether it was taken can't be known (never send again).
 */
export type SendResult =
  | { readonly kind: 'sent'; readonly response: string }
  | {
      readonly kind: 'refused';
      readonly at: 'sender' | 'recipient' | 'data' | 'sign-in';
      readonly response: string;
    }
  | { readonly kind: 'later'; readonly why: string }
  | { readonly kind: 'unknown'; readonly why: string };

/** Hands mail to an SMTP server. Never rejects for what the server or the network does. */
export interface Mailer {
  send(address: MailerAddress, mail: OutgoingMail): Promise<SendResult>;
}
