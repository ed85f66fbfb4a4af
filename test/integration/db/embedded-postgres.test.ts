import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import { appendFile, mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import path from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connectDatabase } from '../../../src/db/connect.ts';
import { copyRows } from '../../../src/db/copy-rows.ts';
import { startEmbeddedPostgres } from '../../../src/db/embedded/start-embedded-postgres.ts';
import type { EmbeddedPostgres } from '../../../src/db/embedded/start-embedded-postgres.ts';
import { endServer, makeDataDirectory } from '../../support/data-directory.ts';
import type { DataDirectory } from '../../support/data-directory.ts';

const log = pino({ level: 'silent' });
let data: DataDirectory;
beforeEach(async () => {
  data = await makeDataDirectory();
});
afterEach(() => data.remove());

const start = () => startEmbeddedPostgres({ dataDir: data.dir, log });

async function query(server: { connectionString: string }, sql: string): Promise<unknown[]> {
  const db = connectDatabase({ ...server, applicationName: 'test', poolSize: 1 });
  try {
    const { rows } = await db.raw<{ rows: unknown[] }>(sql);
    return rows;
  } finally {
    await db.destroy();
  }
}

function portOf(server: EmbeddedPostgres): number {
  return Number(new URL(server.connectionString).port);
}

test('a first start makes a durable UTF-8 database that wants its password', async () => {
  const server = await start();
  expect(server.started).toBe(true);
  expect(server.where).toContain(path.join(data.dir, 'postgres'));
  const settings = await query(
    server,
    `select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit,
            current_setting('full_page_writes') as pages, current_setting('server_encoding') as encoding,
            current_setting('listen_addresses') as addresses,
            current_setting('unix_socket_directories') as sockets, upper('é') as upper`,
  );
  expect(settings).toEqual([
    {
      fsync: 'on',
      commit: 'on',
      pages: 'on',
      encoding: 'UTF8',
      addresses: '127.0.0.1',
      sockets: '',
      upper: 'É',
    },
  ]);

  const url = new URL(server.connectionString);
  const secret = await stat(path.join(data.dir, 'postgres', 'password'));
  expect(secret.mode & 0o777).toBe(0o600);
  url.password = 'guessed';
  await expect(query({ connectionString: url.href }, 'select 1')).rejects.toThrow(/password/);
  await server.stop();
});

test('it stops in good order, and the next start finds the data on the same port', async () => {
  const first = await start();
  await query(first, 'create table kept as select 42 as n');
  await first.stop();
  expect(await data.serverPid()).toBe(null);
  expect(await readdir(data.cluster)).not.toContain('postmaster.pid');

  const second = await start();
  expect(second.started).toBe(true);
  expect(second.connectionString).toBe(first.connectionString);
  expect(await query(second, 'select n from kept')).toEqual([{ n: 42 }]);
  await second.stop();
});

test('stop may be called twice', async () => {
  const server = await start();
  await Promise.all([server.stop(), server.stop()]);
  await server.stop();
  expect(await data.serverPid()).toBe(null);
});

test('a port that is taken meanwhile is exchanged for a free one', async () => {
  const first = await start();
  await first.stop();
  const squatter = createServer().listen(portOf(first), '127.0.0.1');
  await once(squatter, 'listening');
  const second = await start();
  expect(portOf(second)).not.toBe(portOf(first));
  expect(await query(second, 'select 1 as one')).toEqual([{ one: 1 }]);
  await second.stop();
  squatter.close();
});

test('what a crash halfway through the first start left behind is cleared away', async () => {
  const draft = path.join(data.dir, 'postgres.new-from-before');
  await mkdir(path.join(draft, 'cluster'), { recursive: true });
  const server = await start();
  expect(await readdir(data.dir)).toEqual(['postgres']);
  await server.stop();
});

