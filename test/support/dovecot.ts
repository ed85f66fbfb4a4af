import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findProgram } from './debian-packages.ts';
import {
  accessRules,
  dovecotSettings,
  mailOwnerIds,
  type DovecotOptions,
  type DovecotPlaces,
} from './dovecot-settings.ts';
import { folderTools, type FolderTools } from './folder-tools.ts';
import { freePort } from './free-port.ts';
import { selfSignedCertificate } from './self-signed-certificate.ts';

export type { DovecotOptions } from './dovecot-settings.ts';

export interface Dovecot extends FolderTools {
  readonly host: '127.0.0.1';
  /** Speaks in clear, offers STARTTLS. */
  readonly port: number;
  readonly tlsPort: number;
  /** PEM of the certificate, for the clients that shall trust it. */
  readonly certificate: string;
  /** The first of the users. */
  readonly user: string;
  readonly password: string;
  readonly pid: number;
  setPassword(user: string, password: string): Promise<void>;
  /** What it wrote to its log. */
  log(): Promise<string>;
  /** Ends the processes; mail, users and ports stay for start(). */
  halt(): Promise<void>;
  start(): Promise<void>;
  /** Ends it for good and removes its folder. */
  stop(): Promise<void>;
}

/** Starts Debian's Dovecot 2.3 on ports and in a folder of its own. */
export async function startDovecot(options: DovecotOptions = {}): Promise<Dovecot> {
  const users = new Map(Object.entries(options.users ?? { archive: 'archive-secret' }));
  const first = [...users][0];
  if (first === undefined) throw new Error('Dovecot needs a user.');
  const [user, password] = first;
  const program = await findProgram('dovecot');
  const folder = await mkdtemp(join(tmpdir(), 'letterbook-dovecot-'));
  const certificate = await furnish(folder, users, options);
  const launched = await launchAnywhere(program, folder, options);
  const { places } = launched;
  let { child } = launched;

  const tools = folderTools(places.port, user, () => users.get(user) ?? password);
  const halt = async () => {
    await tools.disconnect();
    await end(child);
  };
  return {
    ...tools,
    host: '127.0.0.1',
    port: places.port,
    tlsPort: places.tlsPort,
    certificate,
    user,
    password,
    get pid() {
      return child.pid ?? 0;
    },
    async setPassword(name, secret) {
      users.set(name, secret);
      await writeUsers(folder, users);
    },
    log: () => readFile(join(folder, 'dovecot.log'), 'utf8'),
    halt,
    async start() {
      child = await launch(program, places);
    },
    async stop() {
      await halt();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Puts everything into the folder that a start needs. @returns the certificate. */
async function furnish(
  folder: string,
  users: ReadonlyMap<string, string>,
  options: DovecotOptions,
): Promise<string> {
  // mkdtemp gives 0700, and the login processes of a Dovecot under root are other users.
  await chmod(folder, 0o755);
  await mkdir(join(folder, 'home'));
  if (process.getuid?.() === 0) {
    const { uid, gid } = mailOwnerIds();
    await chown(join(folder, 'home'), uid, gid);
  }
  const { key, cert } = await selfSignedCertificate();
  await writeFile(join(folder, 'key.pem'), key, { mode: 0o600 });
  await writeFile(join(folder, 'cert.pem'), cert);
  await writeFile(join(folder, 'acl'), accessRules(options));
  await writeUsers(folder, users);
  return cert;
}

async function writeUsers(folder: string, users: ReadonlyMap<string, string>): Promise<void> {
  const lines = [...users].map(([name, secret]) => `${name}:{PLAIN}${secret}::::::\n`);
  await writeFile(join(folder, 'users'), lines.join(''), { mode: 0o644 });
}

/** Somebody may take a free port before Dovecot does: then others are tried. */
async function launchAnywhere(program: string, folder: string, options: DovecotOptions) {
  for (let attempt = 1; ; attempt += 1) {
    const places: DovecotPlaces = { folder, port: await freePort(), tlsPort: await freePort() };
    await writeFile(join(folder, 'dovecot.conf'), dovecotSettings(places, options));
    try {
      return { child: await launch(program, places), places };
    } catch (error) {
      if (attempt === 5) throw error;
    }
  }
}

async function launch(program: string, places: DovecotPlaces): Promise<ChildProcess> {
  const args = ['-F', '-c', join(places.folder, 'dovecot.conf')];
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  process.once('exit', () => child.kill('SIGKILL'));
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  while (child.exitCode === null && child.signalCode === null) {
    if (await greets(places.port)) return child;
    await sleep(20);
  }
  const log = await readFile(join(places.folder, 'dovecot.log'), 'utf8').catch(() => '');
  throw new Error(`Dovecot did not start:\n${said}${log}`);
}

async function greets(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    const [greeting] = (await once(socket, 'data')) as [Buffer];
    return greeting.toString().startsWith('* OK');
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  await gone;
}
