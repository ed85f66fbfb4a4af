import type { Capture, Outcome, Reason } from '../../../src/shared/outcome.ts';

/** Everything that is needed to try the whole way from the mailbox to the records. */
export interface Scenario {
  readonly users: readonly ScenarioUser[];
  readonly people: readonly ScenarioPerson[];
  readonly deliveries: readonly Delivery[];
}

export interface ScenarioUser {
  readonly name: string;
  /** The primary address: what the log shows as the owner. */
  readonly email: string;
  readonly groups: readonly string[];
  /** Further addresses of the profile, verified. */
  readonly otherAddresses: readonly string[];
  /** Addresses of the profile that were never verified: mail from them is a stranger's. */
  readonly unverifiedAddresses: readonly string[];
  readonly active: boolean;
}

export interface ScenarioPerson {
  readonly type: 'contact' | 'lead';
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly otherAddresses: readonly string[];
  readonly account?: string;
}

/** One mail and how often it arrives. */
export interface Delivery {
  /** Unique in the scenario, for messages of failing tests. */
  readonly name: string;
  readonly raw: Buffer;
  /** More than 1: redelivered, the same mail with other Received lines (see copiesOf). */
  readonly deliver: number;
  /** One for each delivered copy; which copy gets which is left open. */
  readonly expected: readonly Expected[];
}

export interface Expected {
  /** As the log shows it, with angle brackets; '' where the mail has none. */
  readonly messageId: string;
  readonly outcome: Outcome;
  /** Compared where it is given. */
  readonly reason?: Reason;
  readonly ownerEmail: string | null;
  /** Addresses of the linked records that matched, in any order. */
  readonly people: readonly string[];
  /** null: not compared (no owner, or the words "copied" and "forwarded" leave the case open). */
  readonly capture: Capture | null;
  /** Who gets a bounce for it; left out where nobody does. */
  readonly bounceTo?: string;
}
