import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { BUILT_FOLDER, findBuilt } from './built-program.ts';

const SOURCE = path.join(import.meta.dirname, 'child-main.ts');
const BUILDER = path.join(import.meta.dirname, 'build-program.ts');
const BUILD_DEADLINE_MS = 60_000;

interface ProgramLog {
  warn(fields: object, message: string): void;
}

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
  try {
    await promisify(execFile)(process.execPath, [BUILDER, folder], { timeout: BUILD_DEADLINE_MS });
  } catch (error) {
    log.warn({ err: error }, `Reading mail starts slower: nothing can be built in ${folder}.`);
  }
  return (await findBuilt(folder)) ?? SOURCE;
}
