/** What a message may have at most, whatever is set: the reading process has to hold it. MB. */
export const MOST_MESSAGE_MB = 100;
export const DEFAULT_MESSAGE_MB = 50;

const MB = 1024 * 1024;

/** A size as administrators give it, in bytes. */
export function bytesOfMb(megabytes: number): number {
  return megabytes * MB;
}

/** Rounded up, so that what is over a limit is so in words, too. */
export function mbOfBytes(bytes: number): number {
  return Math.ceil(bytes / MB);
}
