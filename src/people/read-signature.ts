import { isReplyAttribution, quoteDepth } from '../archiving/quoted-line.ts';
import { readLabel } from '../archiving/forward-labels.ts';
import { isCompany, isJob, phoneIn } from './signature-words.ts';

/** What stands below a mail about who wrote it; '' for what does not. */
export interface Signature {
  readonly name: string;
  readonly title: string;
  readonly company: string;
  readonly phone: string;
}

/** So much of a text is looked at, in characters: mail is hostile, and its length is not ours. */
export const SIGNATURE_TEXT = 20_000;
const MAX_LINE = 200;
/** A signature is below so many lines of the end, and so long. */
const LINES = 15;
const LONGEST = 80;
const NONE: Signature = { name: '', title: '', company: '', phone: '' };

/** "-----Original Message-----", in whatever language. */
const SEPARATOR = /^\s*[-_=*]{2,}\s*\p{L}[^\n]*[-_=*]{2,}\s*$/u;
const NAME = /^\p{Lu}[\p{L}\p{M}'’.-]*(?: \p{L}[\p{L}\p{M}'’.-]*){1,4}$/u;
const PARTS = /\s*[|•·]\s*|\s+[–—]\s+|\t+/u;
/** Below these words are others than who signs: what the law asks for, who directs the company. */
const SMALL_PRINT = /^(?:sitz|registergericht|hrb|amtsgericht|vat|ust|registered)\b/iu;

/**
 * What the writer of a mail says of themselves below it, in the text that is their own: nothing that is
 * quoted. The signature begins with a line that is their name, or that the address has the name of;
 * where there is none, there is no signature.
 *
 * @param writer the name that the mail's header shows, '' for none, and the canonical address.
 */
export function readSignature(
  text: string,
  writer: { readonly name: string; readonly address: string },
): Signature {
  const lines = ownLines(text).slice(-LINES);
  for (let at = lines.length - 1; at >= 0; at -= 1) {
    const [first = '', ...rest] = partsOf(lines[at] ?? '');
    if (!isWriter(first, writer)) continue;
    const below = [...rest, ...lines.slice(at + 1).flatMap(partsOf)];
    return { ...detailsOf(below), name: NAME.test(first) ? first : '' };
  }
  return NONE;
}

function ownLines(text: string): string[] {
  const lines = text
    .slice(0, SIGNATURE_TEXT)
    .split('\n')
    .map((line) => line.slice(0, MAX_LINE).trim());
  const end = lines.findIndex((line, at) =>
    beginsQuote(line, lines.slice(Math.max(0, at - 1), at + 4), at),
  );
  return (end === -1 ? lines : lines.slice(0, end)).filter((line) => line !== '');
}

/** @param around the line before (where there is one), it, and three more. */
function beginsQuote(line: string, around: readonly string[], at: number): boolean {
  if (quoteDepth(line) > 0 || SEPARATOR.test(line)) return true;
  const [before = ''] = at === 0 ? [] : around;
  if (isReplyAttribution(line, before)) return true;
  if (readLabel(line)?.label !== 'from') return false;
  const below = around.slice(at === 0 ? 1 : 2);
  return below.some((one) => ['date', 'to', 'subject'].includes(readLabel(one)?.label ?? ''));
}

/** "Jane Roe | Head of Sales", "Jane Roe, Head of Sales": the parts of a line, each by itself. */
function partsOf(line: string): string[] {
  const parts = line
    .replaceAll('*', '')
    .split(PARTS)
    .map((part) => part.trim());
  return parts.flatMap(splitAtComma).filter((part) => part !== '');
}

function splitAtComma(part: string): string[] {
  const comma = /^([^,]{2,60}), ([^\n]{2,})$/u.exec(part);
  const [, first = '', second = ''] = comma ?? [];
  const splits = isJob(second) || (isJob(first) && isCompany(second));
  return splits ? [first, ...splitAtComma(second)] : [part];
}

function isWriter(text: string, { name, address }: Parameters<typeof readSignature>[1]): boolean {
  if (text === '' || text.length > LONGEST) return false;
  const words = wordsOf(text);
  const known = wordsOf(name.includes('@') ? '' : name);
  if (known.length > 0 && known.join(' ') === words.join(' ')) return true;
  if (!NAME.test(text)) return false;
  // "Jane" of the header and "Jane Roe" below; "roe@" and "Jane Roe".
  if (known.length > 0) return known.every((word) => words.includes(word));
  const local = wordsOf(address.slice(0, address.lastIndexOf('@')));
  return (
    local.every((word) =>
      words.some((one) => one === word || (word.length === 1 && one.startsWith(word))),
    ) && local.some((word) => word.length > 2)
  );
}

function wordsOf(text: string): string[] {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== '')
    .sort();
}

function detailsOf(parts: readonly string[]): Omit<Signature, 'name'> {
  const end = parts.findIndex((part) => SMALL_PRINT.test(part));
  const told = (end === -1 ? parts : parts.slice(0, end)).filter((part) => part.length <= LONGEST);
  const words = told.filter(isWords);
  const company = words.find(isCompany) ?? '';
  const title = words.find((part) => part !== company && isJob(part)) ?? '';
  const phone = told.map(phoneIn).find((number) => number !== '') ?? '';
  return { title, company, phone };
}

/** No sentence, no address, no number: what a job or a company is called. */
function isWords(part: string): boolean {
  return (
    /^[^\p{Ll}\d]/u.test(part) && !/[@!?:]|\d{3}|https?/u.test(part) && part.split(' ').length <= 9
  );
}
