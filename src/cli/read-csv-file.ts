import { readFile } from 'node:fs/promises';

import { readCsv } from '../http/read-csv.ts';
import type { ImportRow } from '../shared/import-report.ts';
import { CommandFailure } from './command-failure.ts';

/**
 * Reads a CSV file of people with addresses, as readCsv does.
 * @throws CommandFailure that says what to do; also where no line has an address, rather than one for each.
 */
export async function readCsvFile<Column extends string>(
  path: string,
  columns: readonly (Column | 'email')[],
): Promise<readonly ImportRow<Column | 'email'>[]> {
  const reading = readCsv(await readBytes(path), columns);
  if (reading.kind === 'rows') {
    const { rows } = reading;
    if (rows.length === 0 || rows.some(({ values }) => values.email.includes('@'))) return rows;
    throw new CommandFailure(
      `No line of ${path} has an email address where one is looked for: name the columns in its first line (${columns.join(',')}), or keep to that order.`,
    );
  }
  if (reading.kind === 'not-csv') {
    throw new CommandFailure(`${path} is not a CSV file: ${reading.why}.`);
  }
  throw new CommandFailure(`${path} is not in UTF-8: save it as "CSV UTF-8" and try again.`);
}

async function readBytes(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    throw new CommandFailure(`${path} can't be read (${code}): check the name and the rights.`);
  }
}
