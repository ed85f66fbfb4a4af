import type { TextPart } from './fold-text.ts';
import { linkify, type TextRun } from './linkify.ts';
import { rowsOf } from './quoted-words.ts';

/** A stretch of text with its links, as views/partials/mail-text.ejs draws it. */
export interface ShownPart {
  readonly quoted: boolean;
  readonly runs: readonly TextRun[];
}

/** A text to be read in the page: what is shown at once, and what "Show the whole message" opens. */
export interface ShownText {
  readonly first: readonly ShownPart[];
  readonly rest: readonly ShownPart[];
}

/** A text of so many rows is shown at once; of a longer one, a few rows less. */
const MAX_ROWS = 70;
const FIRST_ROWS = 50;

/** Divides a long text where its reader may stop, at the end of a line. */
export function showText(parts: readonly TextPart[]): ShownText {
  const own = parts.filter(({ quoted }) => !quoted).flatMap(({ lines }) => lines);
  if (rowsOf(own) <= MAX_ROWS) return { first: parts.flatMap(shown), rest: [] };
  const first: TextPart[] = [];
  let left = FIRST_ROWS;
  for (const [index, part] of parts.entries()) {
    const fits = part.quoted ? part.lines.length : countThatFit(part.lines, left);
    first.push({ ...part, lines: part.lines.slice(0, fits) });
    left -= part.quoted ? 1 : rowsOf(part.lines.slice(0, fits));
    if (fits < part.lines.length) {
      const rest = [{ ...part, lines: part.lines.slice(fits) }, ...parts.slice(index + 1)];
      return { first: first.flatMap(shown), rest: rest.flatMap(shown) };
    }
  }
  return { first: first.flatMap(shown), rest: [] };
}

function countThatFit(lines: readonly string[], rows: number): number {
  let left = rows;
  const end = lines.findIndex((line) => {
    left -= rowsOf([line]);
    return left < 0;
  });
  return end < 0 ? lines.length : end;
}

/** Empty lines at the end of a part are the room around it. */
function shown({ quoted, lines }: TextPart): ShownPart[] {
  const text = lines.join('\n').replace(/\n+$/, '');
  return text === '' ? [] : [{ quoted, runs: linkify(text) }];
}
