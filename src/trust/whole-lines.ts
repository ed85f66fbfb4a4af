const LF = 0x0a;
const CR = 0x0d;
const PIECE = 1024 * 1024;

/**
 * A message in pieces that end with a line, each line with CRLF, as the signatures are made (RFC 6376
 * section 5.3). mailauth would do the same, but it hands on each line that ends in LF by itself, and looks at
 * a line anew with each piece of it: minutes of work for some megabytes.
 */
export function* wholeLines(raw: Buffer): Generator<Buffer> {
  for (let start = 0; start < raw.length;) {
    const lineEnd = raw.indexOf(LF, Math.min(start + PIECE, raw.length - 1));
    const end = lineEnd < 0 ? raw.length : lineEnd + 1;
    yield withCrlf(raw.subarray(start, end));
    start = end;
  }
}

function withCrlf(lines: Buffer): Buffer {
  const bare = countBare(lines);
  if (bare === 0) return lines;
  const out = Buffer.allocUnsafe(lines.length + bare);
  let at = 0;
  let before = LF;
  for (const byte of lines) {
    if (byte === LF && before !== CR) out[at++] = CR;
    out[at++] = byte;
    before = byte;
  }
  return out;
}

function countBare(lines: Buffer): number {
  let bare = 0;
  let before = LF;
  for (const byte of lines) {
    if (byte === LF && before !== CR) bare += 1;
    before = byte;
  }
  return bare;
}
