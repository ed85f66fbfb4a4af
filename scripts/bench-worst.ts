import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { connectDatabase } from '../src/db/connect.ts';
import { startEmbeddedPostgres } from '../src/db/embedded/start-embedded-postgres.ts';
import { migrateToLatest } from '../src/db/migrate.ts';
import { insertStored } from '../src/ledger/store-messages.ts';
import { postgresOriginals } from '../src/originals/postgres-originals.ts';
import { writeTrustSettings } from '../src/senders/trust-settings.ts';
import { createFilingBench, type FilingBench } from '../test/support/filing-bench.ts';
import {
  WORST_MAILS,
  WORST_RECIPIENT,
  WORST_SENDER,
  worstCopy,
  type WorstMail,
} from '../test/support/worst-mails.ts';
import { table } from './bench/table.ts';
import { toldToEnd, whenTold } from './bench/told-to-end.ts';
import { watchMemory, type ProcessPeak } from './bench/watch-memory.ts';

/*
 * npm run bench:worst [-- --mb 50 --only PATTERN]: the worst mails, each filed by a worker process and a reading process
 * of its own. Seconds of the processor count; those of the clock depend on what else runs. It fails where
 * one takes over 10 s of the processor or 500 MB, or is filed wrongly.
 */

const MOST_SECONDS = 10;
const MOST_MB = 500;
const WORKER = fileURLToPath(new URL('bench-worst-child.ts', import.meta.url));

interface Result {
  readonly mail: WorstMail;
  readonly became: string;
  readonly seconds: number;
  readonly longestBlock: number;
  /** Processes that are gone at once are not seen. */
  readonly worker: ProcessPeak | undefined;
  readonly child: ProcessPeak | undefined;
}

type Times = Pick<Result, 'seconds' | 'longestBlock'>;
const DIED = '{"seconds":0,"longestBlock":0}';

const HEAD = [
  '',
  'CPU s, reading',
  'worker',
  's by the clock',
  'longest block',
  'MB, reading',
  'worker',
  'became',
];

const { values } = parseArgs({
  options: { mb: { type: 'string', default: '50' }, only: { type: 'string', default: '.' } },
});
const bytes = Number(values.mb) * 1024 * 1024 - 4096;
const told = toldToEnd();
const dataDir = await mkdtemp(path.join(os.tmpdir(), 'letterbook-bench-'));
await chmod(dataDir, 0o755);
const settings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };
const postgres = await startEmbeddedPostgres({ dataDir, log: pino({ level: 'warn' }), settings });
const { connectionString } = postgres;
const db = connectDatabase({ connectionString, applicationName: 'bench', poolSize: 5 });
try {
  await migrateToLatest(db);
  const bench = await createFilingBench(db);
  await bench.user(WORST_SENDER, 'super-administrators');
  await bench.person(WORST_RECIPIENT);
  await writeTrustSettings(db, { policy: 'warn', authservId: null, arcSealers: [] });
  const results: Result[] = [];
  for (const mail of WORST_MAILS.filter(({ name }) => new RegExp(values.only).test(name))) {
    told.throwIfAborted();
    const result = await measure(bench, mail, results.length + 1);
    results.push(result);
    console.error(rowOf(result).join(' | '));
  }
  console.log(`${values.mb} MB, but for what is bounded by its name\n`);
  console.log(table([HEAD, ...results.map(rowOf)]));
  const bad = results.filter((one) => complaints(one).length > 0);
  for (const one of bad) console.error(`${one.mail.name}: ${complaints(one).join(', ')}`);
  process.exitCode = bad.length > 0 ? 1 : 0;
} catch (error) {
  if (!told.aborted) throw error;
} finally {
  await db.destroy();
  await postgres.stop();
  await rm(dataDir, { recursive: true, force: true });
}

async function measure(bench: FilingBench, mail: WorstMail, uid: number): Promise<Result> {
  const raw = worstCopy(mail, bytes, uid);
  const id = await store(bench.mailboxId, raw, uid);
  const child = spawn(
    process.execPath,
    ['--max-semi-space-size=6', WORKER, connectionString, String(id)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  whenTold(told, () => child.kill());
  const watch = watchMemory(child.pid ?? 0);
  const closed = once(child, 'close');
  const said = await text(child.stdout);
  await closed;
  const peaks = watch.stop();
  told.throwIfAborted();
  const { seconds, longestBlock } = JSON.parse(said === '' ? DIED : said) as Times;
  const { state, outcome, reason, error } = await bench.row(id);
  return {
    mail,
    became: outcome === null ? `${state}: ${error ?? ''}` : `${outcome}, ${reason ?? ''}`,
    seconds,
    longestBlock,
    worker: peaks.find((one) => one.pid === child.pid),
    child: peaks.find((one) => one.command.includes('child-main')),
  };
}

async function store(mailboxId: number, raw: Buffer, uid: number): Promise<number> {
  return await db.transaction(async (trx) => {
    const original = await postgresOriginals.putStream(trx, pieces(raw));
    const message = { uid, size: raw.length, internalDate: new Date(), originalId: original.id };
    const [id = 0] = await insertStored(trx, { mailboxId, uidValidity: 1, epoch: 0 }, [message]);
    return id;
  });
}

async function* pieces(raw: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < raw.length; at += 65_536)
    yield await Promise.resolve(raw.subarray(at, at + 65_536));
}

function rowOf({ mail, became, seconds, longestBlock, worker, child }: Result): string[] {
  const cpu = (peak: ProcessPeak | undefined) => (peak?.cpu ?? 0).toFixed(1);
  const mb = (peak: ProcessPeak | undefined) => megabytes(peak).toFixed(0);
  return [
    mail.name,
    cpu(child),
    cpu(worker),
    seconds.toFixed(1),
    longestBlock.toFixed(1),
    mb(child),
    mb(worker),
    became,
  ];
}

function megabytes(peak: ProcessPeak | undefined): number {
  return (peak?.peakRss ?? 0) / 1024 / 1024;
}

function complaints({ mail, became, worker, child }: Result): string[] {
  const found: string[] = [];
  if ((worker?.cpu ?? 0) + (child?.cpu ?? 0) > MOST_SECONDS) found.push('too slow');
  if (Math.max(megabytes(worker), megabytes(child)) > MOST_MB) found.push('too much memory');
  if (!became.startsWith(mail.outcome)) found.push(`${became} instead of ${mail.outcome}`);
  return found;
}
