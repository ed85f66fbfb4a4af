import { canonicalAddress } from '../shared/email-address.ts';
import type { AttemptLimits, Counted } from './attempt-limits.ts';

export type SignInTry =
  | { readonly kind: 'too-many'; readonly retryAfterSeconds: number }
  | {
      readonly kind: 'go-on';
      /** To be called when it went well: then it was no try at guessing. */
      succeeded(): Promise<void>;
    };

/**
 * Counts a sign-in, of whoever and whether they exist or not. Where an account signed in from lately
 * only the two of them together count, so that strangers elsewhere can't lock anybody out.
 */
export async function countSignIn(
  limits: AttemptLimits,
  email: string,
  network: string,
): Promise<SignInTry> {
  const account = canonicalAddress(email) ?? email;
  const pair = `${network} ${account}`;
  const counted: Counted = (await limits.isMarked('knownPair', pair))
    ? [['signInPair', pair]]
    : [
        ['signInPair', pair],
        ['signInNetwork', network],
        ['signInAccount', account],
      ];
  const wait = await limits.count(counted);
  if (wait !== null) return { kind: 'too-many', retryAfterSeconds: wait };
  return {
    kind: 'go-on',
    async succeeded() {
      await limits.giveBack(counted);
      await limits.forget('signInPair', pair);
      await limits.mark('knownPair', pair);
    },
  };
}
