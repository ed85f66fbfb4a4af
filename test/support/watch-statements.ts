import type { Knex } from 'knex';

/** What a piece of work asked of the database. */
export interface Statements {
  readonly count: number;
  /** The most numbers or texts that one of them carried in a list. */
  readonly longestList: number;
}

/** Does something and tells what it sent, transactions' ends included. */
export async function watchStatements(db: Knex, work: () => Promise<unknown>): Promise<Statements> {
  let count = 0;
  let longestList = 0;
  const note = ({ bindings = [] }: { bindings?: readonly unknown[] }) => {
    count += 1;
    const lists = bindings.filter((one) => Array.isArray(one));
    longestList = Math.max(longestList, bindings.length, ...lists.map((list) => list.length));
  };
  db.on('query', note);
  try {
    await work();
  } finally {
    db.removeListener('query', note);
  }
  return { count, longestList };
}
