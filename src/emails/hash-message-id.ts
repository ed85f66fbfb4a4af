import { createHash } from 'node:crypto';

/** What stands for an id of a mail in emails.conversation: 8 bytes, as PostgreSQL's bigint in decimal. */
export function hashMessageId(id: string): string {
  return createHash('sha256').update(id, 'utf8').digest().readBigInt64BE(0).toString();
}
