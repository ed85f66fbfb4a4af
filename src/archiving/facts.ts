import type { TrustVerdict } from '../shared/outcome.ts';

/** A user by one of the verified addresses of the profile. */
export interface UserFact {
  readonly userId: number;
  /** A user who is not active owns nothing, but is still one of us and no correspondent. */
  readonly active: boolean;
  readonly primaryAddress: string;
}

/** A contact or lead that has an address. */
export interface PersonFact {
  readonly personId: number;
  readonly kind: 'contact' | 'lead';
}

/** "Never archive this address or domain": a user's own rule, or one for all. */
export interface NeverArchiveRule {
  readonly ruleId: number;
  /** Whose mail it is about; null: everybody's. */
  readonly userId: number | null;
  /** A canonical address, or a canonical domain, which stands for all addresses in it. */
  readonly pattern: string;
}

/** An earlier, decided message with the same fingerprint. `ownerId` is null when it had no owner. */
export interface EarlierMessage {
  readonly inboundMessageId: number;
  readonly ownerId: number | null;
  /** It was quarantined because its sender was not proven. */
  readonly heldBack: boolean;
}

/**
 * What is known about whether From was forged. Gathered outside the core, since it takes DNS.
 * `checked` carries one sentence of evidence for the trace.
 */
export type TrustFacts =
  | { readonly kind: 'not-checked' }
  | { readonly kind: 'checked'; readonly verdict: TrustVerdict; readonly why: string };

export type TrustPolicy = 'off' | 'warn' | 'require';

/**
 * All that the steps know beside the message: they look nothing up. Addresses are canonical
 * (canonicalAddress). The maps need to hold only what addressesToLookUp names.
 */
export interface Facts {
  /** The archive address and its aliases. */
  readonly archiveAddresses: ReadonlySet<string>;
  /** Other addresses of this installation, such as the From of its outgoing mail. */
  readonly ownAddresses: ReadonlySet<string>;
  /** What this installation writes into X-Letterbook-Instance of the mail it sends. */
  readonly instanceId: string;
  readonly usersByAddress: ReadonlyMap<string, UserFact>;
  readonly peopleByAddress: ReadonlyMap<string, readonly PersonFact[]>;
  /** Senders without a user whose mail is ignored: no notice, no bounce. */
  readonly ignoredSenders: ReadonlySet<string>;
  /** Must hold the rules of the owner and those for all about the addresses, and about their domains. */
  readonly rulesByPattern: ReadonlyMap<string, readonly NeverArchiveRule[]>;
  readonly sameFingerprint: readonly EarlierMessage[];
  readonly trustPolicy: TrustPolicy;
  readonly trust: TrustFacts;
  /** A person wants it filed whatever is known of its sender; null where nobody has said so. */
  readonly letIn: 'released' | 'allowed' | null;
  /** The setting: mail that has only colleagues on it is ignored instead of waiting. */
  readonly ignoreColleaguesOnly: boolean;
  /** The message was in the mailbox before it was set up: strangers get no answer to old mail. */
  readonly receivedBeforeSetUp: boolean;
}
