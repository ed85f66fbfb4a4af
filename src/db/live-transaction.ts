import type { Knex } from 'knex';

/** Well below what the server allows an idle transaction (connect.ts). */
const SIGN_OF_LIFE_MS = 5_000;

/**
 * A transaction that waits for something outside the database: a mail server, the reading of a mail.
 * While this process lives the server hears from it; once it is frozen or gone, the server soon ends
 * the transaction, and others need not wait long for its locks.
 */
export async function liveTransaction<T>(
  db: Knex,
  work: (trx: Knex.Transaction) => Promise<T>,
): Promise<T> {
  return await db.transaction(async (trx) => {
    const timer = setInterval(() => {
      trx.raw('select 1').catch(() => undefined);
    }, SIGN_OF_LIFE_MS);
    try {
      return await work(trx);
    } finally {
      clearInterval(timer);
    }
  });
}
