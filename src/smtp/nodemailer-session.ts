import { connect, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { getCACertificates } from 'node:tls';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import {
  ForbiddenAddress,
  guardedLookup,
  isForbiddenAddress,
} from '../imap/forbidden-addresses.ts';
import { failureOf } from './nodemailer-failure.ts';
import type { MailerAddress } from './mailer.ts';
import type { SmtpFailure, SmtpPhase } from './smtp-failure.ts';

export interface SmtpSessionOptions {
  /** PEM of a certificate authority that is trusted besides the usual ones. */
  readonly ca?: string;
  /** For the whole session, in milliseconds: a server that trickles bytes is cut off too. */
  readonly deadlineMs: number;
}

type Callback<T> = (error: Error | null | undefined, value?: T) => void;

/** How long a server may take to answer QUIT before the connection is cut, in milliseconds. */
const FAREWELL_MS = 2000;

/**
 * One SMTP session: open(), then signIn(), then send(), each at most once and one after the other,
 * each rejecting with SmtpFailure. close() at the end whatever happened.
 */
export class SmtpSession {
  readonly #address: MailerAddress;
  readonly #options: SmtpSessionOptions;
  readonly #broken = Promise.withResolvers<never>();
  readonly #deadline: NodeJS.Timeout;
  #socket: Socket | null = null;
  #connection: SMTPConnection | null = null;
  #phase: SmtpPhase = 'reach';

  constructor(address: MailerAddress, options: SmtpSessionOptions) {
    this.#address = address;
    this.#options = options;
    this.#broken.promise.catch(() => undefined);
    this.#deadline = setTimeout(() => {
      const text = `no end after ${options.deadlineMs / 1000} s`;
      this.#broken.reject(Object.assign(new Error(text), { code: 'ETIMEDOUT' }));
    }, options.deadlineMs);
  }

  /** Reaches the server, hears its greeting and encrypts the connection as configured. */
  async open(): Promise<void> {
    await this.#attempt('reach', async () => {
      this.#socket = await this.#reach();
    });
    await this.#attempt('greet', async () => {
      const connection = this.#speakSmtp();
      this.#connection = connection;
      await outcome<undefined>((done) => {
        connection.connect(done);
      });
    });
  }

  /** Signs in where a user name is configured. */
  async signIn(): Promise<void> {
    const { username, password } = this.#address;
    if (username === null) return;
    await this.#attempt('sign-in', async () => {
      const connection = this.#opened();
      if (!connection.allowsAuth) {
        const text = 'The server offers no sign-in over this connection.';
        throw Object.assign(new Error(text), { code: 'EAUTH' });
      }
      await outcome<boolean>((done) => {
        connection.login({ user: username, pass: password ?? '' }, done);
      });
    });
  }

  /** @returns the server's words when it took the mail. */
  async send(from: string, to: string | readonly string[], message: Buffer): Promise<string> {
    return await this.#attempt('sender', async () => {
      const connection = this.#opened();
      const info = await outcome<{ response: string }>((done) => {
        connection.send({ from, to: [to].flat() }, this.#noticed(message), done);
      });
      return info?.response ?? '';
    });
  }

  /**
   * Lets go of the connection: politely in the background where the server is waiting for us. Once
   * there is a connection it closes its own socket, because to destroy the socket underneath TLS
   * in mid-handshake crashes Node.
   */
  close(politely: boolean): void {
    clearTimeout(this.#deadline);
    const connection = this.#connection;
    if (!connection) {
      this.#socket?.destroy();
      return;
    }
    if (!politely) {
      connection.close();
      return;
    }
    const impatience = setTimeout(() => {
      connection.close();
    }, FAREWELL_MS);
    connection.once('end', () => {
      clearTimeout(impatience);
    });
    connection.quit();
  }

  /** The mail as a stream that notices when its first byte is asked for: after the reply 354. */
  #noticed(message: Buffer): Readable {
    const begin = (): void => {
      this.#phase = 'answer';
    };
    function* parts(): Generator<Buffer> {
      begin();
      yield message;
    }
    return Readable.from(parts(), { objectMode: false });
  }

  async #reach(): Promise<Socket> {
    const { host, port } = this.#address;
    if (isForbiddenAddress(host)) throw new ForbiddenAddress(host);
    const socket = connect({ host, port, lookup: guardedLookup(), autoSelectFamily: true });
    this.#socket = socket;
    return await new Promise((resolve, reject) => {
      socket.once('error', reject);
      socket.once('connect', () => {
        socket.off('error', reject);
        resolve(socket);
      });
    });
  }

  #speakSmtp(): SMTPConnection {
    const { host, port, security } = this.#address;
    const { ca, deadlineMs } = this.#options;
    const connection = new SMTPConnection({
      host,
      port,
      secure: security === 'tls',
      requireTLS: security === 'starttls',
      ignoreTLS: security === 'none',
      tls: ca === undefined ? {} : { ca: [...getCACertificates('default'), ca] },
      // Our deadline comes first; these only must not come before it.
      greetingTimeout: deadlineMs * 2,
      connectionTimeout: deadlineMs * 2,
      socketTimeout: deadlineMs * 2,
      socketCloseTimeout: 0,
      ...(this.#socket ? { connection: this.#socket } : {}),
    });
    connection.on('error', (error: Error) => {
      this.#broken.reject(error);
    });
    // After whatever else there is to say, such as the reply 421 to a command.
    connection.once('end', () => {
      setImmediate(() => {
        this.#broken.reject(new Error('The server closed the connection.'));
      });
    });
    return connection;
  }

  #opened(): SMTPConnection {
    if (!this.#connection) throw new TypeError('open() comes first.');
    return this.#connection;
  }

  async #attempt<T>(phase: SmtpPhase, work: () => Promise<T>): Promise<T> {
    this.#phase = phase;
    try {
      return await Promise.race([work(), this.#broken.promise]);
    } catch (error) {
      throw this.#failure(error);
    }
  }

  #failure(error: unknown): SmtpFailure {
    const encrypting = this.#phase === 'greet' && this.#connection?.upgrading === true;
    return failureOf(error, encrypting ? 'encrypt' : this.#phase);
  }
}

async function outcome<T>(start: (done: Callback<T>) => void): Promise<T | undefined> {
  return await new Promise((resolve, reject) => {
    start((error, value) => {
      if (error) reject(error);
      else resolve(value);
    });
  });
}
