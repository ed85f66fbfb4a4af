/**
 * Builds what reading processes run, and prints nothing: run as a process of its own by
 * prepareProgram(), with the folder to build into, and when an image is made.
 */
import { chmod, mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { rolldown } from 'rolldown';
import { BUILD, BUILT_FOLDER, DESCRIPTION, hashOfFile, ROOT, type Built } from './built-program.ts';

const HERE = import.meta.dirname;
const ENTRIES = {
  'child-main': path.join(HERE, 'child-main.ts'),
  'orphan-watch': path.join(HERE, 'orphan-watch.ts'),
};
/** What npm installed, and this file: either may change what is built. */
const OTHER_INPUTS = ['node_modules/.package-lock.json', path.relative(ROOT, import.meta.filename)];

/** A process that runs an earlier build takes parts of it when it first needs them. */
const OLD_MS = 30 * 24 * 60 * 60 * 1000;
const BEGUN = Date.now();

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

/** @throws {Error} when a source was changed meanwhile: nobody knows which of the two was built. */
async function publish(sources: readonly string[]): Promise<void> {
  const inputs: Record<string, string> = {};
  for (const input of [...sources, ...OTHER_INPUTS]) {
    const file = path.join(ROOT, input);
    inputs[input] = await hashOfFile(file);
    const changed = (await stat(file).catch(() => null))?.mtimeMs ?? 0;
    if (changed >= BEGUN) throw new Error(`${input} was changed while it was built.`);
  }
  const outputs: Record<string, string> = {};
  for (const name of await readdir(folder))
    outputs[name] = await hashOfFile(path.join(folder, name));
  // Whoever runs it may not be who built it.
  await chmod(folder, 0o755);
  const built: Built = { name: path.basename(folder), inputs, outputs };
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
