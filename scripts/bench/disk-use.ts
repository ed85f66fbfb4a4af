import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';

/**
 * Bytes of the database's relations and of files in the data directory outside the cluster; the
 * write-ahead log is not in it. Take it before and after, so that the empty cluster does not count.
 */
export async function diskUse(connectionString: string, dataDir: string): Promise<number> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const { rows } = await client.query<{ size: string }>(
      'select pg_database_size(current_database()) as size',
    );
    return Number(rows[0]?.size ?? 0) + (await filesIn(dataDir));
  } finally {
    await client.end();
  }
}

async function filesIn(dataDir: string): Promise<number> {
  const entries = await readdir(dataDir, { withFileTypes: true, recursive: true });
  const cluster = path.join(dataDir, 'postgres');
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !file.startsWith(`${cluster}${path.sep}`));
  const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
