import { domainOf } from '../shared/email-address.ts';
import type { AutomaticSign } from './automatic-signs.ts';
import type { TableLine } from './decide-outcome.ts';
import type { Facts } from './facts.ts';

/** Whether a bounce is due, and why or why not as a sentence for the trace. */
export type BounceDecision =
  | { readonly kind: 'bounce'; readonly to: string; readonly why: string }
  | { readonly kind: 'no-bounce'; readonly why: string };

/**
 * Decides whether the sender is told that the owner does not exist. Only a message rejected on the line
 * "no owner" is bounced, and never one that was there before the mailbox was set up, that came from an
 * address of this installation or of a machine without a domain, or that shows any sign that no answer
 * is wanted (RFC 3834 section 2). A user who is no longer active is told like any stranger. How many
 * bounces a sender gets is counted elsewhere.
 *
 * @param sender canonical; '' when unknown
 * @param signs what automaticSigns found, of either strength
 */
export function decideBounce(
  line: TableLine,
  sender: string,
  signs: readonly AutomaticSign[],
  facts: Facts,
): BounceDecision {
  const no = (why: string): BounceDecision => ({ kind: 'no-bounce', why });
  if (line === 'no owner, trust fail') return no('From is forged: its address is not answered.');
  if (line !== 'no owner') return no('Only rejected messages are bounced.');
  if (facts.receivedBeforeSetUp) return no('It was there before the mailbox was set up.');
  if (facts.archiveAddresses.has(sender) || facts.ownAddresses.has(sender)) {
    return no(`${sender} is an address of this installation.`);
  }
  // Our own server, or one in our network, could be meant (RFC 5321 section 4.1.3).
  if (domainOf(sender).startsWith('[')) return no(`${sender} names a machine instead of a domain.`);
  const sign = signs[0];
  if (sign !== undefined) return no(`No answer is wanted: ${sign.sign}.`);
  return { kind: 'bounce', to: sender, why: `${sender} is told that the owner does not exist.` };
}
