/** Shorter stretches are not worth looking at. */
const LONG = 16 * 1024;
/** So much is kept at either end of a stretch that is left out. */
const MARGIN = 1024;

/**
 * The pieces of a body that can matter to its structure: all of it but the middle of long stretches
 * that hold nothing like a boundary (RFC 2046 section 5.1.1: it begins with "--"), as the base64 of
 * an attachment. The splitter looks at each byte of each line; these stretches are most of all bytes.
 *
 * A stretch may begin within the header of a part, so it is kept up to its first empty line. No
 * header can begin after that one, as a boundary would have to stand before it.
 *
 * @returns views of `body`, in order; each but the last ends with a line.
 */
export function structuralPieces(body: Buffer): Buffer[] {
  const pieces: Buffer[] = [];
  let kept = 0;
  let start = 0;
  while (start < body.length) {
    const dashes = body.indexOf('--', start, 'latin1');
    const end = dashes < 0 ? body.length : dashes;
    const gap = end - start < LONG ? null : middleOf(body, start, end);
    if (gap) {
      pieces.push(body.subarray(kept, gap.from));
      kept = gap.to;
    }
    start = end + 2;
  }
  pieces.push(body.subarray(kept));
  return pieces;
}

/** What can be left out of a stretch: whole lines, some lines away from both of its ends. */
function middleOf(body: Buffer, start: number, end: number): { from: number; to: number } | null {
  const text = afterEmptyLine(body.subarray(start, end));
  if (text < 0) return null;
  const from = afterLine(body, start + text + MARGIN, end);
  const to = afterLine(body, end - MARGIN, end);
  // Two line ends or more must follow, so that the last line is cut out of `body` and not put together.
  const enough = to > 0 && afterLine(body, afterLine(body, to, end), end) > 0;
  return from > 0 && enough && from < to ? { from, to } : null;
}

function afterEmptyLine(stretch: Buffer): number {
  const crlf = stretch.indexOf('\n\r\n', 0, 'latin1');
  const before = crlf < 0 ? stretch : stretch.subarray(0, crlf + 1);
  const lf = before.indexOf('\n\n', 0, 'latin1');
  if (lf >= 0) return lf + 2;
  return crlf < 0 ? -1 : crlf + 3;
}

/** The start of the next line; -1 when none starts before `end`. */
function afterLine(body: Buffer, from: number, end: number): number {
  if (from < 0 || from >= end) return -1;
  const at = body.indexOf(0x0a, from);
  return at < 0 || at + 1 >= end ? -1 : at + 1;
}
