/** What is known of the sender: proven, no evidence, evidence against, not to be told now. */
export type Verdict = 'pass' | 'none' | 'fail' | 'unknown';

export type ZoneTrouble = 'timeout' | 'nxdomain' | 'servfail';

/**
 * TXT records by lower-case name without trailing dot; a record is the list of its strings. A name
 * that is not there does not exist.
 */
export type Zone = Readonly<Record<string, readonly (readonly string[])[] | ZoneTrouble>>;

/** The pinned authserv-id that stands for Microsoft 365, whose results begin without one. */
export const MICROSOFT_365 = 'microsoft365';

export interface TrustSettings {
  readonly pinnedAuthservId: string | null;
  /** Domains (d=) whose ARC seals are believed. */
  readonly arcSealers: readonly string[];
}

export const THEMES = [
  'dkim-genuine',
  'dkim-key',
  'dkim-limits',
  'dkim-forged',
  'dmarc-policy',
  'from-count',
  'from-form',
  'from-lookalike',
  'replay',
  'resent',
  'results-genuine',
  'results-grammar',
  'results-outcome',
  'results-forged',
  'microsoft',
  'arc-genuine',
  'arc-forged',
  'dns-trouble',
] as const;

export type Theme = (typeof THEMES)[number];

/**
 * One inbound mail and the truth about its sender. The rules by which cases are labelled:
 *
 * 1. The verdict is about the address that makes the owner: the one From address in canonical form,
 *    or a user's Resent-From. No From, several, or one of a form nobody knows: `fail`.
 * 2. The topmost Authentication-Results of the pinned authserv-id decides what it speaks about. It
 *    must stand above the Received of the hop that came from outside; only hops inside the house may
 *    stand above it. Its header.from must be the domain of From. dmarc=pass, or without a DMARC
 *    record an aligned dkim=pass or spf=pass: `pass`; dmarc=fail: `fail`; temperror: `unknown`.
 * 3. Else a valid DKIM signature whose d= is aligned: `pass`. Validity in time is judged at receipt.
 * 4. Else an unbroken ARC chain whose newest sets, from the one that saw the mail pass, are all by
 *    named sealers: `pass`.
 * 5. Else `unknown` where an answer of the DNS is missing that would have mattered; `fail` where the
 *    domain publishes quarantine or reject; `none` where it asks for nothing. SPF is not looked up:
 *    the address of the client is not known.
 */
export interface TrustCase {
  readonly id: string;
  readonly theme: Theme;
  /** The exact bytes, lines ending with CRLF. */
  readonly raw: Buffer;
  /** Verified addresses of active users, canonical. */
  readonly users: readonly string[];
  readonly settings: TrustSettings;
  readonly zone: Zone;
  /** When the archive mailbox took the mail in. It is judged later: now. */
  readonly receivedAt: Date;
  /** The user whom the mail names as its owner, rightly or not; null where it names none. */
  readonly owner: string | null;
  /** Ground truth: not sent, or no longer as sent, by the holder of the address it is filed under. */
  readonly forged: boolean;
  readonly expected: Verdict;
  /** Other verdicts that are as defensible. Never `pass` for a forged mail. */
  readonly alsoRight: readonly Verdict[];
  readonly why: string;
}
