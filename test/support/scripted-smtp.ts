import { createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';

/** What a script can do with its client. */
export interface ScriptedClient {
  say(...lines: string[]): void;
  /** The next line, or null when the client is gone. */
  hear(): Promise<string | null>;
  /** Reads lines until one that fits; null when the client is gone. */
  hearUntil(pattern: RegExp): Promise<string | null>;
  cut(): void;
}

export interface ScriptedSmtp {
  readonly host: string;
  readonly port: number;
  /** Every line of every client. */
  readonly heard: readonly string[];
  stop(): Promise<void>;
}

/** An SMTP server on loopback that does what it is told, well or badly, for each connection. */
export async function startScriptedSmtp(
  script: (client: ScriptedClient) => Promise<void>,
): Promise<ScriptedSmtp> {
  const heard: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    void script(clientOn(socket, heard));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port was given.');
  return {
    host: '127.0.0.1',
    port: address.port,
    heard,
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Greets, answers EHLO with these extensions, and takes MAIL and RCPT. */
export async function takeEnvelope(client: ScriptedClient, ...extensions: string[]): Promise<void> {
  const lines = ['mail.example', ...extensions];
  client.say('220 mail.example ESMTP');
  await client.hear();
  client.say(...lines.map((line, index) => `250${index < lines.length - 1 ? '-' : ' '}${line}`));
  await client.hearUntil(/^MAIL FROM/);
  client.say('250 sender ok');
  await client.hearUntil(/^RCPT TO/);
  client.say('250 recipient ok');
  await client.hearUntil(/^DATA/);
}

function clientOn(socket: Socket, heard: string[]): ScriptedClient {
  const lines = createInterface({ input: socket })[Symbol.asyncIterator]();
  async function hear(): Promise<string | null> {
    const next = await lines.next();
    if (next.done === true) return null;
    heard.push(next.value);
    return next.value;
  }
  return {
    hear,
    async hearUntil(pattern) {
      for (;;) {
        const line = await hear();
        if (line === null || pattern.test(line)) return line;
      }
    },
    say(...said) {
      socket.write(said.map((line) => `${line}\r\n`).join(''));
    },
    cut() {
      socket.destroy();
    },
  };
}
