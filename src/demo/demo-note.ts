import { readdir, readFile, lstat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** What a running demo says about itself, in a directory of its own under the system's temp. */
export interface DemoNote {
  readonly pid: number;
  readonly startedAt: string;
  readonly smtpPort: number;
  readonly url: string;
  /** The folder of the program that runs it. */
  readonly project: string;
}

export interface FoundDemo {
  readonly directory: string;
  /** null while it starts, or where it ended before it could say anything. */
  readonly note: DemoNote | null;
  readonly running: boolean;
}

export const PREFIX = 'letterbook-demo-';
const NOTE = 'demo.json';
const PID = 'pid';

const stored = z.object({
  pid: z.number().int(),
  startedAt: z.string(),
  smtpPort: z.number().int(),
  url: z.string(),
  project: z.string(),
});

/** Which folder's program this is. */
export const PROJECT = fileURLToPath(new URL('../../', import.meta.url)).replace(/\/$/, '');

export async function writePid(directory: string): Promise<void> {
  await writeFile(join(directory, PID), `${process.pid}\n`);
}

export async function writeNote(directory: string, note: DemoNote): Promise<void> {
  await writeFile(join(directory, NOTE), `${JSON.stringify(note)}\n`, { mode: 0o600 });
}

/** The demos of this user on this machine, running or left behind. Other people's are not looked at. */
export async function findDemos(): Promise<FoundDemo[]> {
  const names = (await readdir(tmpdir())).filter((name) => name.startsWith(PREFIX));
  const found = await Promise.all(names.map((name) => readDemo(join(tmpdir(), name))));
  return found.filter((demo) => demo !== null);
}

/** What the running ones say, the last started first. */
export async function findRunningDemos(): Promise<DemoNote[]> {
  const notes = (await findDemos()).flatMap(({ running, note }) => (running && note ? [note] : []));
  return notes.sort((one, other) => other.startedAt.localeCompare(one.startedAt));
}

async function readDemo(directory: string): Promise<FoundDemo | null> {
  const stat = await lstat(directory).catch(() => null);
  if (!stat?.isDirectory() || stat.uid !== process.getuid?.()) return null;
  const pid = Number(await readFile(join(directory, PID), 'utf8').catch(() => ''));
  // Just made: its process has not come to writing its number yet.
  const isNew = Date.now() - stat.mtimeMs < 60_000;
  const running = pid > 0 ? isAlive(pid) : isNew;
  return { directory, note: await readNote(directory), running };
}

async function readNote(directory: string): Promise<DemoNote | null> {
  const text = await readFile(join(directory, NOTE), 'utf8').catch(() => null);
  if (text === null) return null;
  return stored.safeParse(parseJson(text)).data ?? null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
