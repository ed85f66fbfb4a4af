import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { ensurePrograms } from '../test/support/debian-packages.ts';
import { isGood, lineOf, type Tally } from './tally.ts';

/*
 * npm test: the static checks, then every test, then one line that says how many passed and failed.
 */

const NOTHING: Tally = { passed: 0, failed: 0, skipped: 0 };
const stopping = new AbortController();

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    stopping.abort();
  });
}

await ensurePrograms().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
const checked = await check();
const tally = stopping.signal.aborted ? NOTHING : await runTests();
const stopped = stopping.signal.aborted;
if (stopped) console.log('\nThe run was stopped.');
else if (!checked) console.log('\nThe static checks failed: see above, or run "npm run check".');
// Whoever takes its time to read this must not miss it.
process.stdout.write(`\n${lineOf(tally)}\n`, () => {
  process.exit(checked && !stopped && isGood(tally) ? 0 : 1);
});

async function check(): Promise<boolean> {
  return (await run('npm', ['run', '-s', 'check'], ['ignore', 'inherit', 'inherit'])) === 0;
}

async function runTests(): Promise<Tally> {
  const script = fileURLToPath(new URL('run-vitest.ts', import.meta.url));
  const args = [script, ...process.argv.slice(2)];
  let result: Tally | undefined;
  await run(process.execPath, args, ['ignore', 'inherit', 'inherit', 'ipc'], (message) => {
    result = message as Tally;
  });
  // Without a result the run itself broke down: that must not look like "nothing failed".
  return result ?? { ...NOTHING, failed: 1 };
}

/** Runs a command in a process group of its own, so that whatever it leaves behind can be ended. */
async function run(
  command: string,
  args: readonly string[],
  stdio: StdioOptions,
  onMessage: (message: unknown) => void = () => {},
): Promise<number | null> {
  const child = spawn(command, args, { stdio, detached: true });
  child.on('message', onMessage);
  const terminate = () => child.kill('SIGTERM');
  stopping.signal.addEventListener('abort', terminate);
  const [code] = (await once(child, 'exit')) as [number | null];
  stopping.signal.removeEventListener('abort', terminate);
  endGroup(child);
  return code;
}

function endGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGTERM');
  } catch {
    // The group is empty, as it should be.
  }
}
