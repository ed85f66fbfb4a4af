/**
 * Characters that nobody sees: they turn the text after them, or make two names look like one (Unicode
 * general category Cf). The signs before Arabic numbers are seen; joiners are needed within words.
 */
const UNSEEN = /[\p{Cf}--[\u0600-\u0605\u200c\u200d]]/gv;
const AT_THE_ENDS = /^[\s\u200c\u200d]+|[\s\u200c\u200d]+$/gu;

/** Typed text as one line: each run of white space is one space, nothing at the ends, nothing unseen. */
export function oneLine(typed: string): string {
  return typed.toWellFormed().replace(UNSEEN, '').replace(/\s+/g, ' ').replace(AT_THE_ENDS, '');
}
