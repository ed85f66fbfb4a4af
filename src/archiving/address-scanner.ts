import { closingComment } from './closing-comment.ts';

/** One entry of an address list as it stands there, nothing decoded. */
export interface AddressEntry {
  /** What stands before the angle bracket, quotes removed. */
  phrase: string;
  /** The entry without comments and angle brackets, quotes kept: the address when there are no brackets. */
  bare: string;
  /** What stands in the angle brackets, null without brackets. */
  angle: string | null;
  /** The first comment. */
  comment: string;
}

/** An entry that is still being read; `tail` is the text after its angle brackets. */
interface OpenEntry extends AddressEntry {
  tail: string;
  /** Whether `bare` holds an @: asked at each colon, so it must not be looked for anew. */
  hasAt: boolean;
}

const PLAIN = /[^"(),:;<[\\]+/y;

/**
 * Divides an address list (RFC 5322 section 3.4) into its entries: at commas and semicolons outside
 * quotes, comments, brackets; group names are dropped. In one pass, so time is linear. Two addresses
 * in angle brackets without a comma between them are two entries. Unclosed quotes, comments and
 * brackets reach to the end: what is in them is no address.
 */
export function* scanAddresses(text: string): Generator<AddressEntry> {
  let entry = emptyEntry();
  let at = 0;
  while (at < text.length) {
    const char = text.charAt(at);
    if (char === ',' || char === ';') {
      yield* finished(entry);
      entry = emptyEntry();
      at += 1;
    } else if (char === '<') {
      if (entry.angle !== null) {
        yield entry;
        entry = { ...emptyEntry(), phrase: entry.tail };
      }
      const end = closing(text, at + 1, '>');
      entry.angle = text.slice(at + 1, end);
      at = end + 1;
    } else if (char === ':' && entry.angle === null && !entry.hasAt) {
      entry = emptyEntry();
      at += 1;
    } else {
      at = takeText(text, at, entry);
    }
  }
  yield* finished(entry);
}

function emptyEntry(): OpenEntry {
  return { phrase: '', bare: '', tail: '', angle: null, comment: '', hasAt: false };
}

/** "a <a@acme.example> b@acme.example": what follows the brackets may be another address. */
function* finished(entry: OpenEntry): Generator<AddressEntry> {
  yield entry;
  if (entry.tail.includes('@')) yield { ...emptyEntry(), bare: entry.tail };
}

function addText(entry: OpenEntry, phrase: string, raw: string): void {
  if (entry.angle !== null) {
    entry.tail += raw;
    return;
  }
  entry.phrase += phrase;
  entry.bare += raw;
  entry.hasAt ||= raw.includes('@');
}

/** Takes a quoted string, a comment, a domain literal or a run of other text into the entry. */
function takeText(text: string, at: number, entry: OpenEntry): number {
  const char = text.charAt(at);
  if (char === '"') {
    const end = closing(text, at + 1, '"');
    addText(entry, text.slice(at + 1, end).replace(/\\(.)/gs, '$1'), text.slice(at, end + 1));
    return end + 1;
  }
  if (char === '(') {
    const end = closingComment(text, at);
    if (entry.comment === '') entry.comment = text.slice(at + 1, end);
    return end + 1;
  }
  if (char === '[') {
    const end = closing(text, at + 1, ']');
    addText(entry, text.slice(at, end + 1), text.slice(at, end + 1));
    return end + 1;
  }
  PLAIN.lastIndex = at;
  const plain = PLAIN.exec(text)?.[0] ?? char;
  addText(entry, plain, plain);
  return at + plain.length;
}

/** Where the unescaped closing character stands, or the end of the text. */
function closing(text: string, from: number, char: string): number {
  for (let at = from; at < text.length; at += 1) {
    const here = text.charAt(at);
    if (here === '\\' && char === '"') at += 1;
    else if (here === char) return at;
  }
  return text.length;
}
