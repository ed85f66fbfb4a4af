import { isReplyAttribution, quoteDepth } from '../archiving/quoted-line.ts';
import { tellsMoment } from '../archiving/tells-moment.ts';
import {
  headerOfQuote,
  isWorthFolding,
  readQuotedHeader,
  saysAnything,
  type QuotedHeader,
} from './quoted-words.ts';

/** A stretch of a mail's text: its own, or quoted from another mail. */
export interface TextPart {
  readonly quoted: boolean;
  readonly lines: readonly string[];
}

/** From this line on, up to that one, a mail is quoted. */
interface Quote {
  readonly from: number;
  readonly to: number;
}

/**
 * Divides a text into what its writer says and what is only quoted: lines with ">" before them, and all
 * that follows "Original Message", the header that Outlook sets, or "On ... Jane wrote:". Nothing is
 * taken out. A forwarded mail is no quote, for it is what is told; and a text without a word of its own
 * is not divided.
 *
 * @param forwarded the mail is a forward, as its subject or its way into the archive says: its first
 *   header is that of the forwarded mail, though Outlook writes it like that of an answered one.
 */
export function foldText(text: string, forwarded: boolean): TextPart[] {
  const lines = text.split('\n');
  const parts: TextPart[] = [];
  const add = (quoted: boolean, from: number, to: number) => {
    if (to > from) parts.push({ quoted, lines: lines.slice(from, to) });
  };
  let at = 0;
  for (const { from, to } of findQuotes(lines, forwarded)) {
    add(false, at, from);
    add(true, from, to);
    at = to;
  }
  add(false, at, lines.length);
  const speaks = parts.some(({ quoted, lines: own }) => !quoted && saysAnything(own));
  return speaks ? parts : [{ quoted: false, lines }];
}

function findQuotes(lines: readonly string[], forwarded: boolean): Quote[] {
  const quotes: Quote[] = [];
  let isForward = forwarded;
  let at = 0;
  while (at < lines.length) {
    if (quoteDepth(lines[at] ?? '') > 0) {
      const to = endOfRun(lines, at);
      const quote = lines.slice(at, to);
      if (isWorthFolding(quote) && headerOfQuote(quote) === null) quotes.push({ from: at, to });
      at = to;
      continue;
    }
    const header = readQuotedHeader(lines, at);
    const from = header ? beginOf(header, isForward) : leadsToRest(lines, at) ? at + 1 : null;
    if (from !== null && isWorthFolding(lines.slice(from))) {
      return [...quotes.filter(({ to }) => to <= from), { from, to: lines.length }];
    }
    if (header) isForward = false;
    at = header ? endOfTold(lines, header.end) : at + 1;
  }
  return quotes;
}

/** Some programs set ">" before a forwarded mail, too, below its header. */
function endOfTold(lines: readonly string[], end: number): number {
  const ahead = lines
    .slice(end, end + 6)
    .findIndex((line) => !/^(?:[-_*=]{2}|$)/.test(line.trimStart()));
  const at = end + Math.max(0, ahead);
  return quoteDepth(lines[at] ?? '') > 0 ? endOfRun(lines, at) : end;
}

function beginOf({ at, kind }: QuotedHeader, isForward: boolean): number | null {
  return kind === 'forwarded' || isForward ? null : at;
}

/** The lines with ">", and the empty ones between them. */
function endOfRun(lines: readonly string[], from: number): number {
  let to = from;
  for (let at = from; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (quoteDepth(line) > 0) to = at + 1;
    else if (line.trim() !== '') break;
  }
  return to;
}

/** Some programs set no ">" below their "On ... Jane <jane@acme.example> wrote:". */
function leadsToRest(lines: readonly string[], at: number): boolean {
  const line = lines[at] ?? '';
  const before = lines[at - 1] ?? '';
  if (!isReplyAttribution(line, before)) return false;
  const next = lines.slice(at + 1, at + 6).find((one) => one.trim() !== '') ?? '';
  const words = `${before.slice(-400)} ${line}`;
  return quoteDepth(next) === 0 && words.includes('@') && tellsMoment(words);
}
