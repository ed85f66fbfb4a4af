import { doubtAbove } from './doubt-above.ts';
import { findForwardSeparator } from './find-forward-separator.ts';
import { type ForwardLines, isComplete, isEnough, readForwardLines } from './forward-block.ts';
import { type ForwardLabel, readLabel } from './forward-labels.ts';
import { findQuotedBlock } from './find-quoted-block.ts';
import { isReplyAttribution, quoteDepth, unquote } from './quoted-line.ts';

/** Header lines with the index of the first line that does not belong to the remark above them. */
export interface FoundBlock {
  readonly kind: 'found';
  readonly start: number;
  readonly lines: ForwardLines;
  /** What another reader takes for the sender's address; null when it has no opinion. */
  readonly otherOpinion: string | null;
}

/** `answer`: the text is that of a reply, and what is below its "... wrote:" was not forwarded. */
export type BlockSearch =
  | FoundBlock
  | { readonly kind: 'doubtful'; readonly why: string }
  | { readonly kind: 'answer' }
  | { readonly kind: 'none' };

/** A line announces a forwarded mail, and no header follows. */
interface Headless {
  readonly kind: 'headless';
  readonly start: number;
}

const MAX_LINES = 400;
const MAX_LENGTH = 16 * 1024;
/** Rules of underscores above signatures that are passed over. */
const MAX_RULES = 3;
const MAX_EMPTY_LINES = 4;

/**
 * Looks for the header lines of a forwarded mail. Two ways of finding them are tried, below a line that
 * announces them and by themselves; what stands first in the text decides, for a forwarded mail may
 * have others in it. In doubt whether it is the outermost, nothing is found.
 *
 * To be called in a process that can be killed (see findForwardSeparator).
 */
export function findOutermostBlock(lines: readonly string[]): BlockSearch {
  const answer = findAnswer(lines);
  const announced = findAnnounced(lines);
  const bare = findBareBlock(lines.slice(0, answer ?? undefined));
  const first = bare && (!announced || bare.start < announced.start) ? bare : announced;
  if (answer !== null && (!first || answer < first.start)) return { kind: 'answer' };
  if (!first) return { kind: 'none' };
  if (first.kind === 'headless') {
    const why = 'a forwarded mail is announced whose header cannot be read';
    return bare ? { kind: 'doubtful', why } : { kind: 'none' };
  }
  const doubt = doubtAbove(lines.slice(0, first.start));
  return doubt === null ? first : { kind: 'doubtful', why: doubt };
}

/** Where the quoted text of an answer begins. */
function findAnswer(lines: readonly string[]): number | null {
  const head = lines.slice(0, MAX_LINES);
  const at = head.findIndex((line, index) => isReplyAttribution(line, lines[index - 1]));
  return at < 0 ? null : at;
}

/** Header lines directly below a line that announces them. */
function findAnnounced(lines: readonly string[]): FoundBlock | Headless | null {
  let from = 0;
  for (let rules = 0; rules <= MAX_RULES; rules += 1) {
    const separator = findForwardSeparator(lines, from);
    if (separator === null) return null;
    const { index: start, sender: otherOpinion } = separator;
    let first = start + 1;
    while (first <= start + MAX_EMPTY_LINES && isEmpty(lines[first])) first += 1;
    const found = readForwardLines(lines, first);
    if (isEnough(found)) return { kind: 'found', start, lines: found, otherOpinion };
    if (!separator.isRule) return { kind: 'headless', start };
    from = start + 1;
  }
  return null;
}

function isEmpty(line: string | undefined): boolean {
  return unquote(line ?? '', 9).trim() === '';
}

/** What header lines begin with: From in Outlook, Sent in GMX, Subject in Thunderbird. */
const FIRST: ReadonlySet<ForwardLabel | undefined> = new Set(['from', 'date', 'subject'] as const);

/**
 * Outlook and GMX announce nothing: their forwarded mail begins with the header lines. Others announce
 * it in languages that the library does not know.
 */
function findBareBlock(lines: readonly string[]): FoundBlock | null {
  let length = 0;
  for (const [index, line] of lines.slice(0, MAX_LINES).entries()) {
    length += line.length;
    if (length > MAX_LENGTH) return null;
    if (quoteDepth(line) > 0) {
      const quoted = findQuotedBlock(lines, index);
      return quoted && { kind: 'found', ...quoted, otherOpinion: null };
    }
    if (!FIRST.has(readLabel(line)?.label)) continue;
    const found = readForwardLines(lines, index);
    if (isComplete(found)) {
      return { kind: 'found', start: index, lines: found, otherOpinion: null };
    }
  }
  return null;
}
