import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { BUILT_FOLDER, findBuilt } from './built-program.ts';

const SOURCE = path.join(import.meta.dirname, 'child-main.ts');
const BUILDER = path.join(import.meta.dirname, 'build-program.ts');
const BUILD_DEADLINE_MS = 20_000;

interface ProgramLog {
  warn(fields: object, message: string): void;
}

/** What is being built, by folder, for all who wait for it; what could not be built stays here. */
const builds = new Map<string, Promise<boolean>>();

/**
 * The file that a reading process is started with: the sources, without types and in one piece. Node would
 * take out the types of each file in each process anew, for half a second of the processor and 45 MB: what
 * it compiled it does not keep for a process with restricted permissions. Built when it is first needed
 * after a change, which takes a second. Where that can't be done the sources themselves are it.
 *
 * @param folder where it is kept.
 */
export async function prepareProgram(log: ProgramLog, folder = BUILT_FOLDER): Promise<string> {
  const built = await findBuilt(folder);
  if (built !== null) return built;
  const building = builds.get(folder) ?? build(log, folder);
  builds.set(folder, building);
  if (!(await building)) return SOURCE;
  builds.delete(folder);
  return (await findBuilt(folder)) ?? SOURCE;
}

/** In a process of its own, which gets none of our secrets. @returns whether it succeeded. */
async function build(log: ProgramLog, folder: string): Promise<boolean> {
  const options = { env: {}, timeout: BUILD_DEADLINE_MS };
  try {
    await promisify(execFile)(process.execPath, [BUILDER, folder], options);
    return true;
  } catch (error) {
    log.warn(
      { err: error },
      `Until the next start, reading mail begins slower: nothing could be built in ${folder}.`,
    );
    return false;
  }
}
