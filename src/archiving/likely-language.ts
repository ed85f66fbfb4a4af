import { franc } from 'franc-min';
import type { ParsedMail } from './parsed-mail.ts';

/** What a sender can be answered in. */
export type BounceLanguage = 'en' | 'de' | 'fr' | 'es' | 'it' | 'pt' | 'nl' | 'pl' | 'ja';

/** By their codes of ISO 639-3, which the library uses. */
const LANGUAGES: ReadonlyMap<string, BounceLanguage> = new Map([
  ['eng', 'en'],
  ['deu', 'de'],
  ['fra', 'fr'],
  ['spa', 'es'],
  ['ita', 'it'],
  ['por', 'pt'],
  ['nld', 'nl'],
  ['pol', 'pl'],
  ['jpn', 'ja'],
]);
const ONLY = [...LANGUAGES.keys()];

/** Characters: the first of the text say enough, and reading all of a long one takes time. */
const LOOKED_AT = 1000;
/** Characters: in less than that, every language looks like several others. */
const TOO_FEW = 20;

/** The language that a mail is most likely written in; English where that cannot be told. */
export function likelyLanguage({
  text,
  header,
}: Pick<ParsedMail, 'text' | 'header'>): BounceLanguage {
  const words = `${header.subject}\n${text}`.slice(0, LOOKED_AT);
  return LANGUAGES.get(franc(words, { only: ONLY, minLength: TOO_FEW })) ?? 'en';
}
