import { connect, type Socket } from 'node:net';
import { ImapLines } from './imap-lines.ts';

export interface ImapAnswer {
  readonly status: 'OK' | 'NO' | 'BAD';
  /** What follows the status. */
  readonly text: string;
  /** Untagged lines, without "* "; literals are left out. */
  readonly untagged: readonly string[];
}

/**
 * A bare IMAP client, so that tests look at a server with other eyes than the product's. Commands
 * may be sent without waiting for each other (LITERAL+ of RFC 7888 is used for what they carry).
 */
export class ImapSession {
  readonly #socket: Socket;
  readonly #waiting: { resolve(answer: ImapAnswer): void; reject(error: Error): void }[] = [];
  #untagged: string[] = [];
  #tag = 0;

  private constructor(socket: Socket) {
    this.#socket = socket;
    const lines = new ImapLines((line) => this.#take(line));
    socket.on('data', (chunk: Buffer) => lines.push(chunk));
    socket.on('error', (error) => this.#fail(error));
    socket.on('close', () => this.#fail(new Error('The server closed the connection.')));
  }

  static async open(port: number, user: string, password: string): Promise<ImapSession> {
    const socket = connect(port, '127.0.0.1');
    const session = new ImapSession(socket);
    await session.ok(`LOGIN ${quoted(user)} ${quoted(password)}`);
    return session;
  }

  /** Sends one command, with a literal at its end where one is given. */
  command(text: string, literal?: Buffer): Promise<ImapAnswer> {
    const tag = `t${this.#tag++}`;
    const answer = new Promise<ImapAnswer>((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
    });
    if (literal === undefined) {
      this.#socket.write(`${tag} ${text}\r\n`);
    } else {
      this.#socket.cork();
      this.#socket.write(`${tag} ${text} {${literal.length}+}\r\n`);
      this.#socket.write(literal);
      this.#socket.write('\r\n');
      this.#socket.uncork();
    }
    return answer;
  }

  /** As command(), but anything else than OK is an Error. */
  async ok(text: string, literal?: Buffer): Promise<ImapAnswer> {
    const answer = await this.command(text, literal);
    if (answer.status === 'OK') return answer;
    const [verb] = text.split(' ');
    throw new Error(`${verb}: ${answer.status} ${answer.text}`);
  }

  async close(): Promise<void> {
    await this.command('LOGOUT').catch(() => undefined);
    this.#socket.destroy();
  }

  #take(line: string): void {
    const tagged = /^t\d+ (OK|NO|BAD) ?(.*)$/.exec(line);
    if (!tagged) {
      this.#untagged.push(line.replace(/^\* /, ''));
      return;
    }
    const untagged = this.#untagged;
    this.#untagged = [];
    const status = tagged[1] as ImapAnswer['status'];
    this.#waiting.shift()?.resolve({ status, text: tagged[2] ?? '', untagged });
  }

  #fail(error: Error): void {
    for (const waiting of this.#waiting.splice(0)) waiting.reject(error);
  }
}

/** A quoted string of RFC 3501 section 4.3; names in tests are ASCII. */
export function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`;
}
