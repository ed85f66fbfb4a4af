import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { locateDatabase, SHARED_DIR } from './location.ts';
import { stopPostmaster } from './stop-postmaster.ts';

/**
 * Ends the server of a data directory that nobody uses any more, and removes its database wherever
 * it lies. The directory itself is left.
 */
export async function removeEmbeddedPostgres(dataDir: string): Promise<void> {
  const location = await locateDatabase(dataDir);
  await stopPostmaster(location);
  await rm(location.home, { recursive: true, force: true });
  const base = dirname(location.home);
  if (location.elsewhere && dirname(base) === SHARED_DIR) {
    await rm(base, { recursive: true, force: true });
  }
}
