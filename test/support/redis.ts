import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { findProgram } from './debian-packages.ts';
import { freePort } from './free-port.ts';

export interface RedisServer {
  readonly url: string;
  readonly port: number;
  /** Of the process that runs now; another one after restart(). */
  readonly pid: number;
  /** Ends it for good and removes its folder. */
  stop(): Promise<void>;
  /** As when the machine loses power: no reply, no farewell. */
  kill9(): Promise<void>;
  /** Starts it on the same port, with nothing in it; ends the running one first. */
  restart(): Promise<void>;
  /** FLUSHALL. */
  flush(): Promise<void>;
  /** Any command of one line; rejects when Redis answers with an error. */
  command(text: string): Promise<void>;
  /** Freezes it: connections stay open and nothing is answered. */
  pause(): void;
  resume(): void;
}

/** Starts a redis-server of our own on loopback that keeps nothing on disk. */
export async function startRedis(): Promise<RedisServer> {
  const program = await findProgram('redis-server');
  const folder = await mkdtemp(join(tmpdir(), 'letterbook-redis-'));
  const first = await launchAnywhere(program, folder);
  const { port } = first;
  let { child } = first;

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGCONT');
    child.kill(signal);
    await gone;
  }

  return {
    url: `redis://127.0.0.1:${port}/0`,
    port,
    get pid() {
      return child.pid ?? 0;
    },
    async stop() {
      await end('SIGKILL');
      await rm(folder, { recursive: true, force: true });
    },
    kill9: () => end('SIGKILL'),
    async restart() {
      await end('SIGKILL');
      child = await launch(program, folder, port);
    },
    flush: () => command(port, 'FLUSHALL'),
    command: (text) => command(port, text),
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
  };
}

/** Somebody may take the free port before redis-server does: then another is tried. */
async function launchAnywhere(program: string, folder: string) {
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort();
    try {
      return { child: await launch(program, folder, port), port };
    } catch (error) {
      if (attempt === 5) throw error;
    }
  }
}

async function launch(program: string, folder: string, port: number): Promise<ChildProcess> {
  const settings = ['--bind', '127.0.0.1', '--port', String(port), '--dir', folder];
  const volatile = ['--save', '', '--appendonly', 'no', '--daemonize', 'no'];
  const child = spawn(program, [...settings, ...volatile], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  process.once('exit', () => child.kill('SIGKILL'));
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    if (line.includes('Ready to accept connections')) {
      child.stdout.resume();
      return child;
    }
  }
  throw new Error(`redis-server did not start on port ${port}:\n${lines.join('\n')}`);
}

/** Sends one inline command and waits for its first answer. */
async function command(port: number, text: string): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  try {
    socket.write(`${text}\r\n`);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    if (answer.toString().startsWith('-')) throw new Error(`${text}: ${answer.toString()}`);
  } finally {
    socket.destroy();
  }
}
