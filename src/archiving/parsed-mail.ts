import type { NamedAddress } from '../shared/email-address.ts';

/**
 * What the parser read in a message. Plain JSON (it crosses a process boundary): no Buffer, no Date.
 * Every string is well-formed Unicode without NUL, so that PostgreSQL takes it.
 */
export interface ParsedMail {
  /** '' for the message itself; the MIME path ("2", "1.3") of a message/rfc822 part. */
  readonly partPath: string;
  readonly header: MailHeader;
  /** The plain text (text parts joined); made from the HTML when there is no text; else ''. */
  readonly text: string;
  /** Whether `text` was made from the HTML, because the mail has no other. */
  readonly textFromHtml: boolean;
  /** The HTML body, null when there is none. Hostile: never show it unsanitised. */
  readonly html: string | null;
  /** The parts that the formatted body is made of, in order; empty when there is no HTML. */
  readonly bodyParts: readonly BodyPart[];
  /** Whether text or html end early because they are longer than 2 MB. The original has the rest. */
  readonly textTruncated: boolean;
  /** In order; a mail attached to this one is among them, with the partPath it has in `forwarded`. */
  readonly attachments: readonly ParsedAttachment[];
  /**
   * The mails attached to this message (message/rfc822 parts, *.eml files), in order. What is attached
   * to those is an attachment of theirs, mails included: their own `forwarded` is always empty.
   */
  readonly forwarded: readonly ParsedMail[];
  /**
   * How many mails are attached that are not in `forwarded`, because they are too many or cannot be
   * read. They are attachments and nothing more; 0 for a mail that is itself attached.
   */
  readonly mailsLeftOut: number;
}

export interface MailHeader {
  /** How many From lines the raw header holds (RFC 5322 section 3.6 allows exactly one). */
  readonly fromLines: number;
  /** Addresses that could be read, canonical, in order; what is no address is left out. */
  readonly from: readonly NamedAddress[];
  /** How many mailboxes the From lines name, readable or not. */
  readonly fromMailboxes: number;
  readonly resentFrom: readonly NamedAddress[];
  readonly sender: readonly NamedAddress[];
  readonly replyTo: readonly NamedAddress[];
  readonly to: readonly NamedAddress[];
  readonly cc: readonly NamedAddress[];
  readonly bcc: readonly NamedAddress[];
  /** Recipients that were not read because there are so many. */
  readonly recipientsLeftOut: number;
  readonly subject: string;
  /** As received, with its angle brackets, at most 998 characters; null when missing. */
  readonly messageId: string | null;
  readonly inReplyTo: string | null;
  readonly references: readonly string[];
  /** The Date header as written, null when missing. */
  readonly dateRaw: string | null;
  /** ISO 8601 in UTC when the Date header can be read and lies in the years 1970 to 2200. */
  readonly date: string | null;
  /** The header fields that steps judge by (HEADERS_KEPT), in order, topmost first. */
  readonly fields: readonly HeaderField[];
}

/** `name` in lower case, `value` unfolded and trimmed, at most 2,000 characters. */
export interface HeaderField {
  readonly name: string;
  readonly value: string;
}

/** The names whose fields are kept in MailHeader.fields. */
export const HEADERS_KEPT: ReadonlySet<string> = new Set([
  'authentication-results',
  'arc-authentication-results',
  'auto-submitted',
  'content-type',
  'delivered-to',
  'envelope-to',
  'feedback-id',
  'list-id',
  'list-unsubscribe',
  'precedence',
  'return-path',
  'x-auto-response-suppress',
  'x-autoreply',
  'x-autorespond',
  'x-auto-reply-from',
  'x-failed-recipients',
  'x-forwarded-to',
  'x-letterbook-instance',
  'x-loop',
  'x-original-to',
]);

/** An attachment is a slice of the original: `offset` and `length` are bytes of the raw message. */
export interface ParsedAttachment {
  readonly partPath: string;
  /** As in the mail, decoded, at most 1,000 characters; unsafe: make it safe before use. */
  readonly fileName: string | null;
  /** In lower case, without parameters. */
  readonly contentType: string;
  /** Without its angle brackets. */
  readonly contentId: string | null;
  readonly disposition: 'attachment' | 'inline';
  readonly encoding: 'base64' | 'quoted-printable' | 'identity';
  readonly offset: number;
  readonly length: number;
  /** Bytes after decoding; of the attachment itself, also when `inner` is set. */
  readonly size: number;
  /**
   * Set for an attachment of a mail that is itself attached in base64 or quoted-printable: the slice
   * is then that whole mail, and in its decoded bytes the attachment is this slice.
   */
  readonly inner: InnerSlice | null;
}

/** A text of the mail as a slice of the original, so that its HTML need not be stored twice. */
export interface BodyPart extends Pick<
  ParsedAttachment,
  'encoding' | 'offset' | 'length' | 'inner'
> {
  readonly kind: 'html' | 'text';
  /** As the mail names it; '' where it does not. */
  readonly charset: string;
}

/** A slice of the decoded bytes of another slice. */
export interface InnerSlice {
  readonly encoding: ParsedAttachment['encoding'];
  readonly offset: number;
  readonly length: number;
}

/** What one reading of an original gives. */
export type ReadMailResult =
  | { readonly kind: 'mail'; readonly mail: ParsedMail; readonly fingerprint: string }
  | {
      readonly kind: 'unreadable';
      readonly why: string;
      readonly fingerprint: string;
      /**
       * As much as could be read of it, so that people find the message in the log; null when there is
       * none. Nothing is decided by it.
       */
      readonly header: MailHeader | null;
    };

/** The header lines of a forwarded block in a text, as found. Dates as written. */
export interface ForwardedBlock {
  readonly from: NamedAddress | null;
  readonly to: readonly NamedAddress[];
  readonly cc: readonly NamedAddress[];
  readonly subject: string;
  readonly dateRaw: string | null;
  readonly date: string | null;
  /** The forwarded mail's own text. */
  readonly body: string;
  /** What the forwarding person wrote above the block. */
  readonly remark: string;
  readonly foundIn: 'text' | 'html';
}

/**
 * What looking for a forwarded block gave. `doubtful`: there is one, but not certainly the mail that was
 * forwarded: it may have been inside of another. Each `why` is the end of a sentence.
 */
export type ForwardReading =
  | { readonly kind: 'found'; readonly block: ForwardedBlock }
  | { readonly kind: 'doubtful'; readonly why: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'failed'; readonly why: string };
