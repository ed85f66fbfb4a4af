import { type ForwardLines, isComplete, readForwardLines } from './forward-block.ts';
import { readLabel } from './forward-labels.ts';
import { isReplyAttribution, quoteDepth, unquote } from './quoted-line.ts';
import { tellsMoment } from './tells-moment.ts';

const MAX_EMPTY_LINES = 4;
const MAX_TITLE = 200;

/** "-----Original Message-----": a line that announces a mail in any language. */
const BETWEEN_STROKES = /^-{2,}.*[^-].*-{2,}$/;

/**
 * The header lines of a forwarded mail that is quoted with ">" line by line, as Apple Mail does it, and
 * others where their user wants it. They are the first that is quoted, below at most the line that
 * announces them. Above them stands no line that leads to them as one does above an answer: none that
 * ends in a colon or tells a moment.
 *
 * @param start the first quoted line of the text
 */
export function findQuotedBlock(
  lines: readonly string[],
  start: number,
): { readonly start: number; readonly lines: ForwardLines } | null {
  const at = lines.slice(0, start).findLastIndex((line) => line.trim() !== '');
  const above = (lines[at] ?? '').trim();
  if (/[:：]$/.test(above) || isReplyAttribution(above)) return null;
  if (isTitle(above)) return blockAt(lines, start, at);
  if (tellsMoment(above)) return null;
  const first = unquote(lines[start] ?? '', 1).trim();
  if (readLabel(first) !== null) return blockAt(lines, start, start);
  const next = skipEmpty(lines, start + 1);
  const announced = isTitle(first) || (/[:：]$/.test(first) && next > start + 1);
  return announced ? blockAt(lines, next, start) : null;
}

function isTitle(line: string): boolean {
  return line.length < MAX_TITLE && BETWEEN_STROKES.test(line);
}

function skipEmpty(lines: readonly string[], from: number): number {
  let at = from;
  while (at < from + MAX_EMPTY_LINES && unquote(lines[at] ?? '', 1).trim() === '') at += 1;
  return at;
}

function blockAt(
  lines: readonly string[],
  at: number,
  start: number,
): { readonly start: number; readonly lines: ForwardLines } | null {
  if (quoteDepth(lines[at] ?? '') !== 1) return null;
  const found = readForwardLines(lines, at);
  return isComplete(found) ? { start, lines: found } : null;
}
