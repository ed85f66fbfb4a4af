/** A test that failed and then passed, and why it failed. */
export interface Unsteady {
  readonly name: string;
  readonly why: string;
}

const MOST_LINES = 12;

/**
 * What is said at the end of a run about tests that passed only when they were tried again: nobody
 * looks into what he does not hear of. [] when there are none.
 */
export function linesAbout(unsteady: readonly Unsteady[]): string[] {
  if (unsteady.length === 0) return [];
  return [
    '',
    'Passed only when tried again:',
    ...unsteady.flatMap(({ name, why }) => [`- ${name}`, ...indented(why)]),
  ];
}

function indented(text: string): string[] {
  const lines = text.trimEnd().split('\n');
  const left = lines.length - MOST_LINES;
  const shown = left <= 0 ? lines : [...lines.slice(0, MOST_LINES), `... and ${left} lines more`];
  return shown.map((line) => `    ${line}`);
}
