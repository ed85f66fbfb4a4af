import { type RawField, unfold } from './header-fields.ts';
import { isHopWithin } from './is-hop-within.ts';
import {
  type AuthenticationResults,
  readAuthenticationResults,
} from './read-authentication-results.ts';

/** Stands for Microsoft 365, whose results begin without an authserv-id. */
export const MICROSOFT_365 = 'microsoft365';

/**
 * The topmost Authentication-Results of the pinned authserv-id (RFC 8601 section 5: no other is
 * believed). It must stand above the Received of the hop that came from outside: what stands below
 * that came with the mail, and anybody may have written it.
 *
 * @param fields of the whole header, topmost first
 */
export function findPinnedResults(
  fields: readonly RawField[],
  pinned: string | null,
): AuthenticationResults | null {
  if (pinned === null) return null;
  const microsoft = pinned.toLowerCase() === MICROSOFT_365;
  const wanted = microsoft ? null : pinned.toLowerCase();
  for (const { name, raw } of fields) {
    if (name === 'received' && !isHopWithin(unfold(raw), microsoft)) return null;
    if (name !== 'authentication-results') continue;
    const read = readAuthenticationResults(raw);
    if (read !== null && read.authservId === wanted) return read;
  }
  return null;
}
