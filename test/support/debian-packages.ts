import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { installScript } from './apt-install-script.ts';

/** The servers and programs that tests run for real, and the Debian package each comes in. */
const PACKAGES = {
  dovecot: 'dovecot-imapd',
  'redis-server': 'redis-server',
  // Chromium without its desktop: the same engine, but windows open in a third of the time.
  'chromium-headless-shell': 'chromium-headless-shell',
} as const;
/** What does as well where it is installed already. */
const INSTEAD: Readonly<Record<string, string>> = { 'chromium-headless-shell': 'chromium' };

export type ProgramName = keyof typeof PACKAGES;

/** Debian keeps servers in sbin, which an ordinary user's PATH lacks. */
const SERVER_FOLDERS = [
  '/usr/local/sbin',
  '/usr/sbin',
  '/usr/local/bin',
  '/usr/bin',
  '/sbin',
  '/bin',
];

const run = promisify(execFile);

/**
 * The absolute path of a program that tests need. Where it is missing, root on Debian gets it
 * installed; anybody else gets an Error that holds the one command to run.
 */
export async function findProgram(name: ProgramName): Promise<string> {
  const found = await locate(name);
  if (found !== null) return found;
  await ensurePrograms([name]);
  const installed = await locate(name);
  if (installed === null) throw new Error(`${PACKAGES[name]} is installed but has no ${name}.`);
  return installed;
}

/** Installs whatever is missing of `names` in one go. */
export async function ensurePrograms(
  names: readonly ProgramName[] = Object.keys(PACKAGES) as ProgramName[],
): Promise<void> {
  const places = await Promise.all(names.map(locate));
  const missing = names.filter((_, index) => places[index] === null).map((name) => PACKAGES[name]);
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0 || (await locate('apt-get')) === null) {
    throw new Error(`The tests need ${missing.join(' and ')}. Run: ${commandFor(missing)}`);
  }
  await install(missing);
}

async function install(packages: readonly string[]): Promise<void> {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' };
  try {
    await run('sh', ['-c', installScript, 'sh', ...packages], { env, maxBuffer: 64 * 1024 * 1024 });
  } catch (cause) {
    throw new Error(`apt could not install a part. Run: ${commandFor(packages)}`, { cause });
  }
}

function commandFor(packages: readonly string[]): string {
  const apt = `apt-get install -y --no-install-recommends ${packages.join(' ')}`;
  return `sudo sh -c 'apt-get update && ${apt}'`;
}

async function locate(program: string): Promise<string | null> {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...SERVER_FOLDERS];
  for (const folder of folders.filter((name) => name.startsWith('/'))) {
    const path = join(folder, program);
    const usable = await access(path, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (usable) return path;
  }
  const instead = INSTEAD[program];
  return instead === undefined ? null : await locate(instead);
}
