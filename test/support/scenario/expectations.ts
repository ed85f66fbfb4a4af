import type { Capture, Reason } from '../../../src/shared/outcome.ts';
import type { WrittenMail } from './desk.ts';
import type { Delivery, Expected, ScenarioPerson, ScenarioUser } from './scenario.ts';

/** What shall become of a mail, apart from which mail it is. */
export type Fate = Omit<Expected, 'messageId'>;

export function arrives(name: string, mail: WrittenMail, fate: Fate): Delivery {
  return { name, raw: mail.raw, deliver: 1, expected: [{ messageId: mail.messageId, ...fate }] };
}

/** The mail arrives once for each fate. */
export function arrivesAgain(name: string, mail: WrittenMail, fates: readonly Fate[]): Delivery {
  const expected = fates.map((fate) => ({ messageId: mail.messageId, ...fate }));
  return { name, raw: mail.raw, deliver: fates.length, expected };
}

export function archived(
  owner: ScenarioUser,
  people: readonly (ScenarioPerson | string)[],
  capture: Capture | null,
): Fate {
  const addresses = people.map((who) => (typeof who === 'string' ? who : who.email));
  return {
    outcome: 'archived',
    reason: 'matched',
    ownerEmail: owner.email,
    people: addresses,
    capture,
  };
}

export function unmatched(
  owner: ScenarioUser,
  capture: Capture | null,
  more: { readonly people?: readonly ScenarioPerson[]; readonly reason?: Reason } = {},
): Fate {
  return {
    outcome: 'unmatched',
    ownerEmail: owner.email,
    people: (more.people ?? []).map((person) => person.email),
    capture,
    ...(more.reason === undefined ? {} : { reason: more.reason }),
  };
}

export function rejected(bounceTo: string | null): Fate {
  return {
    outcome: 'rejected',
    reason: 'owner-does-not-exist',
    ownerEmail: null,
    people: [],
    capture: null,
    ...(bounceTo === null ? {} : { bounceTo }),
  };
}

export const automatic: Fate = {
  outcome: 'ignored',
  reason: 'automatic',
  ownerEmail: null,
  people: [],
  capture: null,
};

/** The second arrival of a mail; no owner for a stranger's. */
export function duplicate(owner: ScenarioUser | null): Fate {
  return {
    outcome: 'ignored',
    reason: 'duplicate',
    ownerEmail: owner?.email ?? null,
    people: [],
    capture: null,
  };
}

export function quarantined(reason: Reason): Fate {
  return { outcome: 'quarantined', reason, ownerEmail: null, people: [], capture: null };
}
