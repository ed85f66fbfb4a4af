import { domainToASCII } from 'node:url';

/** An address with the name that stood beside it. `address` is canonical, `name` may be empty. */
export interface NamedAddress {
  readonly address: string;
  readonly name: string;
}

/** RFC 5321 section 4.5.3.1: 64 octets of local part, "@", 255 octets of domain. */
const MAX_LENGTH = 320;
const MAX_DOMAIN_LENGTH = 255;
/** RFC 5322 atoms and dots, and letters beyond ASCII (RFC 6532), but nothing that can't be seen. */
const ATOM = /^[^\s@"(),:;<>[\]\\\p{Cc}\p{Cf}\p{Cs}]+$/u;
const QUOTED = /^"((?:[^"\\\p{Cc}\p{Cf}\p{Cs}]|\\[^\p{Cc}\p{Cf}\p{Cs}])*)"$/u;
/**
 * What a domain may hold before it is converted. domainToASCII parses like the host of a URL: given
 * more, it would drop what follows "/", "?" or "#" and decode %61, making a stranger's text ours.
 */
const RAW_DOMAIN = /^(?:[a-z0-9._-]|[^\p{ASCII}\s\p{Cc}\p{Cf}\p{Cs}])+$/iu;
const ASCII_DOMAIN = /^[a-z0-9_-]+(?:\.[a-z0-9_-]+)*$/;
const ADDRESS_LITERAL = /^\[(?:ipv6:)?[0-9a-f.:]+\]$/i;
const ASCII_ONLY = /^\p{ASCII}*$/u;

/**
 * The one form in which addresses are stored and compared: lower case, the domain in A-labels
 * (RFC 5890), without a trailing dot, the local part without needless quotes (RFC 5321 section 4.1.2)
 * and in NFC. Nothing else is folded: plus-tags and dots in the local part are part of the address.
 * Applying it twice changes nothing.
 *
 * @returns null when the text is not one plain address.
 */
export function canonicalAddress(raw: string): string | null {
  const text = raw.trim();
  const at = text.lastIndexOf('@');
  if (at < 1 || text.length > MAX_LENGTH) return null;
  const local = canonicalLocalPart(text.slice(0, at));
  const domain = canonicalDomain(text.slice(at + 1));
  if (local === null || domain === null) return null;
  const address = `${local}@${domain}`;
  return address.length > MAX_LENGTH ? null : address;
}

/** The domain of a canonical address. */
export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1);
}

/** The local part of a canonical address. */
export function localPartOf(address: string): string {
  return address.slice(0, address.lastIndexOf('@'));
}

/** A domain in lower-case A-labels without its trailing dot; null when it is not a domain. */
export function canonicalDomain(raw: string): string | null {
  const text = raw.endsWith('.') ? raw.slice(0, -1) : raw;
  if (ADDRESS_LITERAL.test(text)) return text.toLowerCase();
  if (text.length > MAX_DOMAIN_LENGTH || !RAW_DOMAIN.test(text)) return null;
  const ascii = ASCII_ONLY.test(text) ? text.toLowerCase() : aLabels(text);
  return ascii.length <= MAX_DOMAIN_LENGTH && ASCII_DOMAIN.test(ascii) ? ascii : null;
}

/** '' when the text has no A-labels, or would turn into an IP address (full-width digits do). */
function aLabels(text: string): string {
  const ascii = domainToASCII(text);
  return /(?:^|\.)\d+$/.test(ascii) ? '' : ascii;
}

function canonicalLocalPart(raw: string): string | null {
  const text = raw.normalize('NFC');
  const quoted = QUOTED.exec(text);
  const inner = quoted ? (quoted[1] ?? '').replace(/\\(.)/gu, '$1') : text;
  if (inner === '' || (!quoted && !ATOM.test(inner))) return null;
  const folded = inner.toLowerCase().normalize('NFC');
  // A Kelvin sign becomes "k", a Greek question mark ";": another mailbox must not become ours.
  if (ASCII_ONLY.test(folded) && !ASCII_ONLY.test(raw)) return null;
  return ATOM.test(folded) ? folded : `"${folded.replace(/["\\]/g, '\\$&')}"`;
}
