import type { AddressInfo, Server } from 'node:net';
import { hasCode } from '../../shared/has-code.ts';

/** Nobody from another machine reaches the demo's mail servers: they ask for no password. */
export const LOOPBACK = '127.0.0.1';

/**
 * Listens on the port that the documentation names, or, where another program has it, on one that
 * the system chooses. @returns the port.
 */
export async function listenOn(
  wanted: number,
  listen: (port: number) => Promise<Pick<Server, 'address'>>,
): Promise<number> {
  const server = await listen(wanted).catch((error: unknown) => {
    if (hasCode(error, 'EADDRINUSE')) return listen(0);
    throw error;
  });
  return (server.address() as AddressInfo).port;
}
