import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Logger } from 'pino';

/** Requests that are still being answered get this long, in milliseconds, when the server stops. */
const GRACE_MS = 4_000;

export interface ListeningServer {
  readonly port: number;
  /** Takes no new connection, finishes the requests at work, and is done within 5 s. */
  close(): Promise<void>;
}

/**
 * Starts to answer on `port` of `host`, all addresses when none is given; port 0 lets the system
 * choose a free one.
 *
 * @throws Error with a sentence when the port cannot be had.
 */
export async function listen({
  app,
  port,
  host,
  log,
}: {
  readonly app: RequestListener;
  readonly port: number;
  readonly host?: string | undefined;
  readonly log: Logger;
}): Promise<ListeningServer> {
  const server = createServer(app);
  const drain = drainable(server);
  await started(server, port, host);
  server.on('error', (err) => {
    log.error({ err }, 'The web server reports an error.');
  });
  return { port: (server.address() as AddressInfo).port, close: drain };
}

function started(server: Server, port: number, host: string | undefined): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  const refuse = (error: NodeJS.ErrnoException) => {
    reject(new Error(whyNot(error, port), { cause: error }));
  };
  server.once('error', refuse).listen({ port, host }, () => {
    server.off('error', refuse);
    resolve(undefined);
  });
  return promise;
}

function whyNot(error: NodeJS.ErrnoException, port: number): string {
  if (error.code === 'EADDRINUSE') {
    return `Port ${port} is already in use: stop the program that uses it, or set PORT to a free one.`;
  }
  if (error.code === 'EACCES') {
    return `This user may not use port ${port}: set PORT to one above 1023.`;
  }
  return `The web server cannot use port ${port}: ${error.message}.`;
}

/** Browsers keep connections open, some before they ever ask: those are cut, busy ones finish. */
function drainable(server: Server): () => Promise<void> {
  const idle = new Set<Socket>();
  let closing = false;
  server.on('connection', (socket) => {
    idle.add(socket);
    socket.once('close', () => idle.delete(socket));
  });
  server.on('request', (req, res) => {
    idle.delete(req.socket);
    if (closing) res.setHeader('Connection', 'close');
    res.once('close', () => {
      if (closing) req.socket.end();
      else if (!req.socket.destroyed) idle.add(req.socket);
    });
  });
  return async () => {
    closing = true;
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of idle) socket.destroy();
    const cut = setTimeout(() => {
      server.closeAllConnections();
    }, GRACE_MS);
    await closed;
    clearTimeout(cut);
  };
}
