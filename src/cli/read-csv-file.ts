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
  const lines = linesOf(records);
  const rows = records.map(({ record }, index) => ({
    line: lines[index] ?? 0,
    values: toValues(record, order, columns),
  }));
  return rows.slice(header ? 1 : 0);
}

interface CsvRecord {
  readonly record: readonly string[];
  /** Its text, with the empty lines before it. */
  readonly raw: string;
}

function parseRecords(text: string, path: string): CsvRecord[] {
  try {
    return parse(text, {
      bom: true,
      raw: true,
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true,
    }) as unknown as CsvRecord[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new CommandFailure(`${path} is not a CSV file: ${error.message}.`);
  }
}

/** The library's own count goes wrong where lines end in CRLF, or stand within quotes. */
function linesOf(records: readonly CsvRecord[]): number[] {
  let line = 1;
  return records.map(({ raw }) => {
    const first = line + countLines(/^[\r\n]*/.exec(raw)?.[0] ?? '');
    line += countLines(raw);
    return first;
  });
}

function countLines(text: string): number {
  return text.match(/\r\n|\r|\n/g)?.length ?? 0;
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
