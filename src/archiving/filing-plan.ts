import type { BounceLanguage } from './likely-language.ts';
import type { Capture, Outcome, Reason, TrustVerdict } from '../shared/outcome.ts';
import type { PlannedEmail } from './planned-email.ts';
import type { Trace } from './trace.ts';

/** All that is to be written about one message: what planFiling returns. */
export interface FilingPlan {
  readonly outcome: Outcome;
  readonly reason: Reason;
  /** null unless the message became emails (archived or unmatched). */
  readonly capture: Capture | null;
  readonly ownerId: number | null;
  /**
   * The address the owner was sought by: From; or Resent-From, where that names the owner or where
   * nobody is found. null when the message has none. Of an unreadable message: the first in From.
   */
  readonly fromAddress: string | null;
  readonly subject: string;
  readonly messageId: string | null;
  readonly verdict: TrustVerdict;
  /** Empty unless the outcome is archived or unmatched. */
  readonly emails: readonly PlannedEmail[];
  /** Correspondents' addresses that matched a record on an archived email; sorted, each once. */
  readonly matchedAddresses: readonly string[];
  /** Whom to send a bounce; null for nobody, and the trace says why. */
  readonly bounce: { readonly to: string; readonly language: BounceLanguage } | null;
  readonly trace: Trace;
}
