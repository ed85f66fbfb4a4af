/** What a message may have at most, whatever is set: the reading process has to hold it. MB. */
export const MOST_MESSAGE_MB = 100;
export const DEFAULT_MESSAGE_MB = 50;

/** A size as administrators give it, in bytes. */
export function bytesOfMb(megabytes: number): number {
  return megabytes * 1024 * 1024;
}
