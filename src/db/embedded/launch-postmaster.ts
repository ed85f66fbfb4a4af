import { spawn } from 'node:child_process';
import { open, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Binaries } from './binaries.ts';
import type { Location } from './location.ts';
import { programEnvironment } from './run-program.ts';
import { SERVER_ENVIRONMENT, type ServerSettings } from './server-settings.ts';

/** A server that was just started, seen from its parent. */
export interface Launch {
  readonly pid: number | null;
  /** What it said at its end; null while it runs. */
  failure(): string | null;
}

/**
 * Starts a server that outlives this process: a session of its own, so that Ctrl-C in the terminal
 * does not reach it, and no pipe to us. PostgreSQL itself sees to it that a cluster has only one.
 */
export async function launchPostmaster(
  location: Location,
  binaries: Binaries,
  settings: ServerSettings,
): Promise<Launch> {
  const port = await choosePort(location);
  const startLog = path.join(location.home, 'start.log');
  const log = await open(startLog, 'a', 0o600);
  try {
    const begin = (await log.stat()).size;
    const program = path.join(binaries.bin, 'postgres');
    const child = spawn(
      program,
      ['-D', location.cluster, '-p', port.toString(), ...asArguments(settings)],
      {
        ...location.runAs,
        cwd: location.cluster,
        env: { ...programEnvironment(program), ...SERVER_ENVIRONMENT },
        detached: true,
        stdio: ['ignore', log.fd, log.fd],
      },
    );
    let failure: string | null = null;
    child.once('error', (error) => {
      failure = error.message;
    });
    child.once('exit', (code) => {
      void readFile(startLog)
        .then((bytes) => bytes.subarray(begin).toString().trim())
        .catch(() => '')
        .then((said) => {
          failure ??= said === '' ? `exit code ${String(code)}` : said;
        });
    });
    child.unref();
    return { pid: child.pid ?? null, failure: () => failure };
  } finally {
    await log.close();
  }
}

/** The port of last time if it is free, so that whoever is connected finds the server again. */
async function choosePort(location: Location): Promise<number> {
  const file = path.join(location.home, 'port');
  const last = Number(await readFile(file, 'utf8').catch(() => '0'));
  const port = await tryPort(last).catch(() => tryPort(0));
  if (port !== last) await writeFile(file, port.toString());
  return port;
}

function tryPort(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address() as AddressInfo;
      server.close(() => {
        resolve(address.port);
      });
    });
  });
}

function asArguments(settings: ServerSettings): string[] {
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}