test.runIf(process.platform === 'linux')(
  'the memory that large rows took is there for the next ones',
  async () => {
    const server = await start();
    const db = connectDatabase({ ...server, applicationName: 'test', poolSize: 2 });
    try {
      await db.transaction(async (trx) => {
        await trx.raw('create temp table large (data bytea)');
        await trx.raw('alter table large alter data set storage external');
        const { rows } = await trx.raw<{ rows: { pid: number }[] }>(
          'select pg_backend_pid() as pid',
        );
        const value = randomBytes(1024 * 1024);
        const copyTen = async () => {
          const before = await pageFaults(rows[0]!.pid);
          await copyRows(
            trx,
            'large',
            ['data'],
            Array.from({ length: 10 }, () => [{ type: 'bytea', value }]),
          );
          return (await pageFaults(rows[0]!.pid)) - before;
        };
        // Meanwhile the buffers of a temporary table are touched for the first time.
        for (let round = 0; round < 2; round += 1) await copyTen();
        // 150 a row, where the memory went back to the kernel.
        expect(await copyTen()).toBeLessThan(200);
      });
    } finally {
      await db.destroy();
      await server.stop();
    }
  },
);

/** How often a process had to be given a page of memory. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html */
async function pageFaults(pid: number): Promise<number> {
  const fields = await readFile(`/proc/${pid}/stat`, 'utf8');
  return Number(fields.split(') ').at(-1)!.split(' ')[7]);
}

describe('after a crash of the machine', () => {
  test('a pid file whose process is now another program does not keep it from starting', async () => {
    const first = await start();
    await query(first, 'create table kept as select 42 as n');
    const pid = await data.serverPid();
    const file = path.join(data.cluster, 'postmaster.pid');
    const [, ...rest] = (await readFile(file, 'utf8')).split('\n');
    await first.stop();
    expect(pid).not.toBe(null);
    // Process 1 is always there and never ours; this process even has the same user.
    for (const other of [1, process.pid, 999_999_999]) {
      await writeFile(file, [other, ...rest].join('\n'));
      const next = await start();
      expect(next.started).toBe(true);
      expect(await query(next, 'select n from kept')).toEqual([{ n: 42 }]);
      await next.stop();
    }
  });

  test('half a pid file does not either', async () => {
    await (await start()).stop();
    await writeFile(path.join(data.cluster, 'postmaster.pid'), '');
    const next = await start();
    expect(next.started).toBe(true);
    await next.stop();
  });
});

test('a server that is killed is started again where it was, with all that was committed', async () => {
  const server = await start();
  const db = connectDatabase({ ...server, applicationName: 'test', poolSize: 2 });
  await db.raw('create table kept as select 42 as n');
  const pid = await data.serverPid();
  await endServer(pid!);
  await expect
    .poll(() => db.select('n').from('kept').catch(String), { timeout: 30_000, interval: 100 })
    .toEqual([{ n: 42 }]);
  expect(await data.serverPid()).not.toBe(pid);
  await db.destroy();
  await server.stop();
  expect(await data.serverPid()).toBe(null);
});

describe('what a person has to mend is said in a sentence', () => {
  test('a database of another major version', async () => {
    await (await start()).stop();
    await writeFile(path.join(data.cluster, 'PG_VERSION'), '17\n');
    await expect(start()).rejects.toThrow(/was written by PostgreSQL 17, but .* brings 18/);
  });

  test('a directory without a database in it', async () => {
    await mkdir(path.join(data.dir, 'postgres'));
    await writeFile(path.join(data.dir, 'postgres', 'mine.txt'), '');
    await expect(start()).rejects.toThrow(/no database .* that can be read/);
  });

  test('a setting that PostgreSQL does not take', async () => {
    await (await start()).stop();
    await appendFile(path.join(data.cluster, 'postgresql.conf'), '\nno_such_setting = 1\n');
    await expect(start()).rejects.toThrow(/does not start: .*no_such_setting/s);
  });
});
