import { cleanLine, cleanText } from '../shared/clean-text.ts';
import type { NamedAddress } from '../shared/email-address.ts';
import { findForwardSeparator } from './find-forward-separator.ts';
import { type ForwardLines, isComplete, isEnough, readForwardLines } from './forward-block.ts';
import { readLabel } from './forward-labels.ts';
import { htmlToPlainText } from './html-to-plain-text.ts';
import type { ForwardedBlock, ForwardReading } from './parsed-mail.ts';
import { isReplyAttribution, quoteDepth, unquote } from './quoted-line.ts';
import { readAddressList } from './read-address-list.ts';
import { readDate } from './read-date.ts';

/** Header lines with the index of the first line that does not belong to the remark above them. */
interface Finding {
  readonly start: number;
  readonly lines: ForwardLines;
}

/** A way to find the header lines of a forwarded mail in a text. */
type Finder = (lines: readonly string[]) => Finding | null;

/** Tried in order; the first that finds something is believed. */
const FINDERS: readonly Finder[] = [findBelowSeparator, findBareBlock];

const MAX_BARE_LINES = 400;
const MAX_BARE_LENGTH = 16 * 1024;
const MAX_ADDRESSES = 1_000;

/**
 * Looks for a forwarded mail in the text that a person sent, then in its HTML. Only the first, outermost
 * block counts; quoted answers are no forwards. Nothing is guessed: the sender is the one address on
 * the block's From line, null when there is none or more than one.
 *
 * To be called in a process that can be killed (see findForwardSeparator).
 */
export function readForward(input: { text: string; html: string | null }): ForwardReading {
  const inText = findBlock(input.text, 'text');
  if (inText?.from) return { kind: 'found', block: inText };
  const inHtml = input.html === null ? null : findBlock(htmlToPlainText(input.html), 'html');
  const block = inHtml?.from ? inHtml : (inText ?? inHtml);
  return block ? { kind: 'found', block } : { kind: 'none' };
}

function findBlock(text: string, foundIn: 'text' | 'html'): ForwardedBlock | null {
  const lines = text
    .replace(/\r\n?|\u2028/g, '\n')
    .replace(/[\u00a0\u202f]/g, ' ')
    .replaceAll('\ufeff', '')
    .split('\n');
  for (const find of FINDERS) {
    const finding = find(lines);
    if (finding) return toBlock(lines, finding, foundIn);
  }
  return null;
}

/** Header lines directly below a line that announces them. */
function findBelowSeparator(lines: readonly string[]): Finding | null {
  const separator = findForwardSeparator(lines);
  if (separator === null) return null;
  let first = separator + 1;
  while (first < separator + 5 && unquote(lines[first] ?? '', 9).trim() === '') first += 1;
  const found = readForwardLines(lines, first);
  return isEnough(found) ? { start: separator, lines: found } : null;
}

/** Outlook announces nothing: its forwarded mail begins with From, Sent, To, Subject. */
function findBareBlock(lines: readonly string[]): Finding | null {
  let length = 0;
  for (const [index, line] of lines.slice(0, MAX_BARE_LINES).entries()) {
    length += line.length;
    if (length > MAX_BARE_LENGTH || quoteDepth(line) > 0 || isReplyAttribution(line)) return null;
    if (readLabel(line)?.label !== 'from') continue;
    const found = readForwardLines(lines, index);
    if (isComplete(found)) return { start: index, lines: found };
  }
  return null;
}

function toBlock(
  lines: readonly string[],
  { start, lines: found }: Finding,
  foundIn: 'text' | 'html',
): ForwardedBlock {
  const { values, depth, end } = found;
  const dateRaw = cleanLine(values.get('date') ?? '', 200) || null;
  return {
    from: senderOf(values.get('from') ?? ''),
    to: addressesOf(values.get('to')),
    cc: addressesOf(values.get('cc')),
    subject: cleanLine(values.get('subject') ?? '', 2_000),
    dateRaw,
    date: dateRaw === null ? null : readDate(dateRaw),
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

/** The lines above a block without a rule or "-----Original Message-----" at their end. */
function remarkOf(lines: readonly string[]): string {
  const remark = lines.join('\n').trimEnd().split('\n');
  const last = remark.at(-1)?.trim() ?? '';
  const rule = last.length < 200 && /^(?:--.*--|[-_=]{5,})$/.test(last);
  return remark
    .slice(0, rule ? -1 : undefined)
    .join('\n')
    .trim();
}

function senderOf(value: string): NamedAddress | null {
  const { mailboxes, addresses } = readAddressList(plainAddresses(value), 2);
  const [sender] = addresses;
  return sender && mailboxes === 1 && addresses.length === 1 ? withPlainName(sender) : null;
}

function addressesOf(value: string | undefined): NamedAddress[] {
  if (value === undefined) return [];
  return readAddressList(plainAddresses(value), MAX_ADDRESSES).addresses.map(withPlainName);
}

/** "[mailto:a@b]", "<mailto:a@b>", "<a@b<mailto:a@b>>" and "[a@b]", which programs write, as "<a@b>". */
function plainAddresses(value: string): string {
  return value
    .replace(/<mailto:/gi, '<')
    .replace(/<[^\s<>]*<([^\s<>]+)>>/g, '<$1>')
    .replace(/\[(?:mailto:)?([^\s[\]@]+@[^\s[\]@]+)\]/gi, '<$1>')
    .replaceAll('*', '');
}

function withPlainName({ address, name }: NamedAddress): NamedAddress {
  const plain = name.replace(/^'(.*)'$/, '$1');
  return { address, name: plain.toLowerCase() === address ? '' : plain };
}
