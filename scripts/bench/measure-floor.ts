import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { whenTold } from './told-to-end.ts';

/** fetch: imapflow alone. parse: and simpleParser on the same thread, the floor we measure against. */
export type FloorMode = 'fetch' | 'parse';

export interface FloorResult {
  readonly mode: FloorMode;
  readonly messages: number;
  readonly bytes: number;
  /** From the first FETCH to the last message, signing in left out. */
  readonly seconds: number;
  /** Seconds of processor time. */
  readonly cpu: number;
  /** Bytes. */
  readonly peakRss: number;
}

export interface BenchServer {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly folder: string;
}

const CHILD = fileURLToPath(new URL('../bench-floor-child.ts', import.meta.url));

/**
 * Reads the whole folder, changing nothing in it: once unmeasured, so that the server's files are in
 * memory for all alike, then once in each mode.
 */
export async function measureFloor(
  server: BenchServer,
  told = new AbortController().signal,
): Promise<FloorResult[]> {
  const once = (mode: FloorMode) => measureOnce(server, mode, told);
  await once('fetch');
  return [await once('fetch'), await once('parse')];
}

async function measureOnce(
  server: BenchServer,
  mode: FloorMode,
  told: AbortSignal,
): Promise<FloorResult> {
  told.throwIfAborted();
  const env = { ...process.env, BENCH_MAILBOX: JSON.stringify(server) };
  const running = promisify(execFile)(process.execPath, [CHILD, mode], { env });
  whenTold(told, () => running.child.kill());
  const { stdout } = await running;
  return JSON.parse(stdout) as FloorResult;
}
