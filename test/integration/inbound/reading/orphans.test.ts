import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { isAlive, readingChildrenOf, until } from './child-processes.ts';

function path(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}

test('a reading process ends when its parent is killed', async () => {
  const parent = spawn(process.execPath, [path('./reading-parent.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(parent.stdout, 'data');
  const [child] = readingChildrenOf(parent.pid);
  expect(isAlive(child!)).toBe(true);
  parent.kill('SIGKILL');
  await until(() => !isAlive(child!));
});

test('also from within an endless calculation', async () => {
  // The shell starts the process, then is killed in its place as the parent.
  const parent = spawn(
    '/bin/sh',
    ['-c', `"$0" "$1" & wait`, process.execPath, path('./endless-child.ts')],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const [printed] = (await once(parent.stdout, 'data')) as [Buffer];
  const child = Number(printed.toString());
  expect(isAlive(child)).toBe(true);
  parent.kill('SIGKILL');
  await until(() => !isAlive(child));
});
