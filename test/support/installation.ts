import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Knex } from 'knex';
import { checkpointVariable } from './crashing-worker-variable.ts';
import { createTestDatabase } from './postgres.ts';
import { readLogCsv, type LogRow } from './scenario/check-scenario.ts';

/** One installation of the product, as an administrator has it: a database, a folder, commands. */
export interface Installation {
  readonly db: Knex;
  readonly connectionString: string;
  /** Runs a command to its end; rejects unless it exits with `expected` (0). */
  run(args: readonly string[], options?: RunOptions): Promise<CommandResult>;
  /** Starts a command and waits for nothing. */
  begin(args: readonly string[], env?: Environment): RunningProcess;
  /** Starts a long-running command and waits until it says that it is ready. */
  serve(role: 'start' | 'web' | 'worker', env?: Environment): Promise<RunningProcess>;
  /** A worker that ends itself with SIGKILL when it comes to that point for the nth time. */
  serveCrashing(checkpoint: string, nth?: number, env?: Environment): Promise<RunningProcess>;
  /** A worker that freezes itself there, once: SIGSTOP; it goes on after SIGCONT. */
  serveFreezing(checkpoint: string): Promise<RunningProcess>;
  writeFile(name: string, content: string): Promise<string>;
  log(): Promise<LogRow[]>;
  /** Ends what still runs and removes everything. */
  remove(): Promise<void>;
}

type Environment = Readonly<Record<string, string>>;

export interface RunOptions {
  readonly env?: Environment;
  readonly expected?: number;
}

export interface CommandResult {
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningProcess {
  readonly pid: number;
  /** What it has printed so far. */
  output(): string;
  kill(signal: NodeJS.Signals): void;
  /** Resolves with the exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals>;
  /** SIGTERM, then waits for the end. */
  stop(): Promise<number | NodeJS.Signals>;
}

const PROGRAM = 'scripts/letterbook.mjs';
const CRASHING_WORKER = 'test/support/crashing-worker.ts';
const READY = 'is ready';
const START_MS = 120_000;

/** An installation over a database of its own; `env` is added to every process. */
export async function createInstallation(env: Environment = {}): Promise<Installation> {
  const { db, connectionString, drop } = await createTestDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'letterbook-installation-'));
  const base = {
    ...process.env,
    NODE_ENV: 'test',
    DATABASE_URL: connectionString,
    REDIS_URL: '',
    LETTERBOOK_DATA: folder,
    PORT: '0',
    // Vitest sets one of its own.
    BASE_URL: '',
    LOG_LEVEL: 'info',
    ...env,
  };
  const running = new Set<RunningProcess>();
  const begin = (args: readonly string[], more: Environment) => {
    const child = follow(args, { ...base, ...more });
    running.add(child);
    void child.ended.then(() => running.delete(child));
    return child;
  };
  const launch = async (args: readonly string[], more: Environment) => {
    const child = begin(args, more);
    await untilReady(child);
    return child;
  };
  const run = (args: readonly string[], options: RunOptions = {}) =>
    runToEnd(args, { ...base, ...options.env }, options.expected ?? 0);
  return {
    db,
    connectionString,
    run,
    begin: (args, more = {}) => begin([PROGRAM, ...args], more),
    serve: (role, more = {}) => launch([PROGRAM, role], more),
    serveCrashing: (checkpoint, nth = 1, more = {}) =>
      launch([CRASHING_WORKER], { ...more, ...checkpointVariable(checkpoint, nth, 'SIGKILL') }),
    serveFreezing: (checkpoint) =>
      launch([CRASHING_WORKER], checkpointVariable(checkpoint, 1, 'SIGSTOP')),
    async writeFile(name, content) {
      const path = join(folder, name);
      await writeFile(path, content);
      return path;
    },
    log: async () => readLogCsv((await run(['log', '--format', 'csv'])).stdout),
    async remove() {
      for (const child of running) child.kill('SIGKILL');
      await Promise.all([...running].map((child) => child.ended));
      await drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function start(args: readonly string[], env: NodeJS.ProcessEnv): ChildProcess {
  return spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
}

async function runToEnd(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  expected: number,
): Promise<CommandResult> {
  const child = start([PROGRAM, ...args], env);
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (data: Buffer) => (stdout += data.toString()));
  child.stderr?.on('data', (data: Buffer) => (stderr += data.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  if (code === expected) return { stdout, stderr };
  throw new Error(`"${args.join(' ')}" ended with ${String(code)}: ${stdout}${stderr}`);
}

function follow(args: readonly string[], env: NodeJS.ProcessEnv): RunningProcess {
  const child = start(args, env);
  let output = '';
  child.stdout?.on('data', (data: Buffer) => (output += data.toString()));
  child.stderr?.on('data', (data: Buffer) => (output += data.toString()));
  const ended = once(child, 'close').then((result) => {
    const [code, signal] = result as [number | null, NodeJS.Signals | null];
    return signal ?? code ?? 0;
  });
  return {
    pid: child.pid ?? 0,
    output: () => output,
    kill: (signal) => void child.kill(signal),
    ended,
    async stop() {
      child.kill('SIGTERM');
      return await ended;
    },
  };
}

/** proc(5): the state is the first field after the name, T when stopped by a signal. */
export async function isFrozen(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat.includes(') T ');
}

async function untilReady(child: RunningProcess): Promise<void> {
  const ending = { over: false };
  void child.ended.then(() => (ending.over = true));
  for (let waited = 0; !child.output().includes(READY); waited += 50) {
    // A crashing worker may have come to its point before it could say anything.
    if (ending.over || (await isFrozen(child.pid))) return;
    if (waited > START_MS) throw new Error(`It does not get ready: ${child.output()}`);
    await sleep(50);
  }
}
