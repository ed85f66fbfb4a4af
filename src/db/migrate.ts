import type { Knex } from 'knex';
import { DatabaseProblem } from './database-problem.ts';
import { migrationSource } from './migration-source.ts';
import { serverProblem } from './server-problem.ts';

/** Any number that no other lock of the product uses; one key, so apart from all two-key locks. */
const MIGRATION_LOCK = 7_000;

/**
 * Brings the tables up to date. Several processes may do so at once: one works, the others wait.
 *
 * @returns the names of the migrations that were applied by this call.
 * @throws {DatabaseProblem} when a newer version of the product has changed the tables, or the server is
 *   too old.
 */
export async function migrateToLatest(
  db: Knex,
  source: Knex.MigrationSource<string> = migrationSource(),
): Promise<string[]> {
  return db.transaction(async (lock) => {
    await lock.raw('set local statement_timeout = 0');
    await lock.raw('set local idle_in_transaction_session_timeout = 0');
    await lock.raw('select pg_advisory_xact_lock(?)', [MIGRATION_LOCK]);
    await refuseOldServer(db);
    await refuseNewerDatabase(db, source);
    const config: Knex.MigratorConfig = { migrationSource: source };
    // Knex marks its lock in a table, where it outlives a killed process; ours is the true one.
    await db.migrate.forceFreeMigrationsLock(config);
    const [, applied] = (await db.migrate.latest(config)) as [number, string[]];
    return applied;
  });
}

async function refuseOldServer(db: Knex): Promise<void> {
  const { rows } = await db.raw<{ rows: { server_version: string }[] }>('show server_version');
  const problem = serverProblem(rows[0]?.server_version ?? '');
  if (problem !== null) throw new DatabaseProblem(problem);
}

async function refuseNewerDatabase(db: Knex, source: Knex.MigrationSource<string>): Promise<void> {
  if (!(await db.schema.hasTable('knex_migrations'))) return;
  const known = new Set(await source.getMigrations([]));
  const applied = await db<{ name: string }>('knex_migrations').pluck('name');
  const unknown = applied.filter((name) => !known.has(name));
  if (unknown.length === 0) return;
  throw new DatabaseProblem(
    `A newer version of Letterbook has changed this database (${unknown.join(', ')}). ` +
      'Start that version, or restore the backup made before the update.',
  );
}
