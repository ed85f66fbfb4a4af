import { type RawField, unfold } from './header-fields.ts';
import { decodeBytes } from './decode-header-text.ts';
import { readAddressList } from './read-address-list.ts';

/** RFC 5322 section 2.1.1, some lines of it. */
const MAX_FROM = 4_000;

/**
 * What keeps From from naming one address beyond doubt, for any program that reads it; null for
 * nothing. It is stricter than what an owner is found by: programs differ in what they make of odd
 * forms, and then what one checks is not what another shows.
 *
 * @returns the end of a sentence that begins with "From"
 */
export function unclearFrom(fields: readonly RawField[]): string | null {
  const from = fields.filter(({ name }) => name === 'from');
  const [field] = from;
  if (!field || from.length > 1) return `stands ${from.length} times in the header`;
  if (field.raw.length > MAX_FROM) return 'is far too long';
  const text = decodeBytes(unfold(field.raw));
  if (/[\p{Cc}\p{Cf}]/u.test(text.replaceAll('\t', ''))) return 'holds control characters';
  const { mailboxes, addresses } = readAddressList(text, 10);
  if (mailboxes !== 1 || addresses.length !== 1) return 'does not name exactly one address';
  const bare = withoutQuotesAndComments(text);
  if (bare === null) return 'has quotes or a comment left open';
  if (/[;:]/.test(bare)) return 'is a group or has a route in it';
  if (/[<>].*[<>].*[<>]/.test(bare) || (bare.includes('<') && !/<[^<>]*>\s*$/.test(bare))) {
    return 'has more than one pair of brackets';
  }
  return bare.split('@').length > 2 ? 'names more than one address' : null;
}

function withoutQuotesAndComments(text: string): string | null {
  const bare = text.replace(/"(?:[^"\\]|\\.)*"/g, 'x');
  let depth = 0;
  let kept = '';
  for (const char of bare.replace(/\\./g, 'x')) {
    if (char === '(') depth += 1;
    else if (char === ')') depth -= 1;
    else if (depth === 0) kept += char;
    if (depth < 0) return null;
  }
  return depth > 0 || kept.includes('"') ? null : kept;
}
