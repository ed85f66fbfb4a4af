import { canonicalAddress, type NamedAddress } from '../shared/email-address.ts';
import { type AddressEntry, scanAddresses } from './address-scanner.ts';
import { decodeHeaderText } from './decode-header-text.ts';

const MAX_NAME = 256;

export interface AddressList {
  /** How many mailboxes the list names, whether or not their address can be read. */
  readonly mailboxes: number;
  /** The addresses that can be read, canonical, in order. */
  readonly addresses: readonly NamedAddress[];
  /** Entries that were not read, as so many addresses were. */
  readonly leftOut: number;
}

/**
 * Reads an address list (RFC 5322 section 3.4, groups included) without guessing: the list is divided
 * first and encoded-words are decoded afterwards, in names only, so that neither an encoded-word nor a
 * quoted name nor a comment can put an address into it. A name that contains an address counts for
 * nothing. That is why no general-purpose library reads it: they look for something like an
 * address wherever it stands.
 *
 * @param text the value, unfolded, bytes decoded, encoded-words not.
 * @param maxAddresses entries after so many readable addresses are not read.
 */
export function readAddressList(text: string, maxAddresses: number): AddressList {
  const addresses: NamedAddress[] = [];
  let mailboxes = 0;
  let dangling = '';
  let leftOut = 0;
  for (const entry of scanAddresses(text)) {
    if (addresses.length >= maxAddresses) {
      if (entry.angle !== null || entry.bare.trim() !== '') leftOut += 1;
      continue;
    }
    if (isUnquotedSurname(entry)) {
      // "Roe, Jane <jane@acme.example>": the comma should have been quoted. Counted if nobody follows.
      if (dangling !== '') mailboxes += 1;
      dangling = entry.bare.trim();
      continue;
    }
    if (entry.angle === null && entry.bare.trim() === '') continue;
    mailboxes += 1;
    const named = readEntry(entry, dangling);
    dangling = '';
    if (named) addresses.push(named);
  }
  return { mailboxes: dangling === '' ? mailboxes : mailboxes + 1, addresses, leftOut };
}

function isUnquotedSurname(entry: AddressEntry): boolean {
  const bare = entry.bare.trim();
  return entry.angle === null && bare !== '' && !bare.includes('@') && !bare.startsWith('"');
}

function readEntry(entry: AddressEntry, before: string): NamedAddress | null {
  const address = canonicalAddress(withoutRoute(entry.angle ?? entry.bare));
  if (address === null) return null;
  const own = entry.angle === null ? entry.comment : entry.phrase.trim() || entry.comment;
  const name = before !== '' && own !== '' ? `${before}, ${own}` : before || own;
  return { address, name: decodeHeaderText(name, MAX_NAME) };
}

/** RFC 5322 section 4.4: "<@relay.example,@other.example:jane@acme.example>". */
function withoutRoute(address: string): string {
  return address.trim().startsWith('@') ? address.slice(address.indexOf(':') + 1) : address;
}
