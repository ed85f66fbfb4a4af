import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { removeEmbeddedPostgres } from '../db/embedded/remove-embedded-postgres.ts';
import { findDemos, PREFIX, writePid } from './demo-note.ts';

/** Where a demo lives. */
export interface DemoPlace {
  /** Under the system's temp, and gone when the demo ends. */
  readonly notes: string;
  readonly data: string;
  readonly kept: boolean;
  close(): Promise<void>;
}

/** Tells a kept demo from an installation that holds somebody's mail. */
const MARK = 'demo';

/** @throws Error with a sentence when the directory that shall be kept holds something else. */
export async function openPlace(keepIn: string | null): Promise<DemoPlace> {
  const kept = keepIn === null ? null : await markAsDemo(resolve(keepIn));
  const notes = await mkdtemp(join(tmpdir(), PREFIX));
  // PostgreSQL, which does not run as root, has to get in.
  await chmod(notes, 0o755);
  await writePid(notes);
  const data = kept ?? join(notes, 'data');
  return {
    notes,
    data,
    kept: kept !== null,
    close: () => removePlace(notes),
  };
}

/** What a demo left behind that was killed: its database server and its directory. */
export async function removeLeftovers(): Promise<number> {
  const left = (await findDemos()).filter((demo) => !demo.running);
  for (const { directory } of left) await removePlace(directory);
  return left.length;
}

async function removePlace(notes: string): Promise<void> {
  const entries: string[] = await readdir(notes).catch(() => []);
  if (entries.includes('data')) await removeEmbeddedPostgres(join(notes, 'data'));
  await rm(notes, { recursive: true, force: true });
}

async function markAsDemo(directory: string): Promise<string> {
  await mkdir(directory, { recursive: true });
  const entries = await readdir(directory);
  if (entries.length > 0 && !entries.includes(MARK)) {
    throw new Error(
      `${directory} holds something that is no demo: name an empty directory, or a new one.`,
    );
  }
  await writeFile(join(directory, MARK), 'A demo of Letterbook: nothing in here matters.\n');
  return directory;
}
