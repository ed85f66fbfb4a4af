/** One text or HTML is at most so long in UTF-8; PostgreSQL's tsvectors and pages have limits too. */
export const MAX_TEXT_BYTES = 2 * 1024 * 1024;
/** All texts of one message together, those of attached mails included. */
const MAX_TOTAL_BYTES = 8 * 1024 * 1024;

export interface CutText {
  readonly text: string;
  readonly truncated: boolean;
}

/** Cuts the texts of one message, so that what is handed on stays small whatever was sent. */
export class TextBudget {
  #left = MAX_TOTAL_BYTES;

  take(text: string): CutText {
    const max = Math.min(MAX_TEXT_BYTES, this.#left);
    const length = Buffer.byteLength(text);
    this.#left -= Math.min(length, max);
    if (length <= max) return { text, truncated: false };
    const bytes = Buffer.from(text).subarray(0, max);
    return { text: bytes.toString().replace(/\ufffd{1,3}$/, ''), truncated: true };
  }
}
