import EmailForwardParser from 'email-forward-parser';
import { isReplyAttribution } from './quoted-line.ts';

/** The library's regular expressions take super-linear time, so it sees a short head of short lines. */
const HEAD = 16 * 1024;
const MAX_LINE = 300;

const parser = new EmailForwardParser();

/**
 * The line with which a mail program announces a forwarded mail ("Begin forwarded message:",
 * "-------- Weitergeleitete Nachricht --------"), found by email-forward-parser, which knows them in
 * some thirty languages. Only the first one counts. A line that begins a quoted answer is none, though
 * the library takes some of them for one.
 *
 * To be called in a process that can be killed: 49 KB of line feeds have kept it busy for a minute.
 *
 * @returns its index in `lines`, null when there is none.
 */
export function findForwardSeparator(lines: readonly string[]): number | null {
  const head = shortHead(lines);
  const text = head.map((line) => line.text).join('\n');
  const { forwarded, message } = parser.read(text);
  if (!forwarded) return null;
  const remark = message ?? '';
  const remarkEnd = remark === '' ? 0 : text.indexOf(remark) + remark.length;
  const linesBefore = remark === '' ? 0 : text.slice(0, remarkEnd).split('\n').length;
  const separator = head.slice(linesBefore).find((line) => line.text !== '');
  return !separator || isReplyAttribution(separator.text) ? null : separator.index;
}

/** The first lines, each cut, runs of empty ones collapsed to one, with the index they have. */
function shortHead(lines: readonly string[]): { text: string; index: number }[] {
  const head: { text: string; index: number }[] = [];
  let length = 0;
  let emptyBefore = true;
  for (const [index, line] of lines.entries()) {
    const text = line.trimEnd().slice(0, MAX_LINE).replace(/\s+/g, ' ');
    if (text === '' && emptyBefore) continue;
    length += text.length + 1;
    if (length > HEAD) break;
    emptyBefore = text === '';
    head.push({ text, index });
  }
  return head;
}
