import type { PlannedEmail } from '../archiving/planned-email.ts';
import { cleanText } from '../shared/clean-text.ts';
import { BETWEEN_WORDS, distinctWords } from './distinct-words.ts';

/** Scripts that are written without spaces: each sign is a word, and a search is a row of them. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/gu;
const MAX_WORDS = 20_000;
const MAX_PEOPLE = 200;
const MAX_FILES = 100;
/** A tsvector holds at most one megabyte, and nobody looks for the sixty-thousandth character of a mail. */
const MAX_TEXT = 60_000;

/** What an email is found by besides its subject and text: who is on it, its files, and their parts. */
export function searchWords(email: PlannedEmail): string {
  const people = email.participants
    .filter(({ role, kind }) => role !== 'bcc' && kind !== 'archive')
    .slice(0, MAX_PEOPLE)
    .map(({ name, address }) => `${name} ${address} ${address.replace(/[^\p{L}\p{N}]+/gu, ' ')}`);
  const files = email.attachments
    .slice(0, MAX_FILES)
    .map(({ fileName }) => (fileName ?? '').replace(/[^\p{L}\p{N}]+/gu, ' '));
  const words = cleanText([...people, ...files].join(' '), MAX_WORDS);
  const signs = `${words} ${email.subject} ${email.text.slice(0, MAX_WORDS)}`.match(UNSPACED);
  return signs ? cleanText(`${words} ${signs.join(' ')}`, MAX_WORDS) : words;
}

/** What an email is found by besides its subject. */
export function searchText({ text }: PlannedEmail, words: string): string {
  return cleanText(`${words.replace(/[<>]/g, ' ')} ${distinctWords(text.slice(0, MAX_TEXT))}`);
}

/** A typed search as words, those of unspaced scripts as rows of signs. */
export function typedWords(text: string): string[] {
  return text
    .normalize('NFC')
    .split(BETWEEN_WORDS)
    .map((word) => word.replace(UNSPACED, ' $& ').trim())
    .filter((word) => word !== '')
    .slice(0, 10);
}
