import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { whenTold } from './told-to-end.ts';
import { watchMemory, type ProcessPeak } from './watch-memory.ts';

export interface CommandResult {
  readonly stdout: string;
  readonly seconds: number;
  readonly memory: readonly ProcessPeak[];
}

/**
 * Runs `npm run -s letterbook -- ARGS` with the given environment on top of ours.
 * Rejects with what the command said when it fails.
 */
export async function runLetterbook(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  told: AbortSignal,
): Promise<CommandResult> {
  told.throwIfAborted();
  const start = performance.now();
  const child = spawn('npm', ['run', '-s', 'letterbook', '--', ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  whenTold(told, () => {
    // The whole group: npm's shell would end without the command that it runs.
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGTERM');
  });
  const watch = watchMemory(child.pid ?? 0);
  const closed = once(child, 'close') as Promise<[number | null]>;
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  const [code] = await closed;
  const memory = watch.stop();
  const seconds = (performance.now() - start) / 1000;
  if (code === 0) return { stdout, seconds, memory };
  const said = `${stdout}\n${stderr}`.trim().slice(-2_000);
  throw new Error(`"letterbook ${args[0] ?? ''}" ended with ${String(code)}: ${said}`);
}
