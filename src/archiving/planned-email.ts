import type { EmailState } from '../shared/outcome.ts';
import type { BodyPart, ParsedAttachment } from './parsed-mail.ts';

export type ParticipantRole = 'from' | 'to' | 'cc' | 'bcc' | 'reply-to' | 'resent-from';

/**
 * Whose address it is: `owner` and `colleague` are users, `archive` is the archive or another address
 * of this installation, `ruled-out` is under a never-archive rule, `correspondent` is everybody else.
 */
export type Side = 'correspondent' | 'colleague' | 'owner' | 'archive' | 'ruled-out';

/** An address in one role on an email; the same address in the same role is there once. */
export interface Participant {
  readonly role: ParticipantRole;
  readonly address: string;
  readonly name: string;
  readonly kind: Side;
  /** A match of this correspondent archives the email. Only correspondents decide. */
  readonly deciding: boolean;
  /** The header of a message, or the lines of a forwarded block. */
  readonly source: 'header' | 'block';
}

/** An email read out of a message, before it is known whom it belongs to. */
export interface DraftEmail {
  /** '' for the message itself or the block in its text; the MIME path of a message/rfc822 part. */
  readonly partPath: string;
  readonly subject: string;
  /** null for a forwarded block: what it was sent with cannot be known. */
  readonly messageId: string | null;
  /** The ids of the mails that it belongs together with, its own among them: conversationOf. */
  readonly conversation: readonly string[];
  /** ISO 8601, null when the date is missing or cannot be read. */
  readonly sentAt: string | null;
  readonly dateRaw: string | null;
  readonly text: string;
  /** Of a forwarded block: those of the whole message that it stands in. */
  readonly bodyParts: readonly BodyPart[];
  /** What the owner wrote above the forwarded mail. */
  readonly remark: string;
  readonly participants: readonly Participant[];
  /** Recipients of a mail to very many that are not among them; left out where there are none. */
  readonly recipientsLeftOut?: number;
  readonly attachments: readonly ParsedAttachment[];
}

/** A record that an email is filed on, and the address that matched. One per record. */
export interface Link {
  readonly personId: number;
  readonly address: string;
}

export interface PlannedEmail extends DraftEmail {
  readonly state: Exclude<EmailState, 'discarded'>;
  /** Empty unless archived. */
  readonly links: readonly Link[];
}
