import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';

const LOGGER = new URL('../../../src/config/logger.ts', import.meta.url).href;

/** Has more to tell than a pipe holds, and ends while its event loop does not yet know that the reader is gone. */
const WORDY = `
import { readSync } from 'node:fs';
import { createLogger } from '${LOGGER}';
const log = createLogger('info');
for (let n = 0; n < 2000; n += 1) log.info('x'.repeat(1000));
setTimeout(() => {
  process.stderr.write('told');
  readSync(0, Buffer.alloc(1));
  process.exit();
}, 100);
`;

test('a process ends though the reader of its log is gone', async () => {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', WORDY]);
  const closed = once(child, 'close') as Promise<[number | null, string | null]>;
  await once(child.stderr, 'data');
  child.stdout.destroy();
  await once(child.stdout, 'close');
  child.stdin.write('.');
  const giveUp = setTimeout(() => child.kill('SIGKILL'), 10_000);
  expect(await closed).toEqual([0, null]);
  clearTimeout(giveUp);
}, 20_000);
