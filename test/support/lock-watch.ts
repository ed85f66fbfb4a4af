import type { Knex } from 'knex';
import { until } from './until.ts';

/** Waits until so many sessions of this database wait for a lock: advisory ones, or for rows. */
export async function untilWaiting(db: Knex, count = 1): Promise<void> {
  await until(`${count} session(s) wait for a lock`, async () => {
    const { rows } = await db.raw<{ rows: { count: number }[] }>(
      `select count(distinct pid) as count
         from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`,
    );
    return (rows[0]?.count ?? 0) >= count;
  });
}

/** A transaction that stays open, with what `work` locked, until it is told how to end. */
export interface HeldTransaction {
  commit(): Promise<void>;
  rollback(): Promise<void>;
}

/** Runs `work` in a transaction and holds it open. */
export async function holdTransaction(
  db: Knex,
  work: (trx: Knex.Transaction) => Promise<unknown>,
): Promise<HeldTransaction> {
  const trx = await db.transaction();
  try {
    await work(trx);
  } catch (error) {
    await trx.rollback();
    throw error;
  }
  return {
    commit: async () => {
      await trx.commit();
    },
    rollback: async () => {
      await trx.rollback();
    },
  };
}
