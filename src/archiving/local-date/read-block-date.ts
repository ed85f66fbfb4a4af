import { readDate } from '../read-date.ts';
import { readLocalDate } from './read-local-date.ts';

/** Of the zones that RFC 5322 has, those that all programs mean alike. */
const ENDS_IN_A_ZONE = /(?:\s[+-]\d{4}|\s(?:GMT|UTC?|Z|E[SD]T|[MP][SD]T))(?:\s*\([^()]*\))?\s*$/;

/**
 * The date of a forwarded block. Many programs show it as the mail had it; RFC 5322 takes a zone that it
 * does not know for UTC, which a date that a program wrote for its user never means.
 *
 * @param languages of the block's labels; empty for none known
 * @returns ISO 8601 in UTC; null where it does not tell its moment, or not to everybody
 */
export function readBlockDate(written: string, languages: ReadonlySet<string>): string | null {
  const asSent = ENDS_IN_A_ZONE.test(written) ? readDate(written) : null;
  return asSent ?? readLocalDate(written, languages);
}
