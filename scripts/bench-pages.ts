import { chmod, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Knex } from 'knex';
import pg from 'pg';
import { pino } from 'pino';
import { connectDatabase } from '../src/db/connect.ts';
import { startEmbeddedPostgres } from '../src/db/embedded/start-embedded-postgres.ts';
import { migrateToLatest } from '../src/db/migrate.ts';
import { createUser } from '../src/users/create-user.ts';
import { hashPassword } from '../src/users/hash-password.ts';
import { findViewer } from '../src/users/viewer-store.ts';
import { backgroundWork } from './bench/background-work.ts';
import { explainAll, type QueryCost, type Statement } from './bench/explain-query.ts';
import { fillPages } from './bench/fill-pages.ts';
import { findNewest, pageAddresses } from './bench/page-addresses.ts';
import { signInToBench } from './bench/sign-in-to-bench.ts';
import { table } from './bench/table.ts';
import { toldToEnd, whenTold } from './bench/told-to-end.ts';

/*
 * npm run bench:pages [-- --emails N --people N --data DIRECTORY --only PATTERN --worst N]: opens the pages over a
 * database of a million emails, runs every statement that they sent once more under EXPLAIN, and prints what each
 * has the database read; then the same of some work beside the pages. With --data the database is kept, and used
 * again; --worst prints the N worst statements of each.
 */

const VIEWER = { email: 'dana@northquay.example', password: 'pages without end or number' };
/** The database is thrown away: durability may go while it is filled. */
const SETTINGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_wal_size: '8GB',
};

const { values } = parseArgs({
  options: {
    emails: { type: 'string', default: '1000000' },
    people: { type: 'string', default: '200000' },
    data: { type: 'string' },
    only: { type: 'string', default: '' },
    worst: { type: 'string', default: '0' },
  },
});
const only = new RegExp(values.only);
const told = toldToEnd();
const dataDir = values.data ?? (await mkdtemp(path.join(os.tmpdir(), 'letterbook-bench-pages-')));
await chmod(dataDir, 0o755);
const log = pino({ level: 'warn' });
const server = await startEmbeddedPostgres({ dataDir, log, settings: SETTINGS });
const { connectionString } = server;
const db = connectDatabase({ connectionString, applicationName: 'bench', poolSize: 5 });
const client = new pg.Client({ connectionString });
// A statement may run for minutes: with the server it ends, and so does all that waits for it.
client.on('error', () => undefined);
whenTold(told, () => void server.stop().catch(() => undefined));
try {
  told.throwIfAborted();
  await migrateToLatest(db);
  if (!(await db('users').first('id'))) await fill();
  await client.connect();
  console.log(
    table([
      ['', 'status', 'statements', 'rows read', 'buffers', 'ms in the database', 'ms'],
      ...(await measurePages()),
      ...(await measureWork()),
    ]),
  );
} catch (error) {
  if (!told.aborted) throw error;
} finally {
  await client.end();
  await db.destroy();
  await server.stop();
  if (values.data === undefined) await rm(dataDir, { recursive: true, force: true });
}

async function fill(): Promise<void> {
  const { email, password } = VIEWER;
  const passwordHash = await hashPassword(password);
  await createUser(db, { name: 'Dana Roe', email, groups: ['super-administrators'], passwordHash });
  await fillPages(db, { emails: Number(values.emails), people: Number(values.people), users: 500 });
}

async function measurePages(): Promise<string[][]> {
  const visitor = await signInToBench(db, connectionString, VIEWER);
  const lines: string[][] = [];
  try {
    for (const [name, address] of await pageAddresses(db)) {
      if (!only.test(name)) continue;
      // Once before, so that nothing is counted that is done only the first time.
      const status = await visitor.open(address);
      lines.push(await measure(name, String(status), () => visitor.open(address)));
    }
  } finally {
    await visitor.close();
  }
  return lines;
}

async function measureWork(): Promise<string[][]> {
  const viewer = await findViewer(db, 1, null);
  if (!viewer) throw new Error('The viewer is gone.');
  const lines: string[][] = [];
  for (const [name, run] of backgroundWork(viewer, await findNewest(db, 'unmatched'))) {
    if (only.test(name)) lines.push(await measure(name, '', () => takenBack(run)));
  }
  return lines;
}

async function takenBack(run: (trx: Knex.Transaction) => Promise<unknown>): Promise<void> {
  const trx = await db.transaction();
  await run(trx).finally(() => trx.rollback());
}

/** Does something, and what it asked of the database once more. @returns a line of the table. */
async function measure(
  name: string,
  status: string,
  work: () => Promise<unknown>,
): Promise<string[]> {
  const sent: Statement[] = [];
  const note = ({ sql, bindings = [] }: { sql: string; bindings?: readonly unknown[] }) => {
    if (/^\s*(select|with|insert|update|delete)/i.test(sql)) sent.push({ sql, bindings });
  };
  db.on('query', note);
  const started = performance.now();
  await work();
  const took = performance.now() - started;
  db.removeListener('query', note);
  const costs = await explainAll(client, sent);
  tellWorst(name, costs);
  const sum = (field: 'rows' | 'buffers' | 'ms') => costs.reduce((all, one) => all + one[field], 0);
  const sums = [costs.length, sum('rows'), sum('buffers'), sum('ms').toFixed(1), took.toFixed(0)];
  return [name, status, ...sums.map(String)];
}

function tellWorst(name: string, costs: readonly QueryCost[]): void {
  const worst = costs.toSorted((a, b) => b.buffers - a.buffers).slice(0, Number(values.worst));
  for (const { sql, buffers, rows, ms } of worst) {
    const text = sql.replaceAll(/\s+/g, ' ');
    console.log(`${name}: ${buffers} buffers, ${rows} rows, ${ms.toFixed(1)} ms: ${text}\n`);
  }
}
