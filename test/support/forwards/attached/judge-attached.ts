import type { Facts } from '../../../../src/archiving/facts.ts';
import { planFiling } from '../../../../src/archiving/plan-filing.ts';
import type { PlannedEmail } from '../../../../src/archiving/planned-email.ts';
import { readForward } from '../../../../src/archiving/read-forward.ts';
import { readMessage } from '../../../../src/inbound/reading/read-message.ts';
import { emptyFacts } from '../../trust/empty-facts.ts';
import type { ExpectedForward, ForwardCase } from '../forward-case.ts';
import { compareRead, type Judged } from '../judge-forwards.ts';
import type { AttachedCase } from './attached-case.ts';

const MAX = 'max.sample@letterbook.example';
const FACTS: Facts = {
  ...emptyFacts.facts,
  archiveAddresses: new Set(['archive@letterbook.example']),
  usersByAddress: new Map([[MAX, { userId: 1, active: true, primaryAddress: MAX }]]),
  trustPolicy: 'off',
};

/** Right is to name nobody. */
const NOBODY: ExpectedForward = {
  sender: null,
  name: '',
  date: null,
  dateRaw: '',
  subject: '',
  remark: '',
  to: [],
  cc: [],
};

/** Each case through reading and planning; one judgement of each mail that it has attached. */
export async function judgeAttached(cases: readonly AttachedCase[]): Promise<Judged[]> {
  const judged: Judged[] = [];
  for (const each of cases) judged.push(...judge(each, await plannedOf(each)));
  return judged;
}

/** The emails that the message becomes, without the one that it becomes when nothing is found. */
async function plannedOf({ name, raw }: AttachedCase): Promise<readonly PlannedEmail[]> {
  const read = await readMessage(raw);
  if (read.kind !== 'mail') throw new Error(`"${name}" cannot be read: ${read.why}`);
  const { text, html, forwarded } = read.mail;
  const forward = forwarded.length > 0 ? null : readForward({ text, html });
  const { emails } = planFiling(read, forward, FACTS);
  const decides = (email: PlannedEmail) => email.participants.some(({ deciding }) => deciding);
  return emails.filter((email) => email.partPath !== '' || decides(email));
}

/** What was found and not expected counts as well: it names somebody where nobody is. */
function judge(each: AttachedCase, emails: readonly PlannedEmail[]): Judged[] {
  const known = new Set(each.expected.map(({ messageId }) => messageId));
  const others = emails.filter(({ messageId }) => messageId === null || !known.has(messageId));
  const judged = each.expected.map((expected) =>
    judgeOne(
      each,
      expected,
      emails.find(({ messageId }) => messageId === expected.messageId),
    ),
  );
  const unexpected = others.map((email) => judgeOne(each, NOBODY, email));
  const all = [...judged, ...unexpected];
  return all.length > 0 ? all : [judgeOne(each, NOBODY, undefined)];
}

function judgeOne(
  { name, ...rest }: AttachedCase,
  expected: ExpectedForward,
  email: PlannedEmail | undefined,
): Judged {
  const place = rest.expected.findIndex((each) => each === expected);
  const one: ForwardCase = { ...rest, name: `${name}, mail ${String(place + 1)}`, expected };
  if (email === undefined) return compareRead(one, null, 'no email');
  const fields = { ...email, date: email.sentAt, sender: senderOf(email) };
  const judged = compareRead(one, fields, { ...email, bodyParts: [], text: '' });
  return withParticipants(judged, email);
}

function senderOf({ participants }: PlannedEmail): string | null {
  const senders = participants.filter(({ role }) => role === 'from');
  return senders.length === 1 ? (senders[0]?.address ?? null) : null;
}

/** Recipients count as part of the subject's line of the table: wrong ones make it wrong. */
function withParticipants(judged: Judged, { participants }: PlannedEmail): Judged {
  const inRole = (role: string) =>
    participants.filter((each) => each.role === role).map(({ address }) => address);
  const { expected } = judged.case;
  const same =
    String([inRole('to'), inRole('cc')]) === String([unique(expected.to), unique(expected.cc)]);
  return { ...judged, subject: judged.subject && same };
}

function unique(list: readonly string[]): string[] {
  return [...new Set(list)];
}
