import { createHash } from 'node:crypto';
import type { Knex } from 'knex';

/** The first key of every two-key advisory lock, so that no two uses meet by chance. */
export const LOCK_CLASS = {
  address: 7001,
  fingerprint: 7002,
  keeper: 7003,
  outgoing: 7004,
} as const;

/**
 * Addresses share this many locks. PostgreSQL's lock table is small, and one mail may carry
 * 100,000 addresses; two addresses that share a lock only wait for each other.
 */
const ADDRESS_BUCKETS = 1024;
const FINGERPRINT_BUCKETS = 1 << 20;

/**
 * Held by filing until it commits: nobody on these addresses gains or loses a record meanwhile.
 * Many filings hold the same address at once. Take it before reading what matches.
 */
export async function holdAddresses(
  trx: Knex.Transaction,
  addresses: Iterable<string>,
): Promise<void> {
  await lockAll(trx, 'pg_advisory_xact_lock_shared', LOCK_CLASS.address, buckets(addresses));
}

/** Held by whoever gives an address to a user or a record, before reading the mail it concerns. */
export async function claimAddresses(
  trx: Knex.Transaction,
  addresses: Iterable<string>,
): Promise<void> {
  await lockAll(trx, 'pg_advisory_xact_lock', LOCK_CLASS.address, buckets(addresses));
}

/** Held by filing after holdAddresses: two copies of one mail are filed one after the other. */
export async function claimFingerprints(
  trx: Knex.Transaction,
  fingerprints: Iterable<string>,
): Promise<void> {
  const keys = sortedKeys(fingerprints, FINGERPRINT_BUCKETS);
  await lockAll(trx, 'pg_advisory_xact_lock', LOCK_CLASS.fingerprint, keys);
}

/** Held while deciding whether a sender was told already: the last lock that filing takes. */
export async function claimBounces(trx: Knex.Transaction): Promise<void> {
  await lockAll(trx, 'pg_advisory_xact_lock', LOCK_CLASS.outgoing, [0]);
}

/** Held while the next outgoing message is taken: two senders must not both take the last of this hour. */
export async function claimSending(trx: Knex.Transaction): Promise<void> {
  await lockAll(trx, 'pg_advisory_xact_lock', LOCK_CLASS.outgoing, [1]);
}

function buckets(addresses: Iterable<string>): number[] {
  return sortedKeys(addresses, ADDRESS_BUCKETS);
}

/** Sorted, so that all take their locks in one order and no two can wait for each other. */
function sortedKeys(texts: Iterable<string>, count: number): number[] {
  const keys = new Set<number>();
  for (const text of texts) {
    keys.add(createHash('sha256').update(text).digest().readUInt32BE(0) % count);
  }
  return [...keys].sort((a, b) => a - b);
}

async function lockAll(
  trx: Knex.Transaction,
  lock: 'pg_advisory_xact_lock' | 'pg_advisory_xact_lock_shared',
  lockClass: number,
  keys: number[],
): Promise<void> {
  if (keys.length === 0) return;
  await trx.raw(`select ${lock}(?, key) from unnest(?::int[]) with ordinality as k(key, n)`, [
    lockClass,
    keys,
  ]);
}
