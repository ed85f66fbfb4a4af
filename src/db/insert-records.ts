import type { Knex } from 'knex';

/** A statement of this many rows stays well below every limit of the wire. */
const ROWS_A_STATEMENT = 5000;

/**
 * Inserts many rows with one parameter a statement: a mail may have 100,000 recipients, and PostgreSQL takes
 * 65,535 parameters. As json: of jsonb the whole would be built before it is read. `columns` gives each column's
 * type in the rows; `made` has an expression for a column that the database makes of that.
 */
export async function insertRecords<Column extends string>(
  trx: Knex.Transaction,
  table: string,
  columns: Readonly<Record<Column, string>>,
  rows: readonly Readonly<Record<Column, unknown>>[],
  made?: Readonly<Partial<Record<Column, string>>>,
): Promise<void> {
  const names = Object.keys(columns) as Column[];
  const list = names.map((name) => `"${name}"`).join(', ');
  const values = names.map((name) => made?.[name] ?? `"${name}"`).join(', ');
  const typed = names.map((name) => `"${name}" ${columns[name]}`).join(', ');
  for (let at = 0; at < rows.length; at += ROWS_A_STATEMENT) {
    await trx.raw(
      `insert into "${table}" (${list}) select ${values} from json_to_recordset(?::json) as r(${typed})`,
      [JSON.stringify(rows.slice(at, at + ROWS_A_STATEMENT))],
    );
  }
}
