import type { Facts } from './facts.ts';
import type { ParsedMail } from './parsed-mail.ts';
import { hasSingleFrom } from './screen-message.ts';

/** Whose message it is. `address` is the one that was compared; `why` is for the trace. */
export type Ownership =
  | {
      readonly kind: 'owner';
      readonly userId: number;
      readonly address: string;
      readonly via: 'from' | 'resent-from';
      readonly why: string;
    }
  | { readonly kind: 'nobody'; readonly address: string; readonly why: string };

/**
 * Finds the user who sent the message to the archive: exact comparison of canonical addresses with the
 * verified addresses of active users. Names count for nothing; Sender and Reply-To neither.
 *
 * A user who redirects a mail leaves its From alone and signs with Resent-From (RFC 5322 section 3.6.6):
 * such a user is the owner. The topmost (latest) of several counts first.
 *
 * Nobody's message came from the topmost Resent-From where there is one: the author in From may know
 * nothing of the archive, and must not be answered.
 *
 * A message without exactly one From (see screenMessage) has no owner, whatever else it says.
 */
export function identifyOwner(
  mail: Pick<ParsedMail, 'header'>,
  facts: Pick<Facts, 'usersByAddress'>,
): Ownership {
  if (!hasSingleFrom(mail.header)) {
    const address = mail.header.from[0]?.address ?? '';
    return { kind: 'nobody', address, why: 'There is not exactly one From to find the owner by.' };
  }
  for (const { address } of mail.header.resentFrom) {
    const user = facts.usersByAddress.get(address);
    if (user?.active === true) {
      const why = `Resent-From ${address} is an address of user ${String(user.userId)}.`;
      return { kind: 'owner', userId: user.userId, address, via: 'resent-from', why };
    }
  }
  const from = mail.header.from[0]?.address ?? '';
  const user = facts.usersByAddress.get(from);
  if (user?.active === true) {
    const why = `From ${from} is an address of user ${String(user.userId)}.`;
    return { kind: 'owner', userId: user.userId, address: from, via: 'from', why };
  }
  const address = mail.header.resentFrom[0]?.address ?? from;
  const inactive = facts.usersByAddress.has(address);
  const why = inactive ? `The user of ${address} is not active.` : `No user has ${address}.`;
  return { kind: 'nobody', address, why };
}
