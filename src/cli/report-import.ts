import type { ImportReport } from '../shared/import-report.ts';
import { CommandFailure } from './command-failure.ts';

const MOST_SHOWN = 20;
const ONE = { people: 'person', users: 'user' } as const;

/** Prints what an import did. @throws CommandFailure when lines were left out, and says which. */
export function reportImport(what: keyof typeof ONE, report: ImportReport): void {
  const { created, known } = report;
  const made = `${created} ${created === 1 ? ONE[what] : what}`;
  const were = known === 1 ? 'was' : 'were';
  process.stdout.write(`Imported ${made}; ${known} ${were} there already.\n`);
  if (report.problems.length === 0) return;
  const shown = report.problems.slice(0, MOST_SHOWN).map(({ line, sentence }) => {
    return `line ${line}: ${sentence}`;
  });
  const more = report.problems.length - shown.length;
  if (more > 0) shown.push(`and ${more} more`);
  const lines =
    report.problems.length === 1
      ? '1 line was not imported (correct it'
      : `${report.problems.length} lines were not imported (correct them`;
  throw new CommandFailure(`${lines} and import the file again): ${shown.join('; ')}.`);
}
