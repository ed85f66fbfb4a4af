import { spawn } from 'node:child_process';
import path from 'node:path';

/** The operating-system user a program runs as; null is the user of this process. */
export type RunAs = { readonly uid: number; readonly gid: number } | null;

export interface ProgramResult {
  /** The exit code; null where a signal ended the program. */
  readonly code: number | null;
  /** What it wrote to both of its outputs. */
  readonly output: string;
}

/**
 * A fixed environment: PostgreSQL takes encoding, language and time zone from it, and a cluster
 * must not differ by who happened to start it first. Its programs find their libraries beside
 * them, but only where /proc is mounted: so the place is named.
 */
export function programEnvironment(file: string): Record<string, string> {
  return {
    PATH: '/usr/local/bin:/usr/bin:/bin',
    LC_ALL: 'C',
    TZ: 'UTC',
    LD_LIBRARY_PATH: path.join(path.dirname(file), '..', 'lib'),
  };
}

/** Runs a program to its end. Rejects (ENOENT, EACCES) when it cannot be started at all. */
export function runProgram(
  file: string,
  args: readonly string[],
  runAs: RunAs,
): Promise<ProgramResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      ...runAs,
      cwd: '/',
      env: programEnvironment(file),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const collect = (part: Buffer): void => {
      output += part.toString();
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.once('error', reject);
    child.once('close', (code) => {
      resolve({ code, output });
    });
  });
}
