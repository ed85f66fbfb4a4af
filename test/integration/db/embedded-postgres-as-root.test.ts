import { spawnSync } from 'node:child_process';
import { chmod, chown, readdir, readFile, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { connectDatabase } from '../../../src/db/connect.ts';
import { startEmbeddedPostgres } from '../../../src/db/embedded/start-embedded-postgres.ts';
import { makeDataDirectory } from '../../support/data-directory.ts';
import type { DataDirectory } from '../../support/data-directory.ts';

const log = pino({ level: 'silent' });
let data: DataDirectory;
beforeEach(async () => {
  data = await makeDataDirectory();
});
afterEach(() => data.remove());

const start = () => startEmbeddedPostgres({ dataDir: data.dir, log });

describe.runIf(process.getuid?.() === 0)('for root, as whom PostgreSQL does not run', () => {
  test('another user runs it, in the data directory if he may enter', async () => {
    const server = await start();
    const owner = await stat(data.cluster);
    expect(owner.uid).not.toBe(0);
    expect(owner.mode & 0o777).toBe(0o700);
    expect((await stat(`/proc/${(await data.serverPid())!}`)).uid).toBe(owner.uid);
    await server.stop();
  });

  test('a directory of root alone gets its database elsewhere, and finds it again', async () => {
    await chmod(data.dir, 0o700);
    const first = await start();
    const elsewhere = (await readFile(path.join(data.dir, 'postgres-location'), 'utf8')).trim();
    try {
      expect(first.where).toContain(elsewhere);
      expect(path.dirname(elsewhere)).toBe('/var/lib/letterbook');
      const db = connectDatabase({ ...first, applicationName: 'test', poolSize: 1 });
      await db.raw('create table kept as select 42 as n');
      await db.destroy();
      await first.stop();

      // Opened to others meanwhile: it stays where it is.
      await chmod(data.dir, 0o755);
      const second = await start();
      const again = connectDatabase({ ...second, applicationName: 'test', poolSize: 1 });
      expect(await again.select('n').from('kept')).toEqual([{ n: 42 }]);
      await again.destroy();
      await second.stop();
    } finally {
      await rm(elsewhere, { recursive: true });
    }
    await expect(start()).rejects.toThrow(`The database is in ${elsewhere}`);
  });

  test('a cluster that was restored as root is not started until it has its owner back', async () => {
    await (await start()).stop();
    await chown(data.cluster, 0, 0);
    await expect(start()).rejects.toThrow(/belongs to root.*Run: chown -R/);
  });
});

const PROGRAM = 'scripts/letterbook.mjs';
const STRANGER = { uid: 65_534, gid: 65_534 };
/** Not from a clone in /root, for example. */
const isOpenToAll = spawnSync(process.execPath, ['--check', PROGRAM], STRANGER).status === 0;

describe.runIf(process.getuid?.() === 0 && isOpenToAll)('for another user than its own', () => {
  const logAs = (user: object) => {
    const env = { DATABASE_URL: '', LETTERBOOK_DATA: data.dir, BASE_URL: '' };
    const { status, stderr } = spawnSync(process.execPath, [PROGRAM, 'log'], {
      ...user,
      env: { ...process.env, ...env },
      encoding: 'utf8',
    });
    return { status, said: stderr.trim().split('\n') };
  };
  const sentence = () =>
    expect.stringMatching(
      new RegExp(
        `^This system user may not use the data directory ${data.dir} \\(EACCES: .*rights`,
      ),
    ) as string;

  test('a data directory is not said to be empty, but to be started by its own', async () => {
    expect(logAs(STRANGER)).toEqual({ status: 2, said: [sentence()] });
    expect(await readdir(data.dir)).toEqual([]);
    await (await start()).stop();
    expect(logAs(STRANGER)).toEqual({ status: 2, said: [sentence()] });
  });
});
