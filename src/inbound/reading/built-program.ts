import { hash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

export const ROOT = path.resolve(import.meta.dirname, '../../..');
/** Goes with what npm installed, and comes anew after it. */
export const BUILT_FOLDER = path.join(ROOT, 'node_modules', '.cache', 'letterbook-reading');
/** Says what was built last. */
export const DESCRIPTION = 'built.json';
export const MAIN = 'child-main.mjs';
/** How the folder of each build begins. */
export const BUILD = 'build-';

const builtSchema = z.object({
  /** The folder, under that of all that was built. */
  name: z.string().regex(/^build-\w+$/),
  /** The sha256 (hex) of each file that went into it, by its path from the root. */
  inputs: z.record(z.string(), z.string()),
  /** That of each file that was made of them, by its name: a power cut may leave empty ones. */
  outputs: z.record(z.string(), z.string()),
});
export type Built = z.infer<typeof builtSchema>;

/** The program in `folder` that was built of the files as they are now; null: there is none. */
export async function findBuilt(folder: string): Promise<string | null> {
  const text = await readFile(path.join(folder, DESCRIPTION), 'utf8').catch(() => 'null');
  const { data } = builtSchema.safeParse(parse(text));
  if (!data) return null;
  const build = path.join(folder, data.name);
  const hashes = [
    ...Object.entries(data.inputs).map(([file, before]) => ({
      file: path.join(ROOT, file),
      before,
    })),
    ...Object.entries(data.outputs).map(([file, before]) => ({
      file: path.join(build, file),
      before,
    })),
  ];
  const same = hashes.map(async ({ file, before }) => (await hashOfFile(file)) === before);
  return (await Promise.all(same)).every(Boolean) ? path.join(build, MAIN) : null;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** @returns sha256 (hex); '' for a file that is not there. */
export async function hashOfFile(file: string): Promise<string> {
  const bytes = await readFile(file).catch(() => null);
  return bytes === null ? '' : hash('sha256', bytes);
}
