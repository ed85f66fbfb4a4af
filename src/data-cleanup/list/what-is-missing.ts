import type { EmailParticipantRow } from '../../db/rows.ts';
import type { Capture } from '../../shared/outcome.ts';

/** Why an email waits, as its owner is told. */
export type Missing = 'address' | 'sender' | 'ruled-out' | 'only-colleagues' | 'nobody' | 'match';

/**
 * - address: a forward in which no correspondent's address was found
 * - sender: there are addresses, but it is not certain who wrote the mail
 * - ruled-out: whoever is outside is under a never-archive rule
 * - only-colleagues, nobody: there is no correspondent on it
 * - match: no record has the address of a correspondent who decides
 */
export function whatIsMissing(
  capture: Capture,
  participants: readonly Pick<EmailParticipantRow, 'kind' | 'linkable' | 'deciding'>[],
): Missing {
  if (participants.some(({ deciding }) => deciding)) return 'match';
  if (participants.some(({ linkable }) => linkable)) return 'sender';
  if (participants.some(({ kind }) => kind === 'ruled-out')) return 'ruled-out';
  if (capture === 'forwarded') return 'address';
  return participants.some(({ kind }) => kind === 'colleague') ? 'only-colleagues' : 'nobody';
}
