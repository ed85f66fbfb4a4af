import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Knex } from 'knex';

const MIGRATIONS = fileURLToPath(new URL('../../migrations/', import.meta.url));
/** YYYYMMDDHHMMSS_verb_noun.ts; the name without extension is what the database remembers. */
const FILE_NAME = /^(\d{14}_[a-z0-9_]+)\.ts$/;

/** The migrations in a directory, oldest first. */
export function migrationSource(directory = MIGRATIONS): Knex.MigrationSource<string> {
  return {
    async getMigrations() {
      const names = (await readdir(directory)).flatMap((file) => FILE_NAME.exec(file)?.[1] ?? []);
      return names.sort();
    },
    getMigrationName: (name) => name,
    async getMigration(name) {
      const url = pathToFileURL(path.join(directory, `${name}.ts`)).href;
      const migration = (await import(url)) as Knex.Migration;
      return { ...migration, up: (db) => withoutTimeLimit(db, migration.up) };
    },
  };
}

/** Building an index over a million mails takes longer than any statement of a page may. */
async function withoutTimeLimit(db: Knex, up: Knex.Migration['up']): Promise<void> {
  await db.raw('set local statement_timeout = 0');
  await up(db);
}
