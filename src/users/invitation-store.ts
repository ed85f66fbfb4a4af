import type { Knex } from 'knex';
import { execute, queryRows } from '../db/query-rows.ts';
import { beginSending } from '../outgoing/begin-sending.ts';
import { IS_INVITED } from './user-list-store.ts';

/** An invitation that nobody could send within this time is not sent any more. */
const EXPIRES_AFTER = '3 days';
/** Mail servers take a crowd of mails at once for spam. */
const PER_HOUR = 100;

/** Users who are active, have no password, and to whom no link was ever made or is on its way. */
const NOT_INVITED = `u.disabled_at is null and u.password_hash is null and not ${IS_INVITED}`;
/** Only Super Administrators let others of them in. */
const NOT_SUPER = `
  not exists (select from group_members m join groups g on g.id = m.group_id
               where m.user_id = u.id and g.key = 'super-administrators')`;

/** How many users nobody has invited yet, among those whom the asking administrator may invite. */
export async function countNotInvited(db: Knex, withSuper: boolean): Promise<number> {
  const [row] = await queryRows<{ count: number }>(
    db,
    `select count(*) as count from users u where ${NOT_INVITED} and (? or ${NOT_SUPER})`,
    [withSuper],
  );
  return row?.count ?? 0;
}

/** Invitations that wait to be sent, or are being sent. */
export async function countQueuedInvitations(db: Knex): Promise<number> {
  const [row] = await queryRows<{ count: number }>(
    db,
    `select count(*) as count from outgoing_messages
      where kind = 'invitation' and state in ('pending', 'sending')`,
    [],
  );
  return row?.count ?? 0;
}

/** Queues invitations of those who have a confirmed address. @returns whose. */
export async function queueInvitations(
  trx: Knex.Transaction,
  { withSuper, limit }: { readonly withSuper: boolean; readonly limit: number },
): Promise<number[]> {
  const rows = await queryRows<{ userId: number }>(
    trx,
    `insert into outgoing_messages (kind, state, recipient, user_id, expires_at)
     select 'invitation', 'pending', a.address, u.id, now() + ?::interval
       from users u join user_addresses a on a.user_id = u.id and a.is_primary
      where ${NOT_INVITED} and a.verified_at is not null and (? or ${NOT_SUPER})
      order by u.id limit ?
     on conflict (user_id) where kind = 'invitation' and state in ('pending', 'sending') do nothing
     returning user_id as "userId"`,
    [EXPIRES_AFTER, withSuper, limit],
  );
  return rows.map(({ userId }) => userId);
}

/**
 * Whoever was let in otherwise needs no invitation any more. One that is being taken to be sent is left
 * alone, or the two would wait for each other: it finds the link that was made.
 */
export async function dropInvitation(trx: Knex.Transaction, userId: number): Promise<void> {
  await execute(
    trx,
    `delete from outgoing_messages
      where id in (select id from outgoing_messages
                    where user_id = ? and kind = 'invitation' and state = 'pending'
                    for update skip locked)`,
    [userId],
  );
}

export interface DueInvitation {
  readonly id: number;
  readonly attempts: number;
  readonly userId: number;
}

/** Takes the next invitation that is due, and commits that its sending has begun. */
export async function beginInvitation(db: Knex): Promise<DueInvitation | null> {
  const begun = await db.transaction((trx) => beginSending(trx, 'invitation', PER_HOUR));
  if (!begun) return null;
  const { id, attempts, user_id: userId } = begun;
  return { id, attempts, userId: userId ?? 0 };
}

/** The confirmed address that a user is written to now. The user is locked. */
export async function findInvitationAddress(
  trx: Knex.Transaction,
  userId: number,
): Promise<string | null> {
  const row = await trx('user_addresses')
    .where({ user_id: userId, is_primary: true })
    .whereNotNull('verified_at')
    .first('address');
  return row?.address ?? null;
}

/** Where the invitation goes, which may not be where it was to go when it was queued. */
export async function noteRecipient(
  trx: Knex.Transaction,
  id: number,
  recipient: string,
): Promise<void> {
  await trx('outgoing_messages').where({ id }).update({ recipient });
}
