/** A part of a mail's HTML that its program has marked as quoted. */
export interface MarkedQuote {
  /** `sure`: the mark says it; `rest`: so is all that follows it; `maybe`: if the words above it say so. */
  readonly mark: QuoteMark;
  /** Where it begins and ends in the HTML. */
  readonly from: number;
  readonly to: number;
  /** Its lines among those of the whole. */
  readonly firstLine: number;
  readonly endLine: number;
}

const QUOTE_MARKS = ['sure', 'rest', 'maybe', 'signature'] as const;
export type QuoteMark = (typeof QUOTE_MARKS)[number];
/** How the sanitiser hands on what a class or an id said, which it takes away. */
export const QUOTE_ATTRIBUTE = 'data-quote';

/** What may be read of HTML: its text by lines, its pictures as "[]", and what is quoted in it. */
export interface HtmlOutline {
  readonly lines: readonly string[];
  readonly quotes: readonly MarkedQuote[];
}

interface Frame {
  readonly name: string;
  readonly from: number;
  /** Where its content begins. */
  readonly inside: number;
  readonly firstLine: number;
  readonly mark: QuoteMark | null;
  readonly hidden: boolean;
  /** What is marked as `rest` among its children: it ends with this element. */
  rest: { readonly from: number; readonly firstLine: number; readonly end: number } | null;
}

/** In what the sanitiser writes, no "<" or ">" stands but for a tag. */
const TAG = /<(\/?)([a-z][a-z0-9]*)([^>]*)>/g;
const VOID = new Set(['br', 'hr', 'img']);
const INLINE = new Set(
  'a abbr b bdi bdo big cite code del dfn em font i ins kbd mark q s samp small span strike strong sub sup td th tt u var wbr'.split(
    ' ',
  ),
);
const HIDDEN = /display:\s*none|visibility:\s*hidden|font-size:\s*0(?:[a-z%;"]|$)/i;
const MAX_LINE = 400;
const MARK = new RegExp(` ${QUOTE_ATTRIBUTE}="(${QUOTE_MARKS.join('|')})"`);

/**
 * Reads the outline of HTML that the sanitiser wrote, in one pass.
 *
 * @returns null where its elements do not close as they opened.
 */
export function outlineHtml(html: string): HtmlOutline | null {
  const lines: string[] = [];
  const quotes: MarkedQuote[] = [];
  const stack: Frame[] = [frameOf('', [0, 0], 0, '', false)];
  let line = '';
  let at = 0;
  const endLine = () => {
    lines.push(line.trim());
    line = '';
  };
  const addText = (text: string) => {
    const words = stack.at(-1)?.hidden === true ? '' : plainOf(text.slice(0, 2 * MAX_LINE));
    line = `${line}${words}`.slice(0, MAX_LINE);
  };
  for (const { 0: tag, 1: slash, 2: name = '', 3: attributes = '', index } of html.matchAll(TAG)) {
    addText(html.slice(at, index));
    at = index + tag.length;
    if (!INLINE.has(name) && name !== 'img') endLine();
    if (name === 'img') line += '[]';
    else if (name === 'td' || name === 'th') line += ' ';
    if (VOID.has(name)) continue;
    const parent = stack.at(-1);
    if (slash === '') {
      stack.push(frameOf(name, [index, at], lines.length, attributes, parent?.hidden ?? false));
      continue;
    }
    const frame = stack.pop();
    const around = stack.at(-1);
    if (frame?.name !== name || !around) return null;
    quotes.push(...closed(frame, around, { html, from: index, to: at, line: lines.length }));
  }
  addText(html.slice(at));
  endLine();
  const [whole] = stack;
  if (stack.length !== 1 || !whole) return null;
  if (whole.rest) quotes.push(restOf(whole.rest, html.length, lines.length));
  return { lines, quotes: quotes.toSorted((one, other) => one.from - other.from) };
}

function frameOf(
  name: string,
  [from, inside]: readonly [number, number],
  firstLine: number,
  attributes: string,
  inHidden: boolean,
): Frame {
  const mark = (MARK.exec(attributes)?.[1] ?? null) as QuoteMark | null;
  const hidden = inHidden || HIDDEN.test(attributes);
  return { name, from, inside, firstLine, mark, hidden, rest: null };
}

/** What an element was, now that its end is known. */
function closed(
  frame: Frame,
  around: Frame,
  end: { html: string; from: number; to: number; line: number },
): MarkedQuote[] {
  const { mark, from, inside, firstLine, rest } = frame;
  const isBlank = (start: number, stop: number) => end.html.slice(start, stop).trim() === '';
  // A header in a box of its own: what it stands above is around the box.
  const ends = rest !== null && isBlank(rest.end, end.from);
  if (mark === 'rest' || (ends && isBlank(inside, rest.from))) {
    around.rest ??= { from, firstLine, end: end.to };
  }
  const own: MarkedQuote[] =
    mark === null || mark === 'rest'
      ? []
      : [{ mark, from, to: end.to, firstLine, endLine: end.line }];
  return rest !== null && !ends ? [...own, restOf(rest, end.from, end.line)] : own;
}

function restOf(rest: NonNullable<Frame['rest']>, to: number, endLine: number): MarkedQuote {
  return { mark: 'rest', from: rest.from, to, firstLine: rest.firstLine, endLine };
}

function plainOf(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/&(lt|gt|quot|nbsp|amp);/g, (_all, name: string) => ENTITIES[name] ?? '');
}

const ENTITIES: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  quot: '"',
  nbsp: ' ',
  amp: '&',
};
