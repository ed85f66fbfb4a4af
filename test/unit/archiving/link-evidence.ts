import { Buffer, isUtf8 } from 'node:buffer';
import type { ForwardReading, ParsedMail } from '../../../src/archiving/parsed-mail.ts';
import type { PlannedEmail } from '../../../src/archiving/planned-email.ts';
import { canonical } from '../../support/forwards/people.ts';
import {
  appleOf,
  LANGUAGES,
  labelsOf,
  thunderbirdOf,
  wordsOf,
} from '../../support/forwards/words.ts';
import { contentOf } from '../inbound/reading/slice-of.ts';

/**
 * Which addresses may lead to a link, found again from the bytes and without the readers: those in From,
 * To and Cc of the header an email was read from, or in lines of a block that stand together.
 */

const EMAIL = /[^\s<>"(),;:[\]]+@[^\s<>"(),;:[\]@]+/gu;

/** The participants whose addresses decide, or led to a link, though no evidence for them was found. */
export function withoutEvidence(
  email: PlannedEmail,
  mail: ParsedMail,
  raw: Buffer,
  forward: ForwardReading | null,
): string[] {
  const deciding = email.participants.filter(({ deciding: decides }) => decides);
  const addresses = new Set([...deciding, ...email.links].map(({ address }) => address));
  const isBlock = email.participants.some(({ source }) => source === 'block');
  if (!isBlock) {
    const known = addressesOfHeader(headerOf(email.partPath, mail, raw));
    return [...addresses].filter((address) => !known.has(address));
  }
  const inText = forward?.kind === 'found' && forward.block.foundIn === 'text';
  const runs = runsOfHeaderLines(inText ? mail.text : textOfHtml(mail.html ?? ''));
  const fits = (run: ReadonlySet<string>) => [...addresses].every((address) => run.has(address));
  return runs.some(fits) ? [] : [...addresses];
}

/** The bytes of the header of the message, or of the mail attached at that path. */
function headerOf(partPath: string, mail: ParsedMail, raw: Buffer): Buffer {
  if (partPath === '') return raw;
  const attachment = mail.attachments.find((each) => each.partPath === partPath);
  return attachment === undefined ? Buffer.alloc(0) : contentOf(raw, attachment);
}

const ADDRESS_FIELD = /^(?:from|to|cc|resent-from)[ \t]*:/i;

function addressesOfHeader(bytes: Buffer): Set<string> {
  const text = bytes.toString('latin1').replace(/^(?:\xef\xbb\xbf|[\r\n])+/, '');
  const [header = ''] = text.split(/\r?\n\r?\n/);
  const fields = header.split(/\r\n|\n|\r/).reduce<string[]>((all, line) => {
    const before = /^[ \t]/.test(line) ? all.pop() : undefined;
    return [...all, before === undefined ? line : `${before} ${line.trim()}`];
  }, []);
  return addressesIn(fields.filter((field) => ADDRESS_FIELD.test(field)).map(decoded));
}

/** Bytes that are no UTF-8 are those of an older charset. */
function decoded(field: string): string {
  const bytes = Buffer.from(field, 'latin1');
  return isUtf8(bytes) ? bytes.toString('utf8') : field;
}

function addressesIn(lines: readonly string[]): Set<string> {
  const found = lines.flatMap((line) => line.match(EMAIL) ?? []);
  return new Set(found.map((each) => canonical(each.replace(/^'+|['.]+$/g, ''))));
}

/** All words that programs write before addresses, in any language of the corpus. */
const LABELS = new Set(
  LANGUAGES.flatMap((language) => {
    const labels = [labelsOf(language), appleOf(language), thunderbirdOf(language)];
    const words = labels.flatMap(({ from, to, cc }) => [from, to, cc]);
    return [...words, wordsOf(language).gmailFrom].map((word) => word.trim().toLowerCase());
  }),
);

const MAX_BETWEEN = 8;

/**
 * The addresses on lines with such a word, and on lines that continue one; those of lines that stand near
 * each other together.
 */
function runsOfHeaderLines(text: string): Set<string>[] {
  const lines = text.split(/\r\n|\r|\n|\u2028/).map((line) => line.replace(/^[>\s*\ufeff]+/, ''));
  const runs: { last: number; lines: string[] }[] = [];
  let open = false;
  for (const [at, line] of lines.entries()) {
    const [, word = ''] = /^([^:：]{1,40})[:：]/.exec(line) ?? [];
    const labelled = word !== '';
    const known = LABELS.has(word.replaceAll('*', '').trim().toLowerCase());
    open = known || (open && !labelled && line !== '');
    if (!open) continue;
    const run = runs.at(-1);
    if (run !== undefined && at - run.last <= MAX_BETWEEN) {
      run.lines.push(line);
      run.last = at;
    } else {
      runs.push({ last: at, lines: [line] });
    }
  }
  return runs.map((run) => addressesIn(run.lines));
}

/** HTML as lines, in the simplest way there is. A link's address counts where the link stands. */
function textOfHtml(html: string): string {
  return html
    .replace(/<a\b[^>]*?href="mailto:([^"?]*)[^>]*>/gi, ' $1 ')
    .replace(/\s+/g, ' ')
    .replace(/<\/?(?:br|div|p|tr|table|blockquote|hr|li|h\d|body|html)\b[^>]*>/gi, '\n')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&nbsp;/g, ' ')
    .replace(/&amp;/g, '&')
    .split('\n')
    .map((line) => line.trim())
    .join('\n');
}
