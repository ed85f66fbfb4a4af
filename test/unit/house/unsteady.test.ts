import { expect, test } from 'vitest';
import { linesAbout } from '../../../scripts/unsteady.ts';

test('nothing is said where all passed at once', () => {
  expect(linesAbout([])).toEqual([]);
});

test('each test that passed when tried again is named, with the beginning of why it failed first', () => {
  const why = Array.from({ length: 20 }, (_, at) => `line ${at}`).join('\n');
  const said = linesAbout([
    { name: 'a.test.ts: kills', why: 'expected 1 to be 2\n' },
    { name: 'b.test.ts: waits', why },
  ]);
  expect(said.slice(0, 5)).toEqual([
    '',
    'Passed only when tried again:',
    '- a.test.ts: kills',
    '    expected 1 to be 2',
    '- b.test.ts: waits',
  ]);
  expect(said.at(-2)).toBe('    line 11');
  expect(said.at(-1)).toBe('    ... and 8 lines more');
});
