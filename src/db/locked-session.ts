import pg from 'pg';

/** A connection that holds an advisory lock for as long as it lives, and hears notifications. */
export interface LockedSession {
  /** False from the moment that the lock can't be relied on any more. */
  held(): boolean;
  release(): Promise<void>;
}

export interface LockedSessionOptions {
  readonly connectionString: string;
  readonly applicationName: string;
  readonly lock: readonly [lockClass: number, key: number];
  readonly channel: string;
  readonly onNotification: (payload: string) => void;
  /** Called once when the connection, and with it the lock, is gone; not after release(). */
  readonly onLost: () => void;
}

const PING_MS = 2_000;
/**
 * A holder that is frozen sends no pings: the server ends its session after this and frees the
 * lock. PostgreSQL documentation, idle_session_timeout (since 14).
 */
const SERVER_PATIENCE_MS = 10_000;
/** The holder stops trusting its lock earlier than the server ends it. */
const TRUST_MS = 7_000;

/** null: another session holds the lock. Rejects when the database can't be reached. */
export async function openLockedSession(
  options: LockedSessionOptions,
): Promise<LockedSession | null> {
  const client = new pg.Client({
    connectionString: options.connectionString,
    application_name: options.applicationName,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    if (await takeLock(client, options)) return holdLock(client, options);
  } catch (error) {
    await endClient(client);
    throw error;
  }
  await endClient(client);
  return null;
}

async function takeLock(
  client: pg.Client,
  { lock, channel }: LockedSessionOptions,
): Promise<boolean> {
  await client.query(`set idle_session_timeout = ${SERVER_PATIENCE_MS}`);
  const result = await client.query<{ taken: boolean }>(
    'select pg_try_advisory_lock($1, $2) as taken',
    [...lock],
  );
  if (result.rows[0]?.taken !== true) return false;
  await client.query(`listen ${client.escapeIdentifier(channel)}`);
  return true;
}

function holdLock(client: pg.Client, options: LockedSessionOptions): LockedSession {
  // performance.now() goes on while the process is stopped, so a woken holder knows at once.
  let confirmedAt = performance.now();
  let over = false;
  const end = (lost: boolean) => {
    if (over) return;
    over = true;
    clearInterval(timer);
    if (lost) options.onLost();
  };
  const trusted = () => !over && performance.now() - confirmedAt < TRUST_MS;
  let asking = false;
  const ping = async () => {
    const askedAt = performance.now();
    try {
      // A network that swallows everything fails no query: silence is a loss as well.
      if (!trusted()) throw new Error('The lock was not confirmed in time.');
      if (asking) return;
      asking = true;
      await client.query('select 1');
      asking = false;
      confirmedAt = askedAt;
    } catch {
      end(true);
      await endClient(client);
    }
  };
  const timer = setInterval(() => void ping(), PING_MS);
  client.on('end', () => {
    end(true);
  });
  client.on('notification', ({ payload }) => {
    options.onNotification(payload ?? '');
  });
  return {
    held: trusted,
    async release() {
      end(false);
      await endClient(client);
    },
  };
}

async function endClient(client: pg.Client): Promise<void> {
  await client.end().catch(() => undefined);
}
