/** A row of an import file by its column names, with the line it begins on (from 1). */
export interface ImportRow<Column extends string> {
  readonly line: number;
  readonly values: Readonly<Record<Column, string>>;
}

/** What an import did: rows that are wrong hinder no others. */
export interface ImportReport {
  readonly created: number;
  /** Rows whose record was there already, unchanged. */
  readonly known: number;
  readonly problems: readonly { readonly line: number; readonly sentence: string }[];
}

export type ImportOutcome = 'created' | 'known' | { readonly problem: string };

/** Imports rows one after the other, each by itself. */
export async function importRows<Column extends string>(
  rows: readonly ImportRow<Column>[],
  importOne: (values: Readonly<Record<Column, string>>) => Promise<ImportOutcome>,
): Promise<ImportReport> {
  const report = { created: 0, known: 0, problems: [] as { line: number; sentence: string }[] };
  for (const { line, values } of rows) {
    const outcome = await importOne(values);
    if (typeof outcome === 'string') report[outcome] += 1;
    else report.problems.push({ line, sentence: outcome.problem });
  }
  return report;
}
