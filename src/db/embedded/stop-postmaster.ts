import { setTimeout as sleep } from 'node:timers/promises';
import type { Location } from './location.ts';
import { isServing, readPostmasterFile } from './postmaster-file.ts';

/** A fast stop writes out what is in memory; on a slow disk that may take too long. */
const FAST_MS = 4_500;
const IMMEDIATE_MS = 1_000;
const PAUSE_MS = 25;

export type StopOutcome = 'stopped' | 'stopped-at-once' | 'still-there';

/**
 * Stops the server of this cluster: a fast shutdown (SIGINT), and if that takes too long an
 * immediate one (SIGQUIT), after which the next start replays the log; nothing is lost by either.
 */
export async function stopPostmaster(location: Location): Promise<StopOutcome> {
  if (await endsAfter('SIGINT', location, FAST_MS)) return 'stopped';
  return (await endsAfter('SIGQUIT', location, IMMEDIATE_MS)) ? 'stopped-at-once' : 'still-there';
}

async function endsAfter(
  signal: NodeJS.Signals,
  { cluster }: Location,
  patienceMs: number,
): Promise<boolean> {
  const file = await readPostmasterFile(cluster);
  if (file === null || !(await isServing(file, cluster))) return true;
  process.kill(file.pid, signal);
  const deadline = Date.now() + patienceMs;
  while (Date.now() < deadline) {
    const current = await readPostmasterFile(cluster);
    if (current?.pid !== file.pid || !(await isServing(file, cluster))) return true;
    await sleep(PAUSE_MS);
  }
  return false;
}
