import { cleanLine, cleanText } from '../shared/clean-text.ts';
import type { NamedAddress } from '../shared/email-address.ts';
import { addressesOnLine, senderOnLine } from './block-addresses.ts';
import { findOutermostBlock, type BlockSearch, type FoundBlock } from './find-outermost-block.ts';
import { htmlToPlainText } from './html-to-plain-text.ts';
import type { ForwardedBlock, ForwardReading } from './parsed-mail.ts';
import { unquote } from './quoted-line.ts';
import { readBlockDate } from './local-date/read-block-date.ts';

/** What was read in one of the two forms of a text. The rest of the block is read if it is needed. */
type Reading =
  | Exclude<BlockSearch, FoundBlock>
  | {
      readonly kind: 'found';
      readonly from: NamedAddress | null;
      readonly subject: string;
      readonly block: () => ForwardedBlock;
    };
type FoundReading = Extract<Reading, { kind: 'found' }>;

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
  if (inText.kind === 'doubtful' || input.html === null) return complete(inText);
  const inHtml = readBlock(htmlToPlainText(input.html), 'html');
  if (inText.kind === 'none') return complete(inHtml);
  return inHtml.kind === 'found' ? compare(inText, inHtml) : complete(inText);
}

function complete(reading: Reading): ForwardReading {
  if (reading.kind === 'answer') return NONE;
  return reading.kind === 'found' ? { kind: 'found', block: reading.block() } : reading;
}

/** Text and HTML are one mail in two forms; HTML may name the sender where the text doesn't. */
function compare(text: FoundReading, html: FoundReading): ForwardReading {
  if (html.from === null) return complete(text);
  if (text.from === null) {
    const same = text.subject.toLowerCase() === html.subject.toLowerCase();
    return same ? complete(html) : differ('mails');
  }
  return text.from.address === html.from.address ? complete(text) : differ('senders');
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
  const { values } = found.lines;
  const from = senderOnLine(values.get('from') ?? '');
  const subject = cleanLine(values.get('subject') ?? '', 2_000);
  const { otherOpinion } = found;
  if (from && otherOpinion !== null && otherOpinion !== from.address) {
    return { kind: 'doubtful', why: 'its sender can be read in two ways' };
  }
  const block = () => ({ from, subject, ...restOfBlock(lines, found), foundIn });
  return { kind: 'found', from, subject, block };
}

function restOfBlock(
  lines: readonly string[],
  { start, lines: found }: FoundBlock,
): Omit<ForwardedBlock, 'from' | 'subject' | 'foundIn'> {
  const { values, depth, end, languages } = found;
  const dateRaw = cleanLine(values.get('date') ?? '', 200) || null;
  return {
    to: addressesOnLine(values.get('to') ?? ''),
    cc: addressesOnLine(values.get('cc') ?? ''),
    dateRaw,
    date: dateRaw === null ? null : readBlockDate(dateRaw, languages),
    body: cleanText(
      lines
        .slice(end)
        .map((line) => unquote(line, depth))
        .join('\n'),
    ).trim(),
    remark: cleanText(remarkOf(lines.slice(0, start))),
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
