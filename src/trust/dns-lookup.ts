/**
 * Asks the DNS as `resolve` of node:dns/promises does: records of text are lists of strings. Rejects
 * with an error whose `code` is ENOTFOUND or ENODATA where there is nothing; with any other code the
 * question is open.
 */
export type DnsLookup = (name: string, type: string) => Promise<string[][] | string[]>;

const ANSWERED = new Set(['ENOTFOUND', 'ENODATA', 'EBADNAME']);

/** Whether the failure is an answer: that there is no such record. */
export function isAnswer(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ANSWERED.has(String(error.code));
}

/** What is said where nobody could be asked in time. */
export function noAnswer(name: string): Error {
  return Object.assign(new Error(`No answer about ${name}`), { code: 'ETIMEOUT' });
}
