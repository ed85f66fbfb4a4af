/** What a run of the tests came to. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** One test file as it ended: the state of each test, and whether the file as a whole is well. */
export interface RanFile {
  readonly ok: boolean;
  readonly tests: readonly ('passed' | 'failed' | 'skipped' | 'pending')[];
}

/**
 * Adds the files up. A file that failed without a failed test (it could not be loaded, or a hook
 * broke) counts as one failure, as does each error outside of any test. A test that never ended
 * counts as failed.
 */
export function tallyOf(files: readonly RanFile[], strayErrors: number): Tally {
  const tests = files.flatMap((file) => file.tests);
  const count = (state: RanFile['tests'][number]) => tests.filter((each) => each === state).length;
  const broken = files.filter((file) => !file.ok && !file.tests.includes('failed')).length;
  return {
    passed: count('passed'),
    failed: count('failed') + count('pending') + broken + strayErrors,
    skipped: count('skipped'),
  };
}

/** The last line of a run. */
export function lineOf({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

/** Whether the run shows that all is well: something ran, and nothing failed. */
export function isGood({ passed, failed }: Tally): boolean {
  return failed === 0 && passed > 0;
}
