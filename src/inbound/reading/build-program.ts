/**
 * Builds what reading processes run, and prints nothing: run as a process of its own by
 * prepareProgram(), with the folder to build into, and when an image is made.
 */
import { chmod, mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { rolldown } from 'rolldown';
import {
  BUILD,
  BUILT_FOLDER,
  DESCRIPTION,
  hashOfInput,
  MAIN,
  ROOT,
  type Built,
} from './built-program.ts';

const HERE = import.meta.dirname;
const ENTRIES = {
  [MAIN]: path.join(HERE, 'child-main.ts'),
  'orphan-watch': path.join(HERE, 'orphan-watch.ts'),
};
/** What npm installed, and this file: either may change what is built. */
const OTHER_INPUTS = ['node_modules/.package-lock.json', path.relative(ROOT, import.meta.filename)];

/** By then nobody runs what was built before. */
const OLD_MS = 24 * 60 * 60 * 1000;

const target = process.argv[2] ?? BUILT_FOLDER;
await mkdir(target, { recursive: true });
// A folder of its own, so that processes that run an earlier one go on undisturbed.
const folder = await mkdtemp(path.join(target, BUILD));
try {
  await publish(await build());
} catch (error) {
  await rm(folder, { recursive: true, force: true });
  throw error;
}
await removeOld();

/** @returns the files of ours that went into it, by their path from the root. */
async function build(): Promise<string[]> {
  const bundle = await rolldown({ input: ENTRIES, platform: 'node', logLevel: 'silent' });
  const { output } = await bundle.write({
    dir: folder,
    format: 'esm',
    entryFileNames: '[name].mjs',
    chunkFileNames: '[name]-[hash].mjs',
  });
  await bundle.close();
  const modules = output.flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []));
  return modules
    .map((file) => path.relative(ROOT, file))
    .filter((file) => file.startsWith(`src${path.sep}`));
}

async function publish(inputs: readonly string[]): Promise<void> {
  const hashes: Record<string, string> = {};
  for (const input of [...inputs, ...OTHER_INPUTS]) hashes[input] = await hashOfInput(input);
  // Whoever runs it may not be who built it.
  await chmod(folder, 0o755);
  const built: Built = { name: path.basename(folder), inputs: hashes };
  const description = path.join(folder, DESCRIPTION);
  await writeFile(description, JSON.stringify(built));
  await rename(description, path.join(target, DESCRIPTION));
}

async function removeOld(): Promise<void> {
  for (const name of await readdir(target)) {
    const file = path.join(target, name);
    const made = await stat(file).catch(() => null);
    const isOld = made !== null && Date.now() - made.mtimeMs > OLD_MS;
    if (isOld && file !== folder && name !== DESCRIPTION) {
      await rm(file, { recursive: true, force: true });
    }
  }
}
