import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { ImapLines } from './imap-lines.ts';

/** What happens when a client's command matches. */
export type Fault =
  /** The server never sees the command; the client gets this after its tag ("NO [X] text"). */
  | { readonly kind: 'answer'; readonly text: string; readonly untagged?: readonly string[] }
  /** The command goes through; after so many bytes of what follows the connection ends. */
  | { readonly kind: 'cut'; readonly how: 'fin' | 'rst'; readonly afterBytes?: number }
  /** Nothing gets through any more, in either direction; the connection stays. */
  | { readonly kind: 'silence' }
  /** The command goes through; from then on the client gets a byte at a time. */
  | { readonly kind: 'trickle'; readonly everyMs: number }
  /** First this happens (mail arrives, a folder goes), then the command goes through. */
  | { readonly kind: 'first'; readonly act: () => Promise<unknown> };

export interface TcpProxy {
  readonly host: '127.0.0.1';
  readonly port: number;
  /** Every line that clients sent, without the tag, on any connection, in order. */
  readonly commands: readonly string[];
  /** How many connections were made in all. */
  readonly connections: number;
  /** Arms a fault for commands that match, tag aside; each time, or the first time only. */
  on(command: RegExp, fault: Fault, times?: 'once' | 'always'): void;
  /** Changes what the server says, line by line (no line end, never inside a literal); null drops it. */
  rewrite(change: (line: string) => string | null): void;
  /** Disarms all faults and rewriting. */
  clear(): void;
  /** Ends every connection at once. */
  cutAll(how: 'fin' | 'rst'): void;
  stop(): Promise<void>;
}

interface Rule {
  readonly command: RegExp;
  readonly fault: Fault;
  readonly once: boolean;
}

/** State that all connections of a proxy share. */
interface Shared {
  rules: Rule[];
  change: (line: string) => string | null;
  readonly commands: string[];
}

/** Stands between a client and an IMAP server on loopback, in clear, and makes trouble on demand. */
export async function startTcpProxy(target: { readonly port: number }): Promise<TcpProxy> {
  const shared: Shared = { rules: [], change: (line) => line, commands: [] };
  const sockets = new Set<Socket>();
  let connections = 0;
  // allowHalfOpen: a FIN to the client must not wait for anything else.
  const server = createServer((client) => {
    connections += 1;
    const upstream = connect(target.port, '127.0.0.1');
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => socket.destroy());
      socket.on('close', () => sockets.delete(socket));
    }
    client.on('close', () => upstream.destroy());
    new Relay(client, upstream, shared);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    host: '127.0.0.1',
    port,
    commands: shared.commands,
    get connections() {
      return connections;
    },
    on(command, fault, times = 'always') {
      shared.rules.push({ command, fault, once: times === 'once' });
    },
    rewrite(change) {
      shared.change = change;
    },
    clear() {
      shared.rules = [];
      shared.change = (line) => line;
    },
    cutAll(how) {
      for (const socket of sockets) cut(socket, how);
    },
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** One connection through the proxy. */
class Relay {
  readonly #client: Socket;
  readonly #upstream: Socket;
  readonly #shared: Shared;
  readonly #queue: Buffer[] = [];
  #silent = false;
  #bytesLeft: number | null = null;
  #cutHow: 'fin' | 'rst' = 'fin';
  #trickleMs: number | null = null;
  #timer: NodeJS.Timeout | null = null;
  #work: Promise<unknown> = Promise.resolve();

  constructor(client: Socket, upstream: Socket, shared: Shared) {
    this.#client = client;
    this.#upstream = upstream;
    this.#shared = shared;
    const fromClient = new ImapLines((line) => this.#enqueue(line));
    client.on('data', (chunk: Buffer) => fromClient.push(chunk));
    const fromServer = new ImapLines(
      (line) => this.#fromServer(line),
      (bytes) => this.#toClient(bytes),
    );
    upstream.on('data', (chunk: Buffer) => fromServer.push(chunk));
    upstream.on('end', () => client.end());
    client.on('close', () => clearTimeout(this.#timer ?? undefined));
  }

  /** Lines wait for what `first` does with the ones before them. */
  #enqueue(line: string): void {
    this.#work = this.#work
      .then(() => this.#fromClient(line))
      .catch(() => cut(this.#client, 'rst'));
  }

  async #fromClient(line: string): Promise<void> {
    const [tag = '', ...rest] = line.split(' ');
    const command = rest.join(' ');
    this.#shared.commands.push(rest.length === 0 ? line : command);
    if (this.#silent) return;
    const rule = this.#shared.rules.find((candidate) => candidate.command.test(command));
    if (rule?.once === true) {
      this.#shared.rules = this.#shared.rules.filter((candidate) => candidate !== rule);
    }
    if (rule !== undefined && (await this.#apply(rule.fault, tag)) === 'swallow') return;
    this.#upstream.write(`${line}\r\n`, 'latin1');
  }

  async #apply(fault: Fault, tag: string): Promise<'pass' | 'swallow'> {
    switch (fault.kind) {
      case 'answer': {
        const lines = [
          ...(fault.untagged ?? []).map((text) => `* ${text}`),
          `${tag} ${fault.text}`,
        ];
        this.#toClient(Buffer.from(lines.map((text) => `${text}\r\n`).join(''), 'latin1'));
        return 'swallow';
      }
      case 'cut':
        this.#cutHow = fault.how;
        this.#bytesLeft = fault.afterBytes ?? 0;
        if (this.#bytesLeft > 0) return 'pass';
        cut(this.#client, fault.how);
        return 'swallow';
      case 'silence':
        this.#silent = true;
        return 'swallow';
      case 'trickle':
        this.#trickleMs = fault.everyMs;
        return 'pass';
      case 'first':
        await fault.act();
        return 'pass';
    }
  }

  #fromServer(line: string): void {
    const changed = this.#shared.change(line);
    if (changed !== null) this.#toClient(Buffer.from(`${changed}\r\n`, 'latin1'));
  }

  #toClient(bytes: Buffer): void {
    if (this.#silent || this.#client.destroyed) return;
    if (this.#trickleMs !== null) {
      this.#queue.push(bytes);
      this.#timer ??= setInterval(() => this.#drip(), this.#trickleMs);
      return;
    }
    if (this.#bytesLeft === null) {
      this.#client.write(bytes);
      return;
    }
    const part = bytes.subarray(0, this.#bytesLeft);
    this.#bytesLeft -= part.length;
    if (this.#bytesLeft > 0) this.#client.write(part);
    else this.#client.write(part, () => cut(this.#client, this.#cutHow));
  }

  #drip(): void {
    const next = this.#queue.shift();
    if (next === undefined || this.#client.destroyed) return;
    this.#client.write(next.subarray(0, 1));
    if (next.length > 1) this.#queue.unshift(next.subarray(1));
  }
}

function cut(socket: Socket, how: 'fin' | 'rst'): void {
  if (how === 'fin') socket.end();
  else socket.resetAndDestroy();
}
