import type { Decision } from './decide-outcome.ts';
import type { Facts } from './facts.ts';
import { isLinkable } from './match-correspondents.ts';
import type { Participant, PlannedEmail } from './planned-email.ts';
import { shorten } from './shorten.ts';

/** What one step found, in words for people. */
export interface TraceStep {
  readonly step:
    | 'read'
    | 'screen'
    | 'owner'
    | 'trust'
    | 'duplicate'
    | 'capture'
    | 'attached'
    | 'rules'
    | 'bounce';
  readonly verdict: string;
  readonly why: string;
}

/** The first few of a list that may be very long, and how many there are. */
export interface Capped<T> {
  readonly count: number;
  readonly shown: readonly T[];
}

/** A correspondent and the records that have the address. */
export interface TracedCorrespondent {
  readonly address: string;
  readonly role: Participant['role'];
  readonly deciding: boolean;
  readonly people: Capped<number>;
}

export interface TracedEmail {
  readonly partPath: string;
  readonly state: PlannedEmail['state'];
  readonly correspondents: Capped<TracedCorrespondent>;
}

/**
 * Why a message became what it became: plain JSON, kept with the message for good, at most some 200 kB
 * however long the message's lists are.
 */
export interface Trace extends Decision {
  readonly steps: readonly TraceStep[];
  readonly emails: Capped<TracedEmail>;
}

/** Of emails, and of correspondents over all emails together. */
const MAX_SHOWN = 200;
const MAX_PEOPLE = 10;
const MAX_WHY = 500;

/** Puts the trace together from what the steps found. */
export function makeTrace(
  decision: Decision,
  steps: readonly TraceStep[],
  emails: readonly PlannedEmail[],
  facts: Facts,
): Trace {
  let room = MAX_SHOWN;
  const shown = emails.slice(0, MAX_SHOWN).map((email) => {
    const traced = traceEmail(email, room, facts);
    room -= traced.correspondents.shown.length;
    return traced;
  });
  const { line, outcome, reason } = decision;
  return {
    line,
    outcome,
    reason,
    steps: steps.map((step) => ({ ...step, why: shorten(step.why, MAX_WHY) })),
    emails: { count: emails.length, shown },
  };
}

/** Those that matched come first, then those who decide: they explain the outcome. */
function traceEmail(email: PlannedEmail, room: number, facts: Facts): TracedEmail {
  const ranks: [Participant[], Participant[], Participant[]] = [[], [], []];
  for (const participant of email.participants) {
    if (!isLinkable(participant)) continue;
    const matches = facts.peopleByAddress.has(participant.address);
    ranks[matches ? 0 : participant.deciding ? 1 : 2].push(participant);
  }
  const all = ranks.flat();
  const shown = all.slice(0, room).map((participant) => traceCorrespondent(participant, facts));
  const { partPath, state } = email;
  return { partPath, state, correspondents: { count: all.length, shown } };
}

function traceCorrespondent(participant: Participant, facts: Facts): TracedCorrespondent {
  const { address, role, deciding } = participant;
  const ids = (facts.peopleByAddress.get(address) ?? []).map(({ personId }) => personId);
  return {
    address,
    role,
    deciding,
    people: { count: ids.length, shown: ids.slice(0, MAX_PEOPLE) },
  };
}
