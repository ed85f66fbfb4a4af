import { readFile } from 'node:fs/promises';
import { CsvError, parse } from 'csv-parse/sync';

import type { ImportRow } from '../shared/import-report.ts';
import { CommandFailure } from './command-failure.ts';

/**
 * Reads a CSV file (RFC 4180, UTF-8, a byte order mark is fine). A first line that names columns
 * says their order; without it the columns are in the given order. Missing ones are ''.
 */
export async function readCsvFile<Column extends string>(
  path: string,
  columns: readonly Column[],
): Promise<ImportRow<Column>[]> {
  const records = parseRecords(await readText(path), path);
  const header = records[0] ? readHeader(records[0].record, columns) : null;
  const order = header ?? columns;
  return records.slice(header ? 1 : 0).map(({ record, info }) => ({
    line: info.lines,
    values: toValues(record, order, columns),
  }));
}

interface CsvRecord {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

function parseRecords(text: string, path: string): CsvRecord[] {
  try {
    return parse(text, {
      bom: true,
      info: true,
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true,
    }) as unknown as CsvRecord[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new CommandFailure(`${path} is not a CSV file: ${error.message}.`);
  }
}

async function readText(path: string): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(path));
  } catch (error) {
    if (error instanceof TypeError) {
      throw new CommandFailure(`${path} is not in UTF-8: save it as "CSV UTF-8" and try again.`);
    }
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw new CommandFailure(`${path} can't be read (${code}): check the name and the rights.`);
  }
}

/** null: the first line holds values. It is a header when it names the column email. */
function readHeader<Column extends string>(
  record: readonly string[],
  columns: readonly Column[],
): (Column | null)[] | null {
  const names = record.map((cell) => cell.toLowerCase().replace(/[\s_-]/g, ''));
  if (!names.includes('email')) return null;
  return names.map((name) => columns.find((column) => column.toLowerCase() === name) ?? null);
}

function toValues<Column extends string>(
  record: readonly string[],
  order: readonly (Column | null)[],
  columns: readonly Column[],
): Record<Column, string> {
  const entries = columns.map((column) => [column, record[order.indexOf(column)] ?? ''] as const);
  return Object.fromEntries(entries) as Record<Column, string>;
}
