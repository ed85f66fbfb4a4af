import type { Knex } from 'knex';

/** Values for "?" in order, or for ":name" by name; arrays (for any(?) and unnest) included. */
type Bindings = readonly unknown[] | Readonly<Record<string, unknown>>;

interface RawResult<Row> {
  readonly rows: Row[];
  readonly rowCount: number | null;
}

/** Runs SQL that Knex has no words for; the caller says what a row looks like, and tests it. */
export async function queryRows<Row>(db: Knex, sql: string, bindings: Bindings): Promise<Row[]> {
  return (await run<Row>(db, sql, bindings)).rows;
}

/** Runs SQL that changes rows. @returns how many. */
export async function execute(db: Knex, sql: string, bindings: Bindings): Promise<number> {
  return (await run(db, sql, bindings)).rowCount ?? 0;
}

async function run<Row>(db: Knex, sql: string, bindings: Bindings): Promise<RawResult<Row>> {
  // Knex types arrays as mutable; it does not change them.
  return await db.raw<RawResult<Row>>(sql, bindings as Knex.RawBinding[]);
}
