const PREFIX =
  /^(?:\s*(?:\[[^\]]{1,40}\]|(?:re|aw|antwort|wg|fw|fwd|sv|vs|tr|rif|res|enc|odp|ynt|vb|vl)(?:\[\d+\])?\s*[:：])\s*)+/iu;
const MAX_LENGTH = 300;

/** A subject without "Re:", "[EXT]" and what else is put before it, in small letters on one line. */
export function plainSubject(subject: string): string {
  return subject.slice(0, MAX_LENGTH).replace(PREFIX, '').replace(/\s+/g, ' ').trim().toLowerCase();
}

/** Whether a subject answers another and is long enough not to be everybody's ("Re: Invoice"). */
export function isTellingSubject(subject: string): boolean {
  const plain = plainSubject(subject);
  return (
    plain !== subject.trim().toLowerCase() && plain.length >= 15 && plain.split(' ').length >= 3
  );
}
