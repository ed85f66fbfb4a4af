import type { Knex } from 'knex';
import { execute, queryRows } from '../db/query-rows.ts';
import { beginSending } from '../outgoing/begin-sending.ts';
import type { DigestTime } from './digest-day.ts';
import type { DigestLink } from './digest-link.ts';

/** A user who has the digest switched on, and an address that it can be sent to. */
export interface DigestReader extends DigestTime {
  readonly id: number;
  /** Their primary address, which is verified. */
  readonly address: string;
  /** The newest day that was decided about; null before the first. */
  readonly lastDay: string | null;
}

const READERS = `
  select u.id, a.address, u.time_zone as "timeZone", u.digest_hour as hour, u.digest_since as since,
         (select max(d.local_date)::text from digests d where d.user_id = u.id) as "lastDay"
    from users u join user_addresses a on a.user_id = u.id and a.is_primary
   where u.digest_hour is not null and u.disabled_at is null and a.verified_at is not null`;

export async function findDigestReaders(db: Knex): Promise<DigestReader[]> {
  return await queryRows<DigestReader>(db, `${READERS} order by u.id`, []);
}

/** null: the user has switched it off meanwhile, or has gone. */
export async function findDigestReader(db: Knex, userId: number): Promise<DigestReader | null> {
  return (await queryRows<DigestReader>(db, `${READERS} and u.id = ?`, [userId]))[0] ?? null;
}

/** Takes the user's day, for this transaction alone. @returns null: it was decided about before. */
export async function takeDigestDay(
  trx: Knex.Transaction,
  userId: number,
  day: string,
  now: Date,
): Promise<number | null> {
  const rows = await queryRows<{ id: number }>(
    trx,
    `insert into digests (user_id, local_date, made_at) values (?, ?, ?)
     on conflict (user_id, local_date) do nothing returning id`,
    [userId, day, now],
  );
  return rows[0]?.id ?? null;
}

/** A digest that nobody could send within this time is followed by the next. */
const EXPIRES_AFTER = '20 hours';

export async function queueDigest(
  trx: Knex.Transaction,
  digestId: number,
  recipient: string,
): Promise<void> {
  await execute(
    trx,
    `insert into outgoing_messages (kind, state, recipient, digest_id, expires_at)
     values ('digest', 'pending', ?, ?, now() + ?::interval)`,
    [recipient, digestId, EXPIRES_AFTER],
  );
}

export interface DueDigest {
  readonly id: number;
  readonly attempts: number;
  readonly userId: number;
}

/** Takes the next digest that is due, and commits that its sending has begun. */
export async function beginDigest(db: Knex): Promise<DueDigest | null> {
  return await db.transaction(async (trx) => {
    const begun = await beginSending(trx, 'digest', null);
    if (!begun) return null;
    const digest = await trx('digests')
      .where({ id: begun.digest_id ?? 0 })
      .first('user_id');
    return { id: begun.id, attempts: begun.attempts, userId: digest?.user_id ?? 0 };
  });
}

/** From when on a digest tells what was archived: since the last that was sent, or the switching on. */
export async function findDigestBegin(
  db: Knex,
  { id, since }: Pick<DigestReader, 'id' | 'since'>,
): Promise<Date> {
  const [row] = await queryRows<{ at: Date | null }>(
    db,
    `select max(o.sending_since) as at from digests d join outgoing_messages o on o.digest_id = d.id
      where d.user_id = ? and o.state = 'sent'`,
    [id],
  );
  const last = row?.at ?? since;
  return last > since ? last : since;
}

/** Cut to what a link says, milliseconds. */
const SWITCHED_ON = `id = ? and date_trunc('milliseconds', digest_since) = ?`;

/** Whether the digest that the link is about is still wanted. */
export async function isDigestOn(db: Knex, { userId, since }: DigestLink): Promise<boolean> {
  const rows = await queryRows(db, `select id from users where ${SWITCHED_ON}`, [userId, since]);
  return rows.length > 0;
}

/** Switches off the digest that the link is about, and no later one. @returns whether it was on. */
export async function switchDigestOff(
  trx: Knex.Transaction,
  { userId, since }: DigestLink,
): Promise<boolean> {
  const changed = await execute(
    trx,
    `update users set digest_hour = null, digest_since = null where ${SWITCHED_ON}`,
    [userId, since],
  );
  return changed > 0;
}
