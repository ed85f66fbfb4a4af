import type { Language } from './words.ts';

/** A mail as somebody forwards it to the archive address, and what a person reads in it. */
export interface ForwardCase {
  readonly name: string;
  readonly client: string;
  readonly language: Language;
  readonly layout: string;
  /** Never looked at while readers are improved: the measure of what they do to mail unseen. */
  readonly heldOut: boolean;
  readonly raw: Buffer;
  readonly expected: ExpectedForward;
}

export interface ExpectedForward {
  /** Canonical; null where the mail names no sender beyond doubt. Nothing else counts then. */
  readonly sender: string | null;
  readonly name: string;
  /** ISO 8601 in UTC where the block tells the zone, else null. */
  readonly date: string | null;
  /** The date as it stands in the block. */
  readonly dateRaw: string;
  readonly subject: string;
  /** What stands above the block, signature included. Compare with white space folded. */
  readonly remark: string;
  /** Canonical addresses. */
  readonly to: readonly string[];
  readonly cc: readonly string[];
}

export interface Person {
  readonly name: string;
  /** As mail programs show it: an IDN may be in either form. */
  readonly address: string;
}

/** The mail that is forwarded. */
export interface Original {
  readonly from: Person;
  readonly to: readonly Person[];
  readonly cc: readonly Person[];
  readonly subject: string;
  readonly at: Date;
  /** Paragraphs; one that begins with ">" or is a header line is an earlier mail below it. */
  readonly body: readonly string[];
}

/** What a mail program makes of it, below what its user writes. */
export interface Block {
  readonly text: readonly string[];
  readonly html: string;
  readonly dateRaw: string;
  /** Whether dateRaw tells the zone. */
  readonly zoned: boolean;
}

export type Shape = 'text' | 'html' | 'both';

export interface Layout {
  readonly client: string;
  readonly name: string;
  readonly languages: readonly Language[];
  readonly shapes: readonly Shape[];
  /** Whether its texts are format=flowed (RFC 3676). */
  readonly flowed?: boolean;
  /** How many mails of it there are in each language. */
  readonly times: number;
  write(mail: Original, language: Language): Block;
}
