/** What became of an inbound message. History: it does not change with later decisions. */
export const OUTCOMES = ['archived', 'unmatched', 'rejected', 'ignored', 'quarantined'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Why, one word for the log; the trace says the rest. */
export const REASONS = [
  'matched',
  'no-match',
  'partly-matched',
  'only-colleagues',
  'nobody-on-it',
  'no-forward-found',
  'owner-does-not-exist',
  'automatic',
  'duplicate',
  'own-notice',
  'never-archive-rule',
  'sender-not-trusted',
  'no-single-from',
  'unreadable',
  'too-large',
  'could-not-be-fetched',
] as const;
export type Reason = (typeof REASONS)[number];

export type Capture = 'copied' | 'forwarded';
export type EmailState = 'archived' | 'unmatched' | 'discarded';
export type TrustVerdict = 'pass' | 'none' | 'fail' | 'unknown';
