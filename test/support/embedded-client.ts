import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const PROGRAM = fileURLToPath(new URL('./embedded-client-program.ts', import.meta.url));

/** Another process of the product, as far as the embedded PostgreSQL can tell. */
export interface EmbeddedClient {
  readonly pid: number;
  readonly connectionString: string;
  readonly started: boolean;
  /** Lets it leave and end by itself. */
  leave(): Promise<void>;
  /** To the whole process group, as Ctrl-C in a terminal does, and waits for the end of it. */
  signal(signal: NodeJS.Signals): Promise<void>;
}

interface Greeting {
  readonly connectionString: string;
  readonly started: boolean;
}

/** Starts one and waits until it is connected. */
export async function startEmbeddedClient(dataDir: string): Promise<EmbeddedClient> {
  const child = spawn(process.execPath, [PROGRAM, dataDir], {
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (part: Buffer) => (errors += part.toString()));
  const exit = once(child, 'exit') as Promise<[number | null]>;
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  const first = await lines.next();
  const { pid } = child;
  if (first.done === true || pid === undefined) throw new Error(`It ended at once: ${errors}`);
  const { connectionString, started } = JSON.parse(first.value) as Greeting;
  return {
    pid,
    connectionString,
    started,
    async leave() {
      child.stdin.write('leave\n');
      const [code] = await exit;
      if (code !== 0) throw new Error(`It did not leave in good order: ${errors}`);
    },
    async signal(signal) {
      process.kill(-pid, signal);
      await exit;
    },
  };
}
