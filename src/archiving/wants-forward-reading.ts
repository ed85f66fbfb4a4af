import { automaticSigns } from './automatic-signs.ts';
import { needsForwardedBlock } from './detect-capture.ts';
import type { Facts } from './facts.ts';
import { identifyOwner } from './identify-owner.ts';
import type { ParsedMail } from './parsed-mail.ts';
import { screenMessage } from './screen-message.ts';
import type { SideFacts } from './side-of.ts';

/** People, rules and ignored senders have no say in it. */
export type FactsOfWanting = SideFacts & Pick<Facts, 'instanceId'>;

/**
 * Whether the text must be searched for a forwarded block before planFiling can decide. The search is
 * costly and runs elsewhere, so it is asked for only where its answer counts.
 */
export function wantsForwardReading(mail: ParsedMail, facts: FactsOfWanting): boolean {
  const owner = identifyOwner(mail, facts);
  const signs = automaticSigns(mail, owner.address, facts);
  if (screenMessage(mail, signs, facts).kind !== 'fit') return false;
  if (owner.kind === 'nobody') return false;
  return needsForwardedBlock(mail, owner, facts);
}
