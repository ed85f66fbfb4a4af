import { type BlockLanguage, type ForwardLabel, readLabel } from './forward-labels.ts';
import { LinesTogether } from './lines-together.ts';
import { quoteDepth, unquote } from './quoted-line.ts';

/** The header lines of a forwarded block. */
export interface ForwardLines {
  readonly values: ReadonlyMap<ForwardLabel, string>;
  /** The lines were quoted with so many ">", as Apple Mail does it. */
  readonly depth: number;
  /** Those that have all its labels; empty where none has, as in programs that translate one of them. */
  readonly languages: ReadonlySet<BlockLanguage>;
  /** The index of the first line that is not one of them. */
  readonly end: number;
}

const ADDRESSES: ReadonlySet<ForwardLabel> = new Set(['from', 'to', 'cc']);
const MAX_VALUE = 100_000;

/**
 * Reads the header lines that begin at a line. They end where the text begins: at an empty line (unless
 * there is one after each of them), at a label that was there already, or at a line that does not
 * continue the one before. Long address lists are wrapped without being indented.
 */
export function readForwardLines(lines: readonly string[], start: number): ForwardLines {
  const depth = quoteDepth(lines[start] ?? '');
  const values = new Map<ForwardLabel, LinesTogether>();
  let languages: ReadonlySet<BlockLanguage> | null = null;
  let spaced = false;
  let last: ForwardLabel | null = null;
  let at = start;
  for (; at < lines.length; at += 1) {
    const line = unquote(lines[at] ?? '', depth);
    const found = readLabel(line);
    if (found && (found.label === 'other' || !values.has(found.label))) {
      values.set(found.label, new LinesTogether(found.value, MAX_VALUE));
      last = found.label;
      if (found.languages.size > 0) languages = shared(languages, found.languages);
      continue;
    }
    if (found || last === null) break;
    if (line.trim() === '') {
      if (values.size === 1) spaced = true;
      const next = readLabel(unquote(lines[at + 1] ?? '', depth));
      if (!spaced || !next || values.has(next.label)) break;
      continue;
    }
    const before = values.get(last);
    if (!before || !continues(line, last, before)) break;
    before.add(line.trim());
  }
  return { values: asTexts(values), depth, languages: languages ?? new Set(), end: at };
}

function asTexts(values: ReadonlyMap<ForwardLabel, LinesTogether>): ForwardLines['values'] {
  return new Map([...values].map(([label, value]) => [label, value.toString()]));
}

function shared(
  before: ReadonlySet<BlockLanguage> | null,
  now: ReadonlySet<BlockLanguage>,
): ReadonlySet<BlockLanguage> {
  return before === null ? now : new Set([...before].filter((language) => now.has(language)));
}

function continues(line: string, last: ForwardLabel, before: LinesTogether): boolean {
  if (!ADDRESSES.has(last)) return /^\s+\S/.test(line) && before.length < 1_000;
  if (before.ending === '' || ',;'.includes(before.ending)) return true;
  if (line.trimStart().startsWith('<')) return true;
  return last !== 'from' && line.includes('@') && '>,;'.includes(line.trimEnd().slice(-1));
}

/** Sender, date and one more: as much as a block must have where no line announces it. */
export function isComplete({ values }: ForwardLines): boolean {
  return values.has('from') && values.has('date') && (values.has('to') || values.has('subject'));
}

/** Sender and one more: enough below "---------- Forwarded message ---------". */
export function isEnough({ values }: ForwardLines): boolean {
  const others = ['date', 'to', 'subject'] as const;
  return values.has('from') && others.some((label) => values.has(label));
}
