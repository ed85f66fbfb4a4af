import { cleanLine } from '../shared/clean-text.ts';
import type { NamedAddress } from '../shared/email-address.ts';
import { decodeBytes, decodeHeaderText } from './decode-header-text.ts';
import { type RawField, splitHeaderFields, unfold } from './header-fields.ts';
import { HEADERS_KEPT, type HeaderField, type MailHeader } from './parsed-mail.ts';
import { readAddressList } from './read-address-list.ts';
import { readDate } from './read-date.ts';

/** RFC 5322 section 2.1.1: no line is longer than 998 characters. */
const MAX_LINE = 998;
const MAX_SUBJECT = 2_000;
const MAX_FIELD = 2_000;
const MAX_FIELDS = 200;
const MAX_REFERENCES = 100;

/**
 * So many addresses of one header are read; those after them are counted. A mail to 100,000 would take
 * the worker hundreds of megabytes, and no server that people write from takes more than some thousand.
 */
export const MAX_ADDRESSES = 5_000;

/**
 * Reads the raw header of a message (RFC 5322 section 3.6) as far as it can be read; never throws.
 * It does not use the parser's header, because that one keeps the first of two From fields and
 * turns a missing or unreadable Date into now.
 *
 * @param header the raw bytes up to the empty line.
 * @param maxAddresses how many addresses may be read in all fields together.
 */
export function readHeader(header: Buffer, maxAddresses = MAX_ADDRESSES): MailHeader {
  const fields = splitHeaderFields(header);
  const addresses = new AddressReader(fields, maxAddresses);
  const dateRaw = firstOf(fields, 'date');
  return {
    fromLines: fields.filter((field) => field.name === 'from').length,
    from: addresses.read('from'),
    fromMailboxes: addresses.mailboxes,
    resentFrom: addresses.read('resent-from'),
    sender: addresses.read('sender'),
    replyTo: addresses.read('reply-to'),
    to: addresses.read('to'),
    cc: addresses.read('cc'),
    bcc: addresses.read('bcc'),
    recipientsLeftOut: addresses.leftOut,
    subject: decodeHeaderText(firstOf(fields, 'subject') ?? '', MAX_SUBJECT),
    messageId: firstOf(fields, 'message-id', MAX_LINE),
    inReplyTo: firstOf(fields, 'in-reply-to', MAX_LINE),
    references: readReferences(fields),
    dateRaw: dateRaw === null ? null : cleanLine(dateRaw, MAX_LINE),
    date: dateRaw === null ? null : readDate(dateRaw),
    fields: keptFields(fields),
  };
}

/** The value of the topmost field of that name; null when there is none or it is empty. */
function firstOf(fields: readonly RawField[], name: string, maxLength = 20_000): string | null {
  const field = fields.find((candidate) => candidate.name === name);
  if (!field) return null;
  return cleanLine(decodeBytes(unfold(field.raw.slice(0, 20_000))), maxLength) || null;
}

/** Reads the address fields one after the other, counting down what may still be read. */
class AddressReader {
  readonly #fields: readonly RawField[];
  #left: number;
  /** How many mailboxes the fields read last name. */
  mailboxes = 0;
  /** How many entries were not read in all fields so far. */
  leftOut = 0;

  constructor(fields: readonly RawField[], maxAddresses: number) {
    this.#fields = fields;
    this.#left = maxAddresses;
  }

  /** All addresses of all fields of that name. */
  read(name: string): NamedAddress[] {
    const found: NamedAddress[] = [];
    this.mailboxes = 0;
    for (const field of this.#fields) {
      if (field.name !== name) continue;
      const list = readAddressList(decodeBytes(unfold(field.raw)), this.#left);
      this.#left -= list.addresses.length;
      this.mailboxes += list.mailboxes;
      this.leftOut += list.leftOut;
      for (const address of list.addresses) found.push(address);
    }
    return found;
  }
}

/** RFC 5322 section 3.6.4. Of too many, the first (it names the thread) and the last are kept. */
function readReferences(fields: readonly RawField[]): string[] {
  const ids = (firstOf(fields, 'references', Number.POSITIVE_INFINITY) ?? '').match(/<[^<>\s]+>/g);
  const short = (ids ?? []).filter((id) => id.length <= MAX_LINE);
  if (short.length <= MAX_REFERENCES) return short;
  return [...short.slice(0, 1), ...short.slice(1 - MAX_REFERENCES)];
}

function keptFields(fields: readonly RawField[]): HeaderField[] {
  return fields
    .filter((field) => HEADERS_KEPT.has(field.name))
    .slice(0, MAX_FIELDS)
    .map((field) => ({
      name: field.name,
      value: cleanLine(decodeBytes(unfold(field.raw.slice(0, MAX_FIELD * 2))), MAX_FIELD),
    }));
}
