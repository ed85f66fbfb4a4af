import { describe, expect, test } from 'vitest';
import { isGood, lineOf, tallyOf, type RanFile } from '../../../scripts/tally.ts';

const good: RanFile = { ok: true, tests: ['passed', 'passed', 'skipped'] };
const bad: RanFile = { ok: false, tests: ['passed', 'failed'] };
const notLoaded: RanFile = { ok: false, tests: [] };
const brokenHook: RanFile = { ok: false, tests: ['passed', 'skipped'] };

describe('a run is good when something passed and nothing failed', () => {
  test.each<[string, RanFile[], number, string, boolean]>([
    ['all passed', [good, good], 0, '4 passed, 0 failed, 2 skipped', true],
    ['one failed', [good, bad], 0, '3 passed, 1 failed, 1 skipped', false],
    [
      'a file that could not be loaded',
      [good, notLoaded],
      0,
      '2 passed, 1 failed, 1 skipped',
      false,
    ],
    ['a broken hook', [brokenHook], 0, '1 passed, 1 failed, 1 skipped', false],
    ['an error outside of tests', [good], 1, '2 passed, 1 failed, 1 skipped', false],
    ['a test that never ended', [{ ok: true, tests: ['pending'] }], 0, '0 passed, 1 failed', false],
    ['no test at all', [], 0, '0 passed, 0 failed', false],
    [
      'only skipped ones',
      [{ ok: true, tests: ['skipped'] }],
      0,
      '0 passed, 0 failed, 1 skipped',
      false,
    ],
  ])('%s', (_what, files, strayErrors, line, expected) => {
    const tally = tallyOf(files, strayErrors);
    expect(lineOf(tally)).toBe(line);
    expect(isGood(tally)).toBe(expected);
  });
});
