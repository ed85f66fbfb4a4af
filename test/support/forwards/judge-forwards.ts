import { readForward } from '../../../src/archiving/read-forward.ts';
import type { ForwardReading } from '../../../src/archiving/parsed-mail.ts';
import { readMessage } from '../../../src/inbound/reading/read-message.ts';
import type { ForwardCase } from './forward-case.ts';

/** What the product made of a case. A sender is right, wrong, or not told ("missed"). */
export interface Judged {
  readonly case: ForwardCase;
  readonly reading: ForwardReading;
  readonly sender: 'right' | 'wrong' | 'missed';
  readonly date: boolean;
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
  const { expected } = each;
  const block = reading.kind === 'found' ? reading.block : null;
  const address = block?.from?.address ?? null;
  const told = address === expected.sender ? 'right' : 'wrong';
  return {
    case: each,
    reading,
    sender: address === null && expected.sender !== null ? 'missed' : told,
    date: block !== null && dateIsRight(each, block),
    subject: block !== null && folded(block.subject) === folded(expected.subject),
    remark: block !== null && folded(block.remark) === folded(expected.remark),
  };
}

/** Where the block tells no zone, the date as written is what can be known. */
function dateIsRight(
  { expected }: ForwardCase,
  block: { readonly date: string | null; readonly dateRaw: string | null },
): boolean {
  if (expected.date === null) return folded(block.dateRaw ?? '') === folded(expected.dateRaw);
  return block.date !== null && Date.parse(block.date) === Date.parse(expected.date);
}

/** White space, the hyphens of quoted lines and marks of direction are no part of what is read. */
function folded(text: string): string {
  return text
    .replace(/[\p{Cf}]/gu, '')
    .replace(/\s+/gu, ' ')
    .trim();
}
