import { CommandFailure } from './command-failure.ts';

interface Check {
  readonly step: string;
  readonly status: 'ok' | 'failed' | 'warning' | 'skipped';
  readonly sentence: string;
}

const MARKS = { ok: 'ok     ', failed: 'FAILED ', warning: 'warning', skipped: 'skipped' } as const;

/** Prints a checklist. @throws CommandFailure when a step failed; its sentence says what to do. */
export function reportChecks(checks: readonly Check[], ok: boolean): void {
  for (const { status, sentence } of checks) process.stdout.write(`${MARKS[status]} ${sentence}\n`);
  if (ok) return;
  const failed = checks.find((check) => check.status === 'failed');
  throw new CommandFailure(failed?.sentence ?? 'The test failed.');
}
