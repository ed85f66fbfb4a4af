import { ensurePrograms } from './debian-packages.ts';

/** Runs once before the projects that talk to real servers: nothing is installed in mid-test. */
export async function setup(): Promise<void> {
  await ensurePrograms();
}
