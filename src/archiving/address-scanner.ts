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
      yield entry;
      entry = emptyEntry();
      at += 1;
    } else if (char === '<') {
      if (entry.angle !== null) {
        yield entry;
        entry = emptyEntry();
      }
      const end = closing(text, at + 1, '>');
      entry.angle = text.slice(at + 1, end);
      at = end + 1;
    } else if (char === ':' && entry.angle === null && !entry.bare.includes('@')) {
      entry = emptyEntry();
      at += 1;
    } else {
      at = takeText(text, at, entry);
    }
  }
  yield entry;
}

function emptyEntry(): AddressEntry {
  return { phrase: '', bare: '', angle: null, comment: '' };
}

/** Takes a quoted string, a comment, a domain literal or a run of other text into the entry. */
function takeText(text: string, at: number, entry: AddressEntry): number {
  const char = text.charAt(at);
  if (char === '"') {
    const end = closing(text, at + 1, '"');
    entry.phrase += text.slice(at + 1, end).replace(/\\(.)/gs, '$1');
    entry.bare += text.slice(at, end + 1);
    return end + 1;
  }
  if (char === '(') {
    const end = closingComment(text, at);
    if (entry.comment === '') entry.comment = text.slice(at + 1, end);
    return end + 1;
  }
  if (char === '[') {
    const end = closing(text, at + 1, ']');
    entry.phrase += text.slice(at, end + 1);
    entry.bare += text.slice(at, end + 1);
    return end + 1;
  }
  PLAIN.lastIndex = at;
  const plain = PLAIN.exec(text)?.[0] ?? char;
  entry.phrase += plain;
  entry.bare += plain;
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

/** Comments nest (RFC 5322 section 3.2.2). */
function closingComment(text: string, from: number): number {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    const here = text.charAt(at);
    if (here === '\\') at += 1;
    else if (here === '(') depth += 1;
    else if (here === ')') {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return text.length;
}
