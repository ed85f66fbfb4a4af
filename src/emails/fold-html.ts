import { isReplyAttribution } from '../archiving/quoted-line.ts';
import { escapeHtml } from '../shared/escape-html.ts';
import {
  outlineHtml,
  QUOTE_ATTRIBUTE,
  type HtmlOutline,
  type MarkedQuote,
} from './html-outline.ts';
import {
  headerAbove,
  headerOfQuote,
  isWorthFolding,
  rowsOf,
  saysAnything,
} from './quoted-words.ts';

export interface FoldedHtml {
  readonly html: string;
  /** How many rows are to be seen while what is quoted is folded away, about. */
  readonly rows: number;
  /** Whether something is folded away, and whether there are tables, pictures or long markup beside it. */
  readonly hasQuote: boolean;
  readonly isLaidOut: boolean;
}

export interface FoldOptions {
  /** As for foldText. */
  readonly forwarded: boolean;
  /** What opens a quote: "Show quoted text". */
  readonly words: string;
}

const LONG_MARKUP = 6_000;
/** There is nothing to fold in it, and it is long however one counts. */
const MAX_WITHOUT_MARKS = 200_000;

/**
 * Folds away what is quoted in HTML that the sanitiser wrote, by the same rules as foldText. Nothing is
 * added to it but elements of ours, nothing taken away but our marks.
 */
export function foldHtml(html: string, { forwarded, words }: FoldOptions): FoldedHtml {
  if (html.length > MAX_WITHOUT_MARKS && !html.includes(` ${QUOTE_ATTRIBUTE}="`)) {
    return { html, rows: html.length / 80, hasQuote: false, isLaidOut: true };
  }
  const outline = outlineHtml(html);
  const folds = outline === null ? [] : chooseFolds(outline, forwarded);
  const open = `<details class="quoted"><summary>${escapeHtml(words)}</summary>`;
  let folded = '';
  let seen = '';
  let at = 0;
  for (const { from, to } of folds) {
    folded += `${html.slice(at, from)}${open}${html.slice(from, to)}</details>`;
    seen += html.slice(at, from);
    at = to;
  }
  seen += html.slice(at);
  const lines = linesOutside(outline?.lines ?? [], folds).filter((line) => line !== '');
  return {
    html: withoutMarks(folded + html.slice(at)),
    rows: rowsOf(lines),
    hasQuote: folds.length > 0,
    isLaidOut: seen.length > LONG_MARKUP || /<(?:table|img)[ >]/.test(seen),
  };
}

/** The outermost ones; none where nothing would be left to read. */
function chooseFolds({ lines, quotes }: HtmlOutline, forwarded: boolean): MarkedQuote[] {
  const folds: MarkedQuote[] = [];
  let isForward = forwarded;
  for (const quote of quotes) {
    if (quote.from < (folds.at(-1)?.to ?? 0) || quote.mark === 'signature') continue;
    const text = lines.slice(quote.firstLine, quote.endLine);
    const header = headerOfQuote(text) ?? headerAbove(lines, quote.firstLine);
    const isTold = isForward ? !answers(text) : header?.kind === 'forwarded';
    isForward &&= !isTold;
    if (!isTold && isQuote(quote, header !== null, lines) && isWorthFolding(text))
      folds.push(quote);
  }
  const signatures = quotes.filter(({ mark }) => mark === 'signature');
  return saysAnything(linesOutside(lines, [...folds, ...signatures])) ? folds : [];
}

/** Whether a box begins with "On ... Jane wrote:". */
function answers(text: readonly string[]): boolean {
  const [first = '', second = ''] = text.filter((line) => line !== '');
  return isReplyAttribution(first) || isReplyAttribution(second, first);
}

function isQuote(
  { mark, firstLine }: MarkedQuote,
  hasHeader: boolean,
  lines: readonly string[],
): boolean {
  if (mark === 'sure') return true;
  if (mark === 'rest') return hasHeader;
  const above = lines.slice(Math.max(0, firstLine - 10), firstLine).filter((line) => line !== '');
  return isReplyAttribution(above.at(-1) ?? '', above.at(-2));
}

function linesOutside(lines: readonly string[], parts: readonly MarkedQuote[]): string[] {
  const inside = new Set(
    parts.flatMap(({ firstLine, endLine }) =>
      Array.from({ length: endLine - firstLine }, (_one, index) => firstLine + index),
    ),
  );
  return lines.filter((_line, at) => !inside.has(at));
}

function withoutMarks(html: string): string {
  return html.replaceAll(MARK, '$1');
}

/** Within a tag alone: in a text, the sanitiser has written "&lt;" for "<". */
const MARK = new RegExp(`(<[a-z][a-z0-9]*(?: [^<>]*)?) ${QUOTE_ATTRIBUTE}="[a-z]+"`, 'g');
