import type { Words } from './language-words.ts';
import { EASTERN } from './words-east.ts';
import { WESTERN } from './words-west.ts';

/** The languages of the corpus. */
export type Language = keyof typeof WORDS;

export interface Labels {
  readonly from: string;
  readonly sent: string;
  readonly to: string;
  readonly cc: string;
  readonly subject: string;
  readonly date: string;
}

/** What mail programs call things, language by language. */
const WORDS = { ...WESTERN, ...EASTERN };

export const LANGUAGES = Object.keys(WORDS) as readonly Language[];

export function wordsOf(language: Language): Words {
  return WORDS[language];
}

export function labelsOf(language: Language): Labels {
  const [from = '', sent = '', to = '', cc = '', subject = '', date = ''] =
    wordsOf(language).outlook.split('|');
  return { from, sent, to, cc, subject, date };
}

/** The line above the block and its labels; `sent` is what `date` is. */
export function appleOf(language: Language): Labels & { readonly title: string } {
  const [title = '', from = '', subject = '', date = '', to = '', cc = ''] = (
    wordsOf(language).apple ?? ''
  ).split('|');
  return { title, from, subject, date, sent: date, to, cc };
}

export function thunderbirdOf(language: Language): Labels & { readonly title: string } {
  const [title = '', subject = '', date = '', from = '', to = '', cc = ''] = (
    wordsOf(language).thunderbird ?? ''
  ).split('|');
  return { title, from, subject, date, sent: date, to, cc };
}

/** The line above a quoted reply. */
export function wroteLine(language: Language, day: string, person: string): string {
  return wordsOf(language).wrote.replace(/\b[DP]\b/g, (each) => (each === 'D' ? day : person));
}
