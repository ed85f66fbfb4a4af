import type { NamedAddress } from '../shared/email-address.ts';
import type { Side } from './planned-email.ts';
import type { Ownership } from './identify-owner.ts';
import type { ForwardedBlock, ForwardReading, ParsedMail } from './parsed-mail.ts';
import { sideOf, type SideFacts } from './side-of.ts';

/**
 * How a message came to the archive, and where its correspondents stand: in its own header, in the
 * header of a resent mail, in message/rfc822 parts, or in a forwarded block. `nothing`: it was sent to
 * the archive alone, yet nothing forwarded was found in it, or no mail that is attached could be read, or
 * one is attached and another may stand in the text.
 * `notRead` counts the attached mails that were not read.
 */
export type Captured =
  | { readonly capture: 'copied'; readonly by: 'header'; readonly why: string }
  | { readonly capture: 'forwarded'; readonly by: 'resent'; readonly why: string }
  | {
      readonly capture: 'forwarded';
      readonly by: 'parts' | 'nothing';
      readonly notRead: number;
      readonly why: string;
    }
  | {
      readonly capture: 'forwarded';
      readonly by: 'block';
      readonly block: ForwardedBlock;
      readonly why: string;
    };

export type Owner = Extract<Ownership, { kind: 'owner' }>;

/**
 * Tells a copied message from a forwarded one. Somebody left in To or Cc beside the archive and users:
 * copied. Nobody: forwarded, if a mail is found in it: message/rfc822 parts (RFC 2046 section 5.2.1),
 * or a block in the text. With both, either may be the one that was forwarded: what its sender had
 * attached goes along with an inline forward, and could name anybody. Nor does a block decide beside
 * parts of which none could be read. A mail with neither is a failed forward only if it is addressed to the
 * archive alone; else it was written to colleagues or to oneself, and the archive got a copy.
 *
 * @param forward what reading the text gave; null where wantsForwardReading did not ask for it
 */
export function detectCapture(
  mail: ParsedMail,
  forward: ForwardReading | null,
  owner: Owner,
  facts: SideFacts,
): Captured {
  const early = captureByHeader(mail, owner, facts);
  if (early !== null) return early;
  if (mail.forwarded.length + mail.mailsLeftOut > 0) return captureAttached(mail, forward);
  if (forward?.kind === 'found') {
    const why = `Nobody but us in To and Cc; a forwarded mail was found in the ${forward.block.foundIn}.`;
    return { capture: 'forwarded', by: 'block', block: forward.block, why };
  }
  if (forward?.kind === 'none' && !isToArchiveAlone(mail, owner, facts)) {
    return {
      capture: 'copied',
      by: 'header',
      why: 'Nobody but us in To and Cc; nothing forwarded.',
    };
  }
  return { capture: 'forwarded', by: 'nothing', notRead: 0, why: whyNothing(forward) };
}

/** Whether the text has to be searched for a forwarded block: nobody but us is in To and Cc. */
export function needsForwardedBlock(mail: ParsedMail, owner: Owner, facts: SideFacts): boolean {
  return captureByHeader(mail, owner, facts) === null;
}

function captureByHeader(mail: ParsedMail, owner: Owner, facts: SideFacts): Captured | null {
  if (owner.via === 'resent-from') {
    return { capture: 'forwarded', by: 'resent', why: 'The owner redirected it (Resent-From).' };
  }
  const left = [...mail.header.to, ...mail.header.cc].find(
    ({ address }) => sideOf(address, owner.userId, facts) === 'correspondent',
  );
  if (left !== undefined) {
    return { capture: 'copied', by: 'header', why: `${left.address} is in To or Cc.` };
  }
  return null;
}

/** Many a mail comes from elsewhere and is attached to one that is forwarded: never guess which is meant. */
function captureAttached(
  { forwarded, mailsLeftOut: notRead }: ParsedMail,
  forward: ForwardReading | null,
): Captured {
  const readOfThem = notRead === 0 ? '' : `, ${String(forwarded.length)} of them read`;
  const count = String(forwarded.length + notRead);
  const found = `Nobody but us in To and Cc; ${count} mail(s) attached${readOfThem}`;
  if (forward === null || forward.kind === 'none') {
    const by = forwarded.length > 0 ? 'parts' : 'nothing';
    return { capture: 'forwarded', by, notRead, why: `${found}.` };
  }
  const why =
    forward.kind === 'failed'
      ? `the search of the text for another one failed: ${forward.why}`
      : 'another one may be forwarded in the text, so which is meant is not certain.';
  return { capture: 'forwarded', by: 'nothing', notRead, why: `${found}; ${why}` };
}

/** True when To (Cc, where To is empty) names addresses of the archive and nobody else. */
function isToArchiveAlone(mail: ParsedMail, owner: Owner, facts: SideFacts): boolean {
  const sides = (list: readonly NamedAddress[]): Side[] =>
    list.map(({ address }) => sideOf(address, owner.userId, facts));
  const addressees = sides(mail.header.to.length > 0 ? mail.header.to : mail.header.cc);
  return addressees.length > 0 && addressees.every((side) => side === 'archive');
}

function whyNothing(forward: ForwardReading | null): string {
  const search = 'Nobody but us in To and Cc';
  if (forward === null) return `${search}; the text was not searched for a forwarded mail.`;
  if (forward.kind === 'failed') {
    return `${search}; the search for a forwarded mail failed: ${forward.why}`;
  }
  if (forward.kind === 'doubtful') {
    return `${search}; which mail was forwarded is not certain: ${forward.why}.`;
  }
  return `${search}; no forwarded mail was found in it.`;
}
