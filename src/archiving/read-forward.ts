import { cleanLine, cleanText } from '../shared/clean-text.ts';
import { addressesOnLine, senderOnLine } from './block-addresses.ts';
import { findOutermostBlock, type FoundBlock } from './find-outermost-block.ts';
import { htmlToPlainText } from './html-to-plain-text.ts';
import type { ForwardedBlock, ForwardReading } from './parsed-mail.ts';
import { unquote } from './quoted-line.ts';
import { readBlockDate } from './local-date/read-block-date.ts';

/** What was read in one of the two forms of a text. */
type Reading = ForwardReading | { readonly kind: 'answer' };

const NONE: ForwardReading = { kind: 'none' };

/**
 * Looks for a forwarded mail in the text that a person sent, and in its HTML. Only the first, outermost
 * block counts; quoted answers are no forwards. Nothing is guessed: the sender is the one address on
 * the block's From line, null when there is none or more than one; and where it is not certain that the
 * block is the outermost, or text and HTML name different senders, the reading is doubtful.
 *
 * To be called in a process that can be killed (see findForwardSeparator).
 */
export function readForward(input: { text: string; html: string | null }): ForwardReading {
  const inText = readBlock(input.text, 'text');
  if (inText.kind === 'answer') return NONE;
  if (inText.kind === 'doubtful' || input.html === null) return inText;
  const inHtml = readBlock(htmlToPlainText(input.html), 'html');
  if (inText.kind === 'none') return inHtml.kind === 'answer' ? NONE : inHtml;
  return inText.kind === 'found' && inHtml.kind === 'found'
    ? compare(inText.block, inHtml.block)
    : inText;
}

/** Text and HTML are one mail in two forms; HTML may name the sender where the text doesn't. */
function compare(text: ForwardedBlock, html: ForwardedBlock): ForwardReading {
  if (html.from === null) return { kind: 'found', block: text };
  if (text.from === null) {
    const same = text.subject.toLowerCase() === html.subject.toLowerCase();
    return same ? { kind: 'found', block: html } : differ('mails');
  }
  return text.from.address === html.from.address
    ? { kind: 'found', block: text }
    : differ('senders');
}

function differ(what: string): ForwardReading {
  return { kind: 'doubtful', why: `its text and its HTML name different ${what}` };
}

function readBlock(text: string, foundIn: 'text' | 'html'): Reading {
  const lines = text
    .replace(/\r\n?|\u2028/g, '\n')
    .replace(/[\u00a0\u202f]/g, ' ')
    .replaceAll('\ufeff', '')
    .split('\n');
  const found = findOutermostBlock(lines);
  if (found.kind !== 'found') return found;
  const block = toBlock(lines, found, foundIn);
  const { otherOpinion } = found;
  if (block.from && otherOpinion !== null && otherOpinion !== block.from.address) {
    return { kind: 'doubtful', why: 'its sender can be read in two ways' };
  }
  return { kind: 'found', block };
}

function toBlock(
  lines: readonly string[],
  { start, lines: found }: FoundBlock,
  foundIn: 'text' | 'html',
): ForwardedBlock {
  const { values, depth, end, languages } = found;
  const dateRaw = cleanLine(values.get('date') ?? '', 200) || null;
  return {
    from: senderOnLine(values.get('from') ?? ''),
    to: addressesOnLine(values.get('to') ?? ''),
    cc: addressesOnLine(values.get('cc') ?? ''),
    subject: cleanLine(values.get('subject') ?? '', 2_000),
    dateRaw,
    date: dateRaw === null ? null : readBlockDate(dateRaw, languages),
    body: cleanText(
      lines
        .slice(end)
        .map((line) => unquote(line, depth))
        .join('\n'),
    ).trim(),
    remark: cleanText(remarkOf(lines.slice(0, start))),
    foundIn,
  };
}

/** How Apple Mail announces a mail where findForwardSeparator doesn't know it. */
const ANNOUNCED = /^(?:転送されたメッセージ|전달된 메시지)[:：]$/;

/** The lines above a block without a rule or "-----Original Message-----" at their end. */
function remarkOf(lines: readonly string[]): string {
  const remark = lines.join('\n').trimEnd().split('\n');
  const last = remark.at(-1)?.trim() ?? '';
  const rule = last.length < 200 && /^(?:--.*--|={3,}.*={3,}|[-_=]{5,})$/.test(last);
  const announced = rule || ANNOUNCED.test(last);
  return remark
    .slice(0, announced ? -1 : undefined)
    .join('\n')
    .trim();
}
