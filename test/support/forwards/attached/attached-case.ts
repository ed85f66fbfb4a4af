import type { Part } from '../../mail-builder.ts';
import type { ExpectedForward } from '../forward-case.ts';
import type { Language } from '../words.ts';

/** A mail with mails attached to it, as somebody sends it to the archive address. */
export interface AttachedCase {
  readonly name: string;
  readonly client: string;
  readonly language: Language;
  readonly layout: string;
  readonly heldOut: boolean;
  readonly raw: Buffer;
  /** One of each mail, in order; none where nothing that is attached is a mail. */
  readonly expected: readonly ExpectedMail[];
}

/** Which of the attached mails it is about, its Message-ID tells. */
export interface ExpectedMail extends ExpectedForward {
  readonly messageId: string;
}

/** A mail that is attached, and what a person reads in it. */
export interface Inner {
  readonly subject: string;
  readonly raw: Buffer;
  /** Its remark is that of the mail around it. */
  readonly expected: Omit<ExpectedMail, 'remark'>;
}

/** How a program attaches mails to what its user wrote; `remark` is null where that is nothing. */
export interface Wrapping {
  readonly client: string;
  readonly name: string;
  wrap(remark: Part | null, mails: readonly Inner[]): Part;
}
