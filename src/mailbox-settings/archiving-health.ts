import type { Knex } from 'knex';

import { countByDay, countOutcomes, type DayCounts } from '../ledger/count-outcomes.ts';
import { countUnsentBounces, type UnsentBounces } from '../outgoing/bounce-store.ts';
import { readOutgoingFrom } from '../outgoing/outgoing-settings.ts';
import {
  readOldestWaitSeconds,
  readPulse,
  readWaitingForPeople,
  type MailboxPulse,
  type WaitingForPeople,
} from './health-store.ts';

export interface QueueInUse {
  readonly kind: string;
  readonly note: string;
  readonly ok: boolean;
}

/**
 * not-set-up · off: switched off by an administrator · problem: the last look failed · silent: nobody
 * has looked for much longer than the interval · beginning: nobody has looked yet · running.
 */
export type ArchivingState = 'not-set-up' | 'off' | 'problem' | 'silent' | 'beginning' | 'running';

/** What is left of more mail than a moment's work. */
export interface Backlog {
  readonly waiting: number;
  readonly total: number;
  readonly done: number;
  readonly perMinute: number | null;
  readonly minutesLeft: number | null;
}

export interface ArchivingHealth extends WaitingForPeople {
  readonly state: ArchivingState;
  readonly pulse: MailboxPulse | null;
  readonly backlog: Backlog;
  readonly oldestWaitSeconds: number | null;
  readonly today: DayCounts['outcomes'];
  /** Share of today's mail of users that found its record at once, in percent; null: none came. */
  readonly matchedPercent: number | null;
  readonly days: readonly DayBar[];
  readonly quarantined: number;
  readonly bounces: UnsentBounces;
  readonly outgoingSetUp: boolean;
  readonly queue: QueueInUse;
  /** The panel asks for itself again after some seconds. */
  readonly live: boolean;
}

export interface DayBar {
  readonly day: Date;
  /** Archived and unmatched: mail of users. */
  readonly messages: number;
}

const DAYS = 14;
/** How long a look may be overdue before somebody should see to the worker. */
const GRACE_SECONDS = 90;

/** What the health panel says, at the same cost for a small archive and for a large one. */
export async function readArchivingHealth(
  db: Knex,
  timeZone: string,
  queue: QueueInUse,
): Promise<ArchivingHealth> {
  const [pulse, outcomes, days, people, bounces, from, oldest] = await Promise.all([
    readPulse(db),
    countOutcomes(db),
    countByDay(db, timeZone, DAYS),
    readWaitingForPeople(db),
    countUnsentBounces(db),
    readOutgoingFrom(db),
    readOldestWaitSeconds(db),
  ]);
  const today = days.at(-1)?.outcomes ?? outcomes.outcomes;
  const backlog = backlogOf(pulse, Math.max(0, outcomes.waiting));
  return {
    ...people,
    state: stateOf(pulse),
    pulse,
    backlog,
    oldestWaitSeconds: oldest,
    today,
    matchedPercent: percent(today.archived, today.archived + today.unmatched),
    days: days.map(({ day, outcomes: of }) => ({ day, messages: of.archived + of.unmatched })),
    quarantined: outcomes.outcomes.quarantined,
    bounces,
    outgoingSetUp: from !== null,
    queue,
    live: pulse?.enabled === true && (backlog.waiting > 0 || pulse.asked),
  };
}

export function stateOf(pulse: MailboxPulse | null): ArchivingState {
  if (!pulse) return 'not-set-up';
  if (!pulse.enabled) return 'off';
  if (pulse.problem !== null) return 'problem';
  if (pulse.lastLookAge === null) return 'beginning';
  return pulse.lastLookAge > pulse.pollSeconds + GRACE_SECONDS ? 'silent' : 'running';
}

/** What is still on the server and what is here without an outcome, and how fast it becomes less. */
export function backlogOf(
  pulse: Pick<MailboxPulse, 'backlogTotal' | 'backlogLeft' | 'backlogAge'> | null,
  undecided: number,
): Backlog {
  const waiting = (pulse?.backlogLeft ?? 0) + undecided;
  const total = Math.max(pulse?.backlogTotal ?? 0, waiting);
  const done = total - waiting;
  const minutes = (pulse?.backlogAge ?? 0) / 60;
  if (waiting === 0 || done === 0 || minutes === 0) {
    return { waiting, total, done, perMinute: null, minutesLeft: null };
  }
  const perMinute = done / minutes;
  return {
    ...{ waiting, total, done, perMinute: Math.round(perMinute) },
    minutesLeft: Math.ceil(waiting / perMinute),
  };
}

function percent(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round((part / whole) * 100);
}
