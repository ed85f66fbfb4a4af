import { isComplete, readForwardLines } from '../archiving/forward-block.ts';
import { readLabel } from '../archiving/forward-labels.ts';
import { isReplyAttribution, unquote } from '../archiving/quoted-line.ts';
import { tellsMoment } from '../archiving/tells-moment.ts';

/** What mail programs write above the mail that is answered; above one that is forwarded stand other words. */
const ORIGINAL =
  /^[\s_*-]*(?:original[ -](?:message|nachricht|meddelelse|melding|appointment)|originalnachricht|ursprüngliche nachricht|message (?:d['’]origine|original)|mensaje original|mensagem original|messaggio originale|oorspronkelijk bericht|ursprungligt meddelande|originalmeddelande|alkuperäinen viesti|(?:oryginalna wiadomość|wiadomość oryginalna)|původní (?:zpráva|e-mail)|pôvodná správa|eredeti üzenet|mesaj original|исходное сообщение|orijinal mesaj|原始邮件|原始郵件|元のメッセージ|원본 메시지)[\s_*-]*$/iu;
const RULE = /^[\s_*=-]{3,}$/;
const MAX_LINE = 300;
/** Of a header no more lines are looked at: a list of recipients may be longer, and so are traps. */
const MAX_HEADER_LINES = 200;
/** A header stands so near to where a quote begins. */
const NEAR = 6;
const ABOVE = 20;
const ROW = 80;
/** Fewer are the question that is answered below them: nobody gains by their being folded away. */
const MIN_ROWS = 5;

/** The header lines of a mail above its text: where they begin, and what announces them. */
export interface QuotedHeader {
  readonly at: number;
  /** The index of the line after them. */
  readonly end: number;
  /** `forwarded`: the words above it say so; `answered`: "Original Message", a rule, or nothing. */
  readonly kind: 'forwarded' | 'answered';
}

/** The header lines that begin at a line, as Outlook sets them above the mail that is answered. */
export function readQuotedHeader(lines: readonly string[], at: number): QuotedHeader | null {
  const label = readLabel((lines[at] ?? '').slice(0, MAX_LINE))?.label;
  if (label !== 'from' && label !== 'date' && label !== 'subject') return null;
  const found = readForwardLines(lines.slice(at, at + MAX_HEADER_LINES), 0);
  const { values } = found;
  const end = at + found.end;
  // "From: Gdansk, Date: Monday, To: Rotterdam" is the way of a container.
  const isHeader = isComplete(found) && tellsMoment(values.get('date') ?? '');
  const named = values.has('subject') || (values.get('from') ?? '').includes('@');
  if (!isHeader || !named) return null;
  let above = at - 1;
  while (above >= 0 && above > at - 3 && (lines[above] ?? '').trim() === '') above -= 1;
  const line = (lines[above] ?? '').slice(0, MAX_LINE).trim();
  if (ORIGINAL.test(line) || RULE.test(line)) return { at: above, end, kind: 'answered' };
  const announces = isBetweenStrokes(line) || /[:：]$/.test(line);
  return { at: announces ? above : at, end, kind: announces ? 'forwarded' : 'answered' };
}

/** "-----Original Message-----". In one expression, a row of strokes would take the cube of its length. */
function isBetweenStrokes(line: string): boolean {
  return line.length >= 4 && /^[-_*=]{2}/.test(line) && /[-_*=]{2}$/.test(line);
}

/** The header with which a quote begins; null where there is none near its beginning. */
export function headerOfQuote(quote: readonly string[]): QuotedHeader | null {
  const head = quote.slice(0, 40).map((line) => unquote(line.slice(0, MAX_LINE), 1));
  const written = head.filter((line) => line.trim() !== '');
  for (const at of Array.from({ length: NEAR }, (_one, index) => index)) {
    if (isReplyAttribution(written[at] ?? '', written[at - 1])) return null;
    const header = readQuotedHeader(written, at);
    if (header) return header;
  }
  return null;
}

/** The header that ends where a quote begins: some programs set the mail that they forward into a box. */
export function headerAbove(lines: readonly string[], quote: number): QuotedHeader | null {
  for (let at = Math.max(0, quote - ABOVE); at < quote; at += 1) {
    const header = readQuotedHeader(lines, at);
    if (!header) continue;
    const between = lines.slice(header.end, quote).filter((line) => line.trim() !== '');
    return between.length === 0 ? header : null;
  }
  return null;
}

/**
 * Whether lines say anything of their own: more than the header of a quote, the words that lead to one
 * ("On ... Jane wrote:") and a signature below "-- ".
 */
export function saysAnything(lines: readonly string[]): boolean {
  const signature = lines.findIndex((line) => /^-- ?$/.test(line));
  const own = signature < 0 ? lines : lines.slice(0, signature);
  return own.some((line, at) => isOwn(line, own[at - 1], own[at + 1]));
}

function isOwn(line: string, before: string | undefined, after: string | undefined): boolean {
  const words = line.slice(0, MAX_LINE).trim();
  if (words === '' || RULE.test(words) || ORIGINAL.test(words)) return false;
  if (isBetweenStrokes(words) || readLabel(words) !== null) return false;
  return !isReplyAttribution(line, before) && !isWrapped(line, after);
}

/** Whether a line begins the words that lead to a quote, and the next, without a moment, ends them. */
function isWrapped(line: string, after = ''): boolean {
  return isReplyAttribution(after, line) && !tellsMoment(after);
}

/** How many rows lines take on a page, about. */
export function rowsOf(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + 1 + Math.floor(line.length / ROW), 0);
}

/** Whether a quote is so long that it is in the way. */
export function isWorthFolding(quote: readonly string[]): boolean {
  return rowsOf(quote.filter((line) => line.trim() !== '')) >= MIN_ROWS;
}
