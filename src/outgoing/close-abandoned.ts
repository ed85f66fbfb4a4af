import type { Knex } from 'knex';
import { execute, queryRows } from '../db/query-rows.ts';
import type { OutgoingMessageRow } from '../db/rows.ts';
import { findMembers } from '../groups/group-store.ts';
import { raiseNotices } from '../inbox/notice-store.ts';
import { readOutgoingFrom } from './outgoing-settings.ts';

type Kind = OutgoingMessageRow['kind'];

/** Said of what nobody even tried to send in its time; what was tried keeps what the server said. */
const NEVER_TRIED: Readonly<Record<Kind, string>> = {
  bounce: 'Not sent within a day: set up outgoing mail.',
  digest:
    'Not sent within 20 hours: set up outgoing mail. The next digest tells what this one would have.',
  invitation: 'It was not sent within 3 days. Set up outgoing mail, then invite again.',
};

/**
 * Closes what can't be sent any more: messages past their time, and those whose sender died between
 * beginning and end. Whether those went out can't be known, so they are never sent again. Who lives
 * after all, and had not begun to hand it over, takes it back (takeBack).
 */
export async function closeAbandoned(db: Knex): Promise<{ unknown: number; expired: number }> {
  return await db.transaction(async (trx) => {
    const unknown = await execute(
      trx,
      `update outgoing_messages
          set state = 'unknown', finished_at = now(),
              response = 'The program was cut off while sending; unknown, not sent again.'
        where id in (select id from outgoing_messages
                      where state = 'sending' and sending_since < now() - interval '5 seconds'
                      for update skip locked)`,
      [],
    );
    const expired = await queryRows<{ kind: Kind; address: string }>(
      trx,
      `update outgoing_messages
          set state = 'expired', finished_at = now(), response = coalesce(response, ?::jsonb ->> kind)
        where id in (select id from outgoing_messages
                      where state = 'pending' and expires_at <= now() for update skip locked)
        returning kind, recipient as address`,
      [JSON.stringify(NEVER_TRIED)],
    );
    await tellOfExpired(
      trx,
      expired.filter(({ kind }) => kind === 'bounce').map(({ address }) => address),
    );
    return { unknown, expired: expired.length };
  });
}

/** Without outgoing mail they were told when the mail came; where it does not work, they are now. */
async function tellOfExpired(trx: Knex.Transaction, addresses: readonly string[]): Promise<void> {
  if (addresses.length === 0 || (await readOutgoingFrom(trx)) === null) return;
  const admins = await findMembers(trx, 'super-administrators');
  await raiseNotices(
    trx,
    admins.flatMap((userId) =>
      addresses.map((subject) => ({ userId, kind: 'sender-not-told' as const, subject })),
    ),
  );
}
