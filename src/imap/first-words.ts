import { connect as connectPlain, type LookupFunction } from 'node:net';
import { connect as connectTls, type ConnectionOptions } from 'node:tls';
import { presentable } from './error-signals.ts';

const PATIENCE_MS = 1500;
const SILENCE_MS = 400;

/** Where to listen; `tls` null: in clear. */
export interface Listening {
  readonly host: string;
  readonly port: number;
  readonly lookup: LookupFunction;
  readonly tls: ConnectionOptions | null;
}

/**
 * The first line that whatever answers there says, to tell what it is in place of an IMAP server. One
 * that waits to be spoken to is asked what an IMAP client may always ask. '' when it says nothing.
 */
export async function firstWords({ host, port, lookup, tls }: Listening): Promise<string> {
  return new Promise((resolve) => {
    const options = { host, port, lookup };
    const socket = tls === null ? connectPlain(options) : connectTls({ ...tls, ...options });
    let said = '';
    const answer = () => {
      clearTimeout(patience);
      clearTimeout(silence);
      socket.destroy();
      resolve(presentable(said.split(/\r?\n/)[0] ?? ''));
    };
    const patience = setTimeout(answer, PATIENCE_MS);
    const silence = setTimeout(() => socket.write('A1 CAPABILITY\r\n\r\n'), SILENCE_MS);
    socket.on('data', (chunk: Buffer) => {
      said += chunk.toString('latin1');
      if (said.includes('\n') || said.length > 500) answer();
    });
    socket.on('error', answer);
    socket.once('close', answer);
  });
}
