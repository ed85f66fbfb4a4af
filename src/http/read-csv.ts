import { CsvError, parse } from 'csv-parse/sync';
import type { ImportRow } from '../shared/import-report.ts';

/** `not-csv`: `why` is the middle of a sentence. */
export type CsvReading<Column extends string> =
  | { readonly kind: 'rows'; readonly rows: readonly ImportRow<Column>[] }
  | { readonly kind: 'not-utf-8' }
  | { readonly kind: 'not-csv'; readonly why: string };

/**
 * Reads a table in CSV (RFC 4180, UTF-8, a byte order mark is fine; cells may be parted by semicolons or
 * tabs). A first line that names columns says their order; without it the columns are in the given order.
 * Missing ones are ''.
 *
 * @param most reads one row more than this, so that too many are noticed, and no further.
 */
export function readCsv<Column extends string>(
  content: Uint8Array | string,
  columns: readonly Column[],
  most?: number,
): CsvReading<Column> {
  const text = typeof content === 'string' ? content : decode(content);
  if (text === null) return { kind: 'not-utf-8' };
  // The first line may name the columns.
  const records = parseRecords(text, most === undefined ? -1 : most + 2);
  if (!Array.isArray(records)) return records;
  const header = records[0] ? readHeader(records[0].record, columns) : null;
  const order = header ?? columns;
  const lines = linesOf(records);
  const rows = records.map(({ record }, index) => ({
    line: lines[index] ?? 0,
    values: toValues(record, order, columns),
  }));
  return { kind: 'rows', rows: rows.slice(header ? 1 : 0) };
}

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

interface CsvRecord {
  readonly record: readonly string[];
  /** Its text, with the empty lines before it. */
  readonly raw: string;
}

function parseRecords(
  text: string,
  to: number,
): CsvRecord[] | Extract<CsvReading<never>, { kind: 'not-csv' }> {
  try {
    return parse(text, {
      bom: true,
      delimiter: delimiterOf(text),
      to,
      raw: true,
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true,
    }) as unknown as CsvRecord[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return { kind: 'not-csv', why: error.message };
  }
}

/** Spreadsheets in countries with a decimal comma write semicolons; what is copied from one has tabs. */
function delimiterOf(text: string): string {
  const first = /[^\r\n]+/.exec(text.slice(0, 10_000))?.[0] ?? '';
  const bare = first.replace(/"[^"]*"/g, '');
  return [',', ';', '\t'].find((one) => bare.includes(one)) ?? ',';
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
