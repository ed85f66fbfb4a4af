/** One field of a raw header. RFC 5322 section 2.2. */
export interface RawField {
  /** In lower case. */
  readonly name: string;
  /**
   * What stands after the colon, a character for each byte (latin1), still folded: its lines are
   * divided by a line feed whatever divided them in the mail.
   */
  readonly raw: string;
}

/** A field name may be followed by white space (RFC 5322 section 4.5, obsolete syntax). */
const FIELD = /^([!-9;-~]+)[ \t\n]*:/;

/**
 * Where the header of a raw message ends: the number of bytes up to and including the empty line
 * (RFC 5322 section 2.1), or all of them when there is no empty line.
 */
export function headerLength(raw: Buffer): number {
  if (raw[0] === 0x0a) return 1;
  if (raw[0] === 0x0d && raw[1] === 0x0a) return 2;
  const crlf = raw.indexOf('\n\r\n');
  const lf = (crlf < 0 ? raw : raw.subarray(0, crlf + 1)).indexOf('\n\n');
  if (lf >= 0) return lf + 2;
  return crlf < 0 ? raw.length : crlf + 3;
}

/** A mail to 100,000 people has a header of several megabytes, and as many lines. */
const MAX_HEADER = 8 * 1024 * 1024;
const MAX_LINES = 250_000;
const LF = 0x0a;
const CR = 0x0d;

/** Why a header is not to be divided into its fields, as the end of a sentence; null where it may be. */
export function whyHeaderTooLarge(header: Buffer): string | null {
  if (header.length > MAX_HEADER) return 'its header is larger than 8 MB';
  let lines = 0;
  let before = LF;
  for (const byte of header) {
    if (byte === CR || (byte === LF && before !== CR)) lines += 1;
    before = byte;
  }
  return lines > MAX_LINES ? 'its header has more than 250,000 lines' : null;
}

/**
 * The fields of a raw header, topmost first. A bare CR divides lines here as it does for some mail
 * programs, so that a second From can't hide behind one. What is no field is left out.
 */
export function splitHeaderFields(header: Buffer): RawField[] {
  const lines = header.toString('latin1').split(/\r\n|\n|\r/);
  const fields: RawField[] = [];
  let unfinished: string[] = [];
  const finish = () => {
    const text = unfinished.join('\n');
    const name = FIELD.exec(text);
    if (name?.[1]) fields.push({ name: name[1].toLowerCase(), raw: text.slice(name[0].length) });
  };
  for (const line of lines) {
    const folded = line.startsWith(' ') || line.startsWith('\t');
    if (folded && unfinished.length > 0) {
      unfinished.push(line);
    } else {
      finish();
      unfinished = [line];
    }
  }
  finish();
  return fields;
}

/** RFC 5322 section 2.2.3: the value on one line, trimmed, still a character for each byte. */
export function unfold(raw: string): string {
  return raw.replaceAll('\n', '').trim();
}
