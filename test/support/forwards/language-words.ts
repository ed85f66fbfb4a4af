/** What mail programs call things in a language; labels in one string, "|" between them. */
export interface Words {
  readonly locale: string;
  readonly zone: string;
  /** From, sent, to, cc, subject, date. */
  readonly outlook: string;
  /** The line above, then from, subject, date, to, cc. Missing: not on macOS in this language. */
  readonly apple?: string;
  /** The line above, then subject, date, from, to, cc. */
  readonly thunderbird?: string;
  /** Its other labels are English in every language. */
  readonly gmailFrom: string;
  /** Between day and time in Gmail. */
  readonly at: string;
  /** "Original message". */
  readonly original: string;
  /** The line above a quoted reply: D is the day, P the person. */
  readonly wrote: string;
}
