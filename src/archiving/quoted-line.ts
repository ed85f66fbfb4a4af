import { tellsMoment } from './tells-moment.ts';

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
  /(?:wrote|writes|schrieb|a écrit|escribió|escreveu|ha scritto|schreef|geschreven|skrev|kirjoitti|napisał|napisała|napisał\(a\)|napsal|napísal|írta|a scris|έγραψε|написал|написала|пише|yazdı|写道|寫道)/i;
const MAX_LENGTH = 400;

/**
 * Whether a line begins the quoted text of an answer ("On ... Jane wrote:", "Am ... schrieb Jane:"); in
 * whatever language where it names an address and a moment. What follows it is no forwarded mail.
 *
 * @param before the line above it: long ones are wrapped.
 */
export function isReplyAttribution(line: string, before = ''): boolean {
  const end = line.trim();
  if (end.length >= MAX_LENGTH || !/[:：]$/.test(end)) return false;
  if (WROTE.test(end)) return true;
  const text = `${before.slice(-MAX_LENGTH)} ${end}`;
  return text.includes('@') && tellsMoment(text);
}
