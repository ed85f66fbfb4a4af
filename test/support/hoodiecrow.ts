import { once } from 'node:events';
import { createRequire } from 'node:module';
import type { AddressInfo, Server, Socket } from 'node:net';
import { folderTools, type FolderTools } from './folder-tools.ts';

export interface HoodiecrowOptions {
  /** Extensions beyond IMAP4rev1, as hoodiecrow names its plugins; all of these unless told. */
  readonly plugins?: readonly ('IDLE' | 'MOVE' | 'UIDPLUS' | 'STARTTLS' | 'LOGINDISABLED')[];
  readonly folders?: readonly string[];
}

export interface Hoodiecrow extends FolderTools {
  readonly host: '127.0.0.1';
  /** Speaks in clear, with STARTTLS where that plugin is on. */
  readonly port: number;
  readonly user: string;
  readonly password: string;
  stop(): Promise<void>;
}

interface HoodiecrowServer {
  readonly server: Server;
  listen(port: number, host: string): void;
}

const hoodiecrow = createRequire(import.meta.url)('hoodiecrow-imap') as (
  options: object,
) => HoodiecrowServer;

/** Starts hoodiecrow, a small IMAP server in JavaScript that is as unlike Dovecot as can be. */
export async function startHoodiecrow(options: HoodiecrowOptions = {}): Promise<Hoodiecrow> {
  const user = 'archive';
  const password = 'archive-secret';
  const plugins = options.plugins ?? ['IDLE', 'MOVE', 'UIDPLUS'];
  const folders = Object.fromEntries((options.folders ?? []).map((name) => [name, {}]));
  const imap = hoodiecrow({
    users: { [user]: { password } },
    // The tests' own client needs the last two.
    plugins: [...plugins, 'LITERALPLUS', 'UNSELECT'],
    storage: { INBOX: {}, '': { separator: '/', folders } },
  });
  const sockets = new Set<Socket>();
  imap.server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    // Hoodiecrow drops every listener of a socket that closes, so this one is asked instead.
    for (const old of sockets) if (old.destroyed) sockets.delete(old);
  });
  imap.listen(0, '127.0.0.1');
  await once(imap.server, 'listening');
  const { port } = imap.server.address() as AddressInfo;
  const tools = folderTools(port, user, () => password);
  return {
    ...tools,
    host: '127.0.0.1',
    port,
    user,
    password,
    async stop() {
      await tools.disconnect();
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => imap.server.close(resolve));
    },
  };
}
