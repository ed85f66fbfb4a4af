/** How many ">" stand before a line. */
export function quoteDepth(line: string): number {
  let depth = 0;
  for (const char of line) {
    if (char === '>') depth += 1;
    else if (char !== ' ') break;
  }
  return depth;
}

/** The line with at most so many ">" taken from before it. */
export function unquote(line: string, depth: number): string {
  let rest = line;
  for (let level = 0; level < depth; level += 1) {
    const match = /^ ?> ?/.exec(rest);
    if (!match) break;
    rest = rest.slice(match[0].length);
  }
  return rest;
}

/** The word for "wrote" with which programs begin a quoted answer. */
const WROTE =
  /(?:wrote|writes|schrieb|a écrit|escribió|escreveu|ha scritto|schreef|geschreven|skrev|kirjoitti|napisał|napisała|napisał\(a\)|napsal|napísal|írta|a scris|написал|написала|пише|yazdı)/i;

/**
 * Whether a line begins the quoted text of an answer ("On ... Jane wrote:", "Am ... schrieb Jane:").
 * What follows it is no forwarded mail.
 */
export function isReplyAttribution(line: string): boolean {
  const text = line.trim();
  return text.length < 400 && /[:：]$/.test(text) && WROTE.test(text);
}
