import type { Reason } from '../shared/outcome.ts';
import type { Captured } from './detect-capture.ts';
import { isLinkable } from './match-correspondents.ts';
import type { Participant, PlannedEmail } from './planned-email.ts';

export type UnmatchedReason = Extract<
  Reason,
  'no-match' | 'partly-matched' | 'only-colleagues' | 'nobody-on-it' | 'no-forward-found'
>;

/**
 * Why emails that are not all archived wait for their owner:
 * - no-forward-found: a forwarded mail was expected, but none, or none with a readable sender, found, or more
 *   than one that it could be; or those found are among us, and others could not be read
 * - partly-matched: some of several attached mails are archived
 * - no-match: there are correspondents, but no record has the address of one who decides
 * - only-colleagues: users and nobody else
 * - nobody-on-it: nobody but the owner
 */
export function judgeUnmatched(
  captured: Captured,
  emails: readonly PlannedEmail[],
): UnmatchedReason {
  if (captured.by === 'nothing') return 'no-forward-found';
  if (captured.by === 'block' && captured.block.from === null) return 'no-forward-found';
  if (emails.some((email) => email.state === 'archived')) return 'partly-matched';
  const participants = emails.flatMap((email) => email.participants);
  if (participants.some(isOutsider)) return 'no-match';
  if (hasUnreadMails(captured)) return 'no-forward-found';
  return participants.some(isColleague) ? 'only-colleagues' : 'nobody-on-it';
}

/**
 * Whether each email certainly has colleagues on it and nobody else, so that the setting may drop it.
 * Never certain of a forwarded block, whose recipients often stand there without addresses, nor of a
 * forward that was not found or not wholly read.
 */
export function isOnlyColleagues(captured: Captured, emails: readonly PlannedEmail[]): boolean {
  if (captured.by === 'nothing' || captured.by === 'block') return false;
  if (hasUnreadMails(captured)) return false;
  return emails.every(
    ({ participants }) => participants.some(isColleague) && !participants.some(isOutsider),
  );
}

function hasUnreadMails(captured: Captured): boolean {
  return captured.by === 'parts' && captured.notRead > 0;
}

/** One who is under a never-archive rule is somebody, too. */
function isOutsider(participant: Participant): boolean {
  return isLinkable(participant) || participant.kind === 'ruled-out';
}

function isColleague({ kind, role }: Participant): boolean {
  return kind === 'colleague' && role !== 'reply-to';
}
