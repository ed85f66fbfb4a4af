import { connect, type ConnectionOptions } from 'node:tls';

const PATIENCE_MS = 3000;

/**
 * Whether something answers a TLS handshake there. Nothing is sent but the handshake, so whose
 * certificate it is does not matter.
 */
export async function speaksTls(options: ConnectionOptions): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ ...options, rejectUnauthorized: false });
    const answer = (value: boolean) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(value);
    };
    const timer = setTimeout(() => answer(false), PATIENCE_MS);
    socket.once('secureConnect', () => answer(true));
    socket.on('error', () => answer(false));
    socket.once('close', () => answer(false));
  });
}
