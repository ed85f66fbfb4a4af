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
/** Asked to leave while the server is being looked for: long enough for a start, no more. */
const RETURN_PATIENCE_MS = 2_000;

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
  const { log } = options;
  let serving: Serving | null = await enter(options);
  let comingBack: Promise<void> | null = null;
  let leaving: Promise<void> | null = null;
  let left = false;
  const { port, started } = serving;

  const watch = (current: Serving): void => {
    current.client.once('end', () => {
      serving = null;
      if (leaving === null) comingBack = comeBack();
    });
  };
  const comeBack = async (): Promise<void> => {
    log.warn({}, 'PostgreSQL went away; looking for it');
    const found = await enterAtLast(options, () => leaving !== null);
    if (found === null) return;
    // Too late to be wanted: this process may be its only user.
    if (left) return leave(found, options);
    serving = found;
    watch(found);
    if (found.port === port) log.info({}, 'PostgreSQL is back');
    else log.error({}, 'PostgreSQL is back on another port: restart Letterbook');
  };
  const depart = async (): Promise<void> => {
    if (comingBack !== null) await Promise.race([comingBack, sleep(RETURN_PATIENCE_MS)]);
    left = true;
    if (serving !== null) await leave(serving, options);
  };
  watch(serving);
  return { port, started, leave: () => (leaving ??= depart()) };
}

/** Tries until the server serves, or until nobody wants it any more and it still does not. */
async function enterAtLast(
  options: PresenceOptions,
  unwanted: () => boolean,
): Promise<Serving | null> {
  for (;;) {
    try {
      return await enter(options);
    } catch (error) {
      if (unwanted()) return null;
      options.log.error({ err: error }, 'PostgreSQL could not be started again; trying on');
      await sleep(PAUSE_MS);
    }
  }
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
