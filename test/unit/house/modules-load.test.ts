import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

/** These begin to work when they are loaded. */
const PROGRAMS = [
  'cli/letterbook.ts',
  'inbound/reading/build-program.ts',
  'inbound/reading/child-main.ts',
  'inbound/reading/orphan-watch.ts',
];

const LOAD_EACH = `
const [folder, ...files] = process.argv.slice(1);
const broken = [];
for (const file of files) {
  await import(folder + file).catch((error) => broken.push(file + ': ' + error.message));
}
console.log(JSON.stringify(broken));
`;

// The test runner is kinder than Node: it finds named exports that CommonJS libraries do not have,
// and compiles syntax that cannot be stripped.
test('Node itself loads every module', async () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && !PROGRAMS.includes(name),
  );
  expect(files.length).toBeGreaterThan(20);
  const folder = new URL('../../../src/', import.meta.url).href;
  const args = ['--input-type=module', '--eval', LOAD_EACH, folder, ...files];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  expect(JSON.parse(stdout)).toEqual([]);
});
