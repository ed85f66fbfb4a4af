import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { Binaries } from './binaries.ts';
import type { EmbeddedLog } from './embedded-log.ts';
import { ensureServing } from './ensure-serving.ts';
import type { Serving } from './ensure-serving.ts';
import type { Location } from './location.ts';
import type { ServerSettings } from './server-settings.ts';
import { stopPostmaster } from './stop-postmaster.ts';

/** Any number, as long as all versions of Letterbook use the same one. */
const PRESENCE_LOCK = 19_522;
const PAUSE_MS = 500;

/** This process, counted among those that use the server. */
export interface Presence {
  readonly port: number;
  readonly started: boolean;
  /** Ends the presence, and the server with the last one. */
  leave(): Promise<void>;
}

export interface PresenceOptions {
  readonly location: Location;
  readonly binaries: Binaries;
  readonly settings: ServerSettings;
  readonly log: EmbeddedLog;
  readonly greet: (client: pg.Client) => Promise<void>;
}

/**
 * Every process that uses the server holds a shared advisory lock in a session of its own. The one
 * that leaves tries for the lock alone: having it means that nobody else is there, and keeps those
 * out who come meanwhile. A killed process drops its lock with its connection.
 *
 * When the session breaks, the server has crashed or was restarted: it is looked for, or started
 * again, until it serves.
 */
export async function keepPresence(options: PresenceOptions): Promise<Presence> {
  let serving: Serving | null = await enter(options);
  let leaving: Promise<void> | null = null;
  const { port, started } = serving;

  const watch = (current: Serving): void => {
    current.client.once('end', () => {
      serving = null;
      if (leaving === null) void comeBack();
    });
  };
  const comeBack = async (): Promise<void> => {
    options.log.warn({}, 'PostgreSQL went away; looking for it');
    while (leaving === null && serving === null) {
      serving = await enter(options).catch(async (error: unknown) => {
        options.log.error({ err: error }, 'PostgreSQL could not be started again; trying on');
        await sleep(PAUSE_MS);
        return null;
      });
    }
    if (serving === null) return;
    // Asked to leave while the server was being started: this process may be its only user.
    if (leaving !== null) await leave(serving, options);
    else settle(serving);
  };
  const settle = (current: Serving): void => {
    watch(current);
    if (current.port === port) options.log.info({}, 'PostgreSQL is back');
    else options.log.error({}, 'PostgreSQL is back on another port: restart Letterbook');
  };
  watch(serving);

  return {
    port,
    started,
    leave: () => (leaving ??= serving === null ? Promise.resolve() : leave(serving, options)),
  };
}

function enter({ location, binaries, settings, greet }: PresenceOptions): Promise<Serving> {
  return ensureServing(location, binaries, settings, async (client) => {
    await client.query('select pg_advisory_lock_shared($1)', [PRESENCE_LOCK]);
    await greet(client);
  });
}

async function leave({ client }: Serving, { location, log }: PresenceOptions): Promise<void> {
  try {
    await client.query('select pg_advisory_unlock_shared($1)', [PRESENCE_LOCK]);
    const { rows } = await client.query<{ alone: boolean }>(
      'select pg_try_advisory_lock($1) as alone',
      [PRESENCE_LOCK],
    );
    if (rows[0]?.alone !== true) {
      log.info({}, 'PostgreSQL goes on: another process uses it');
      return;
    }
    const outcome = await stopPostmaster(location);
    if (outcome === 'stopped') log.info({}, 'PostgreSQL stopped');
    else log.warn({ outcome }, 'PostgreSQL took too long to stop in good order');
  } finally {
    await client.end().catch(() => undefined);
  }
}
