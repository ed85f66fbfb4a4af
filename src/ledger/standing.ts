import type { FilingPlan } from '../archiving/filing-plan.ts';
import type { Trace } from '../archiving/trace.ts';
import type { InboundMessageRow } from '../db/rows.ts';
import type { Standing } from '../shared/standing.ts';

type DecidedRow = Pick<
  InboundMessageRow,
  'outcome' | 'reason' | 'capture' | 'owner_id' | 'people_addresses'
> & { readonly trace: Partial<Trace> | null };

export function standingOfRow(row: DecidedRow): Standing {
  return {
    outcome: row.outcome,
    reason: row.reason,
    capture: row.capture,
    ownerId: row.owner_id,
    people: sorted(row.people_addresses),
    found: addressesIn(row.trace),
  };
}

export function standingOfPlan(plan: FilingPlan): Standing {
  return {
    outcome: plan.outcome,
    reason: plan.reason,
    capture: plan.capture,
    ownerId: plan.ownerId,
    people: sorted(plan.matchedAddresses),
    found: addressesIn(plan.trace),
  };
}

export function isSameStanding(one: Standing, other: Standing): boolean {
  return (
    one.outcome === other.outcome &&
    one.reason === other.reason &&
    one.capture === other.capture &&
    one.ownerId === other.ownerId &&
    one.people.join() === other.people.join() &&
    one.found.join() === other.found.join()
  );
}

function addressesIn(trace: Partial<Trace> | null): string[] {
  const emails = trace?.emails?.shown ?? [];
  return sorted(
    emails.flatMap(({ correspondents }) => correspondents.shown.map(({ address }) => address)),
  );
}

function sorted(addresses: readonly string[]): string[] {
  return [...new Set(addresses)].sort();
}
