import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { text } from 'node:stream/consumers';
import packageJson from '../package.json' with { type: 'json' };

/*
 * npm run check: every script called check:..., as many at a time as there are cores, all of them even
 * when one fails. What one prints is shown when it has ended, so that it stays together.
 */

const waiting = Object.keys(packageJson.scripts).filter((name) => name.startsWith('check:'));
const failed: string[] = [];
await Promise.all(Array.from({ length: availableParallelism() }, work));
if (failed.length > 0) console.error(`\nNot clean: ${failed.join(', ')}`);
process.exitCode = failed.length > 0 ? 1 : 0;

async function work(): Promise<void> {
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    const { clean, output } = await check(name);
    console.log(`> ${name}\n${output}`.trimEnd());
    if (!clean) failed.push(name);
  }
}

async function check(name: string): Promise<{ clean: boolean; output: string }> {
  const child = spawn('npm', ['run', '-s', name], { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'exit');
  const output = (await Promise.all([text(child.stdout), text(child.stderr)])).join('');
  const [code] = (await ended) as [number | null];
  return { clean: code === 0, output };
}
