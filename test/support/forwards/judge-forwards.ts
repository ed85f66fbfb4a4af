import { readForward } from '../../../src/archiving/read-forward.ts';
import type { ForwardReading } from '../../../src/archiving/parsed-mail.ts';
import { readMessage } from '../../../src/inbound/reading/read-message.ts';
import type { ForwardCase } from './forward-case.ts';

/** What the product made of a case. A sender is right, wrong, or not told ("missed"). */
export interface Judged {
  readonly case: ForwardCase;
  /** What was read, to be looked at. */
  readonly read: unknown;
  readonly sender: 'right' | 'wrong' | 'missed';
  readonly date: boolean;
  /** A moment was read that is not the one the mail tells, or where it tells none. Not of traps. */
  readonly wrongDate: boolean;
  readonly subject: boolean;
  readonly remark: boolean;
}

/** Each case through the real reading of messages and of forwards, in this process. */
export async function judgeForwards(cases: readonly ForwardCase[]): Promise<Judged[]> {
  const judged: Judged[] = [];
  for (const each of cases) judged.push(judge(each, await readCase(each)));
  return judged;
}

async function readCase({ name, raw }: ForwardCase): Promise<ForwardReading> {
  const result = await readMessage(raw);
  if (result.kind !== 'mail') throw new Error(`"${name}" cannot be read: ${result.why}`);
  return readForward({ text: result.mail.text, html: result.mail.html });
}

function judge(each: ForwardCase, reading: ForwardReading): Judged {
  if (reading.kind !== 'found') return compareRead(each, null, reading);
  const { block } = reading;
  return compareRead(each, { ...block, sender: block.from?.address ?? null }, block);
}

/** What was read of a forwarded mail, wherever it stood. */
export interface ReadFields {
  readonly sender: string | null;
  readonly date: string | null;
  readonly dateRaw: string | null;
  readonly subject: string;
  readonly remark: string;
}

/** @param fields null where no forwarded mail was found */
export function compareRead(each: ForwardCase, fields: ReadFields | null, read: unknown): Judged {
  const { expected } = each;
  const { sender = null, date = null } = fields ?? {};
  const told = sender === expected.sender ? 'right' : 'wrong';
  return {
    case: each,
    read,
    sender: sender === null && expected.sender !== null ? 'missed' : told,
    date: fields !== null && dateIsRight(expected, fields),
    wrongDate: expected.sender !== null && date !== null && !isSameMoment(date, expected.date),
    subject: fields !== null && folded(fields.subject) === folded(expected.subject),
    remark: fields !== null && folded(fields.remark) === folded(expected.remark),
  };
}

/** Where the mail tells no zone, the date as written is what can be known. */
function dateIsRight(expected: ForwardCase['expected'], { date, dateRaw }: ReadFields): boolean {
  if (expected.date !== null) return date !== null && isSameMoment(date, expected.date);
  return date === null && folded(dateRaw ?? '') === folded(expected.dateRaw);
}

function isSameMoment(one: string, other: string | null): boolean {
  return other !== null && Date.parse(one) === Date.parse(other);
}

/** White space, the hyphens of quoted lines and marks of direction are no part of what is read. */
function folded(text: string): string {
  return text
    .replace(/[\p{Cf}]/gu, '')
    .replace(/\s+/gu, ' ')
    .trim();
}
