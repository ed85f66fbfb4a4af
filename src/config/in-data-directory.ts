import path from 'node:path';
import { EnvProblem } from './env.ts';
import { hasCode } from '../shared/has-code.ts';

/**
 * Does what needs the data directory. @throws EnvProblem where the system does not let this user at it, or
 * where it is none.
 */
export async function inDataDirectory<T>(directory: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    const sentence = dataDirectoryProblem(error, directory);
    throw sentence === null ? error : new EnvProblem(sentence, { cause: error });
  }
}

/** What a person can do about a failure of the file system; null where it is of another kind. */
function dataDirectoryProblem(error: unknown, directory: string): string | null {
  if (!(error instanceof Error && 'code' in error && 'path' in error)) return null;
  // A program's own files may be refused, too: those are no matter of this directory.
  if (!isOnTheWay(String(error.path), path.resolve(directory))) return null;
  if (isRefused(error)) {
    return (
      `This system user may not use the data directory ${directory} (${error.message}): start Letterbook as ` +
      'the user to whom it belongs, give this one the rights, or set LETTERBOOK_DATA to another directory.'
    );
  }
  switch (error.code) {
    case 'EROFS':
      return `Nothing can be written to the data directory ${directory} (${error.message}): set LETTERBOOK_DATA to another directory.`;
    case 'EEXIST':
    case 'ENOTDIR':
      return `The data directory can't be ${directory}, which is a file or lies in one: set LETTERBOOK_DATA to a directory.`;
    default:
      return null;
  }
}

/** Whether one lies in the other, or is it. */
function isOnTheWay(file: string, directory: string): boolean {
  const within = (inner: string, outer: string) =>
    inner === outer || inner.startsWith(outer.endsWith(path.sep) ? outer : outer + path.sep);
  return within(file, directory) || within(directory, file);
}

/** Whether the system has refused it to this user, who may be the wrong one. */
export function isRefused(error: unknown): boolean {
  return hasCode(error, 'EACCES') || hasCode(error, 'EPERM');
}
