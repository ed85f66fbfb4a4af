/** What became of an inbound message. History: it does not change with later decisions. */
export const OUTCOMES = ['archived', 'unmatched', 'rejected', 'ignored', 'quarantined'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Why, one word for the log; the trace says the rest. */
export type Reason =
  | 'unreadable'
  | 'no-single-from'
  | 'could-not-be-fetched'
  | 'too-large'
  | 'own-notice'
  | 'duplicate'
  | 'automatic'
  | 'owner-does-not-exist'
  | 'sender-not-trusted'
  | 'never-archive-rule'
  | 'matched'
  | 'no-match'
  | 'partly-matched'
  | 'only-colleagues'
  | 'nobody-on-it'
  | 'no-forward-found';

export type Capture = 'copied' | 'forwarded';
export type EmailState = 'archived' | 'unmatched' | 'discarded';
export type TrustVerdict = 'pass' | 'none' | 'fail' | 'unknown';
