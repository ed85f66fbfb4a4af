import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const guide = readFileSync('CONTRIBUTING.md', 'utf8');
const foldersOf = (path: string) =>
  readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

test('CONTRIBUTING.md says what each folder is for, and names none that has gone', () => {
  const named = [...guide.matchAll(/`src\/([a-z-]+)`/g)].map(([, name]) => name);
  expect([...new Set(named)].sort()).toEqual(foldersOf('src').sort());
});

test('and which folder of views is whose', () => {
  const columns = guide
    .split('\n')
    .filter((line) => line.startsWith('| `src/'))
    .map((line) => line.split('|')[2] ?? '');
  const named = columns.flatMap((cell) => [...cell.matchAll(/`([a-z-]+)`/g)].map(([, one]) => one));
  expect(named.sort()).toEqual(foldersOf('views').sort());
});
