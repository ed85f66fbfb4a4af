import type { TracedEmail } from '../archiving/trace.ts';
import { bounceLines } from './trace-bounce.ts';
import { traceLine, type TraceLine } from './trace-line.ts';
import type { TracedPerson, TraceSource } from './trace-source.ts';
import { stateLines } from './trace-state.ts';
import { stepLines } from './trace-steps.ts';

export interface CorrespondentView {
  readonly address: string;
  readonly role: TracedEmail['correspondents']['shown'][number]['role'];
  readonly deciding: boolean;
  readonly people: readonly TracedPerson[];
  /** Records that matched and are not named: too many, or deleted since. */
  readonly morePeople: number;
}

export interface TracedEmailView {
  readonly state: TracedEmail['state'];
  readonly correspondents: readonly CorrespondentView[];
  readonly moreCorrespondents: number;
}

/** Why a message became what it became, in sentences; views/partials/trace.ejs draws it. */
export interface TraceView {
  readonly lines: readonly TraceLine[];
  readonly emails: readonly TracedEmailView[];
  readonly moreEmails: number;
  /** What followed: whether the sender was told, what was done in the mailbox. */
  readonly after: readonly TraceLine[];
}

/** More would be no explanation any more. */
const MAX_CORRESPONDENTS = 30;
const MAX_EMAILS = 20;

/** Tells the trace of a message, and what the ledger knows of it, in sentences. */
export function traceView(source: TraceSource): TraceView {
  const emails = source.message.trace?.emails;
  const shown = emails?.shown.slice(0, MAX_EMAILS) ?? [];
  return {
    lines: [
      receiptLine(source),
      ...beforeLines(source),
      ...stepLines(source),
      ...outcomeLines(source),
    ],
    emails: shown.map((email) => emailView(email, source.people)),
    moreEmails: (emails?.count ?? 0) - shown.length,
    after: [...bounceLines(source), ...stateLines(source), ...handOverLines(source)],
  };
}

/** What was never fetched has no original; what was purged has none any more. */
function receiptLine({ message }: TraceSource): TraceLine {
  const { original_id, reason, stored_at: at } = message;
  const unfetched = reason === null || reason === 'too-large' || reason === 'could-not-be-fetched';
  const isFetched = original_id !== null || !unfetched;
  return traceLine(isFetched ? 'log.trace.received' : 'log.trace.seen', { at });
}

/** A message that was rejected and is filed again, since a user has the address now. */
function beforeLines({ message }: TraceSource): TraceLine[] {
  const before = message.trace?.before;
  if (!before) return [];
  const at = before.decidedAt === null ? message.stored_at : new Date(before.decidedAt);
  return [traceLine('log.trace.before', { at })];
}

function outcomeLines({ message }: TraceSource): TraceLine[] {
  const { outcome, reason, trace, decided_at } = message;
  if (outcome === null || reason === null) return [];
  const attention = { tone: 'attention' } as const;
  const unreadable = trace?.unreadable;
  const line = trace?.line;
  return [
    ...(unreadable === undefined
      ? []
      : [traceLine('log.trace.unreadable', {}, { detail: unreadable, ...attention })]),
    ...(line === undefined || line === 'no owner' ? [] : [traceLine(`log.trace.line.${line}`)]),
    traceLine(
      `log.trace.outcome.${outcome}`,
      { at: decided_at ?? message.stored_at },
      outcome === 'archived' ? { tone: 'good' } : outcome === 'ignored' ? {} : attention,
    ),
    ...(saysReason(line) ? [traceLine(`log.trace.reason.${reason}`)] : []),
  ];
}

function handOverLines({ handOvers }: TraceSource): TraceLine[] {
  return handOvers.map(({ undone, from, to, at }) =>
    traceLine(undone ? 'log.trace.handedBack' : 'log.trace.handedOver', { from, to, at }),
  );
}

/** A rule tells why it applied, all but the last, which takes what no other rule did. */
function saysReason(line: string | undefined): boolean {
  return line === undefined || line === 'else';
}

/** @param people what the records are called */
export function emailView(
  { state, correspondents }: TracedEmail,
  people: TraceSource['people'],
): TracedEmailView {
  const shown = correspondents.shown.slice(0, MAX_CORRESPONDENTS);
  return {
    state,
    correspondents: shown.map(({ address, role, deciding, people: matched }) => {
      const named = matched.shown.flatMap((id) => people.get(id) ?? []);
      return { address, role, deciding, people: named, morePeople: matched.count - named.length };
    }),
    moreCorrespondents: correspondents.count - shown.length,
  };
}
