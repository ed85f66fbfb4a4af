import { type ForwardLabel, hasShapeOfLabel, readLabel } from './forward-labels.ts';
import { quoteDepth } from './quoted-line.ts';
import { tellsMoment } from './tells-moment.ts';

/** Lines of one header stand so close to each other. */
const NEAR = 6;
const MAX_LINE = 300;
const TELLING: ReadonlySet<ForwardLabel> = new Set(['from', 'date', 'to', 'subject']);

/**
 * What in the lines above a forwarded block speaks against its being the outermost: something that may
 * be the header of the mail around it, though it could not be read as one, or quoted text. Then the
 * block's sender is perhaps not the one whose mail was forwarded.
 *
 * A signature ("Tel: ...", "E-mail: ...") is no header: it names neither sender nor moment.
 *
 * @returns the end of a sentence; null when nothing does.
 */
export function doubtAbove(lines: readonly string[]): string | null {
  const written = lines.map((line) => line.slice(0, MAX_LINE)).filter((line) => line.trim() !== '');
  if (written.some((line) => /^[> ]*>[> ]*[^> ]/.test(line) && quoteDepth(line) > 0)) {
    return 'quoted text stands above the forwarded mail that was found';
  }
  const header = written.some((_line, at) => mayBeHeader(written.slice(at, at + NEAR)));
  return header ? 'another header seems to stand above the one that was found' : null;
}

/** @param near a line and those that follow it. */
function mayBeHeader(near: readonly string[]): boolean {
  const [first = '', second = ''] = near;
  const sender = readLabel(first)?.label === 'from';
  if (sender && (first.includes('@') || second.includes('@'))) return true;
  const labels = near.map((line) => readLabel(line)?.label).filter((label) => label !== undefined);
  if (new Set(labels.filter((label) => TELLING.has(label))).size > 1) return true;
  return near.filter(hasShapeOfLabel).length > 2 && near.some(tellsMoment);
}
