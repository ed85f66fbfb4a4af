import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import type { Server, Socket } from 'node:net';
import { LOOPBACK, listenOn } from './listen-on.ts';

/** The archive mailbox of the demo, in memory. */
export interface DemoImapServer {
  readonly port: number;
  readonly username: string;
  readonly password: string;
  /** Puts a mail into the INBOX; whoever waits there (IDLE) hears of it. */
  deliver(mail: Buffer, receivedAt: Date): void;
  close(): Promise<void>;
}

/** Where mail goes once it is archived. */
export const ARCHIVED_FOLDER = 'Archived';

interface Hoodiecrow {
  readonly server: Server;
  appendMessage(folder: string, flags: readonly string[], at: Date, raw: string): void;
}

/** CommonJS without types. */
const hoodiecrow = createRequire(import.meta.url)('hoodiecrow-imap') as (
  options: object,
) => Hoodiecrow;

/** Starts hoodiecrow, an IMAP server in JavaScript, with one empty mailbox, on loopback alone. */
export async function startImapServer(wantedPort: number): Promise<DemoImapServer> {
  const username = 'archive';
  const password = randomBytes(12).toString('base64url');
  // What an earlier run of a kept demo has numbered is gone: UIDs begin anew (RFC 3501, 2.3.1.1).
  const uidvalidity = Math.floor(Date.now() / 1000);
  const imap = hoodiecrow({
    users: { [username]: { password } },
    plugins: ['IDLE', 'MOVE', 'UIDPLUS', 'LITERALPLUS', 'UNSELECT', 'ID', 'NAMESPACE'],
    storage: {
      INBOX: { uidvalidity },
      '': { separator: '/', folders: { [ARCHIVED_FOLDER]: { uidvalidity } } },
    },
  });
  const sockets = new Set<Socket>();
  imap.server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    // Hoodiecrow drops every listener of a socket that closes, so this one is asked instead.
    for (const old of sockets) if (old.destroyed) sockets.delete(old);
  });
  const port = await listenOn(wantedPort, async (candidate) => {
    imap.server.listen(candidate, LOOPBACK);
    await once(imap.server, 'listening');
    return imap.server;
  });
  return {
    port,
    username,
    password,
    deliver(mail, receivedAt) {
      imap.appendMessage('INBOX', [], receivedAt, mail.toString('latin1'));
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => imap.server.close(resolve));
    },
  };
}
