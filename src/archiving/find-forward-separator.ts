import EmailForwardParser from 'email-forward-parser';
import { canonicalAddress } from '../shared/email-address.ts';
import { isReplyAttribution } from './quoted-line.ts';

/** The library's regular expressions take super-linear time, so it sees a short head of short lines. */
const HEAD = 16 * 1024;
const MAX_LINE = 300;
/** All that the library knows has one of these in it. It gets an empty line for any other. */
const TELLING = /[:：]|--|__/;

const parser = new EmailForwardParser();

/** A line that announces a forwarded mail. */
export interface ForwardSeparator {
  /** Its index. */
  readonly index: number;
  /** Outlook's rule of underscores, which people set above signatures as well. */
  readonly isRule: boolean;
  /** Who sent the forwarded mail in the library's opinion; null when it has none. */
  readonly sender: string | null;
}

/**
 * The first line, from `from` on, with which a mail program announces a forwarded mail ("Begin forwarded
 * message:", "-------- Weitergeleitete Nachricht --------"), found by email-forward-parser, which knows
 * them in some thirty languages. A line that begins a quoted answer is none, though the library takes
 * some of them for one.
 *
 * To be called in a process that can be killed: 49 KB of line feeds have kept it busy for a minute.
 */
export function findForwardSeparator(lines: readonly string[], from = 0): ForwardSeparator | null {
  const head = shortHead(lines, from);
  const text = head.map((line) => line.text).join('\n');
  const { forwarded, message, email } = parser.read(text);
  if (!forwarded) return null;
  const remark = message ?? '';
  const remarkEnd = remark === '' ? 0 : text.indexOf(remark) + remark.length;
  const linesBefore = remark === '' ? 0 : text.slice(0, remarkEnd).split('\n').length;
  const separator = head.slice(linesBefore).find((line) => line.text !== '');
  if (!separator || isReplyAttribution(separator.text)) return null;
  const sender = canonicalAddress(email.from.address ?? '');
  return { index: separator.index, isRule: /^\s*_+\s*$/.test(separator.text), sender };
}

/**
 * The first lines, each cut, with the index they have. Those that mean nothing to the library are
 * emptied and runs of empty ones are collapsed to one: it takes most of the time, and by the length.
 */
function shortHead(lines: readonly string[], from: number): { text: string; index: number }[] {
  const head: { text: string; index: number }[] = [];
  let length = 0;
  let emptyBefore = true;
  for (let index = from; index < lines.length; index += 1) {
    const line = (lines[index] ?? '').trimEnd().slice(0, MAX_LINE);
    length += line === '' && emptyBefore ? 0 : line.length + 1;
    if (length > HEAD) break;
    const text = TELLING.test(line) ? line.replace(/\s+/g, ' ') : '';
    if (text === '' && emptyBefore) continue;
    emptyBefore = text === '';
    head.push({ text, index });
  }
  return head;
}
