import { domainToASCII } from 'node:url';

/** An address with the name that stood beside it. `address` is canonical, `name` may be empty. */
export interface NamedAddress {
  readonly address: string;
  readonly name: string;
}

/** RFC 5321 section 4.5.3.1: 64 octets of local part, "@", 255 octets of domain. */
const MAX_LENGTH = 320;
const ATOM = /^[^\s@"(),:;<>[\]\\\p{Cc}]+$/u;

/**
 * The one form in which addresses are stored and compared: lower case, the domain in A-labels
 * (RFC 5890), without a trailing dot, the local part without needless quotes (RFC 5321 section 4.1.2).
 * Nothing else is folded: plus-tags and dots in the local part are part of the address.
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

/** A domain in lower-case A-labels without its trailing dot; null when it is not a domain. */
export function canonicalDomain(raw: string): string | null {
  const text = raw.endsWith('.') ? raw.slice(0, -1) : raw;
  if (/^\[[0-9a-f.:]+\]$/i.test(text)) return text.toLowerCase();
  if (text === '' || !ATOM.test(text)) return null;
  const ascii = domainToASCII(text);
  return /^[a-z0-9_-]+(\.[a-z0-9_-]+)*$/.test(ascii) ? ascii : null;
}

function canonicalLocalPart(raw: string): string | null {
  const quoted = /^"((?:[^"\\\p{Cc}]|\\[^\p{Cc}])*)"$/u.exec(raw);
  if (!quoted) return ATOM.test(raw) ? raw.normalize('NFC').toLowerCase() : null;
  const inner = (quoted[1] ?? '').replace(/\\(.)/gu, '$1').normalize('NFC').toLowerCase();
  if (ATOM.test(inner)) return inner;
  return inner === '' ? null : `"${inner.replace(/["\\]/g, '\\$&')}"`;
}
