import type { Request, Response } from 'express';
import type { ImportRow } from '../shared/import-report.ts';
import { readCsv } from './read-csv.ts';
import type { MessageKey } from './translation.ts';
import { readUpload } from './upload.ts';

const MAX_LINES = 5_000;
const MAX_BYTES = 1_000_000;
/** Browsers end each line of a text field in two characters. */
const MAX_TEXT_BYTES = 2 * MAX_BYTES;

/** A table that came with a form: as a file (`file`), or as the text of one shown before (`table`). */
type TableReading<Column extends string> =
  | {
      readonly kind: 'rows';
      readonly rows: readonly ImportRow<Column>[];
      readonly text: string;
    }
  | {
      readonly kind: 'problem';
      readonly error: MessageKey;
      /** What the reader of CSV stumbled over; '' where it did not. */
      readonly why: string;
    };

/** Reads the form and the table in it, up to a limit of bytes and lines. */
export async function readTable<Column extends string>(
  req: Request,
  res: Response,
  columns: readonly Column[],
): Promise<TableReading<Column>> {
  const upload = await readUpload(req, res, { field: 'file', maxBytes: MAX_TEXT_BYTES });
  if (upload.kind === 'file' && upload.bytes.length > MAX_BYTES) {
    return problem('import.upload.too-large');
  }
  if (upload.kind === 'file') return readRows(upload.bytes, columns);
  const { table } = (req.body ?? {}) as { readonly table?: unknown };
  if (upload.kind === 'none' && typeof table === 'string') return readRows(table, columns);
  return problem(`import.upload.${upload.kind}`);
}

function readRows<Column extends string>(
  content: Buffer | string,
  columns: readonly Column[],
): TableReading<Column> {
  const read = readCsv(content, columns, MAX_LINES);
  if (read.kind === 'not-csv') return problem('import.not-csv', read.why);
  if (read.kind === 'not-utf-8') return problem('import.not-utf-8');
  if (read.rows.length === 0) return problem('import.empty');
  if (read.rows.length > MAX_LINES) return problem('import.tooMany');
  return { kind: 'rows', rows: read.rows, text: content.toString() };
}

function problem(error: MessageKey, why = ''): Extract<TableReading<never>, { kind: 'problem' }> {
  return { kind: 'problem', error, why };
}
