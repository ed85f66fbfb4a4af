/** So long a discarded email can be restored; then it is deleted. */
export const DISCARDED_DAYS = 30;

/** When an email that was discarded then is deleted, at the earliest. */
export function deletedAfter(discardedAt: Date): Date {
  return new Date(discardedAt.getTime() + DISCARDED_DAYS * 24 * 60 * 60 * 1000);
}
