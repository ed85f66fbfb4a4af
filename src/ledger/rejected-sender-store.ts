import type { Knex } from 'knex';
import { queryRows } from '../db/query-rows.ts';
import type { OutgoingMessageRow, PersonRow } from '../db/rows.ts';
import type { Outcome } from '../shared/outcome.ts';

/** Somebody whose mail was rejected since no user has the address. */
export interface RejectedSender {
  readonly address: string;
  readonly messages: number;
  readonly firstAt: Date;
  readonly lastAt: Date;
  /** The latest few, newest first. */
  readonly latest: readonly { readonly id: number; readonly subject: string }[];
  /** The newest bounce to the address; null: none was due. */
  readonly told: OutgoingMessageRow['state'] | null;
  readonly toldAt: Date | null;
  /** Who has the address by now, or had it. */
  readonly holder: AddressHolder | null;
  /** A user who has entered the address and has not confirmed it. */
  readonly claimant: { readonly id: number; readonly name: string } | null;
  /** The contact or lead who has the address: no user, so probably somebody who answered to all. */
  readonly person: {
    readonly id: number;
    readonly kind: PersonRow['kind'];
    readonly name: string;
  } | null;
}

export interface AddressHolder {
  readonly id: number;
  readonly name: string;
  readonly active: boolean;
}

/** In the order of the addresses; one without rejected mail is left out. */
export async function describeSenders(
  db: Knex,
  addresses: readonly string[],
): Promise<RejectedSender[]> {
  if (addresses.length === 0) return [];
  const rows = await queryRows<RejectedSender>(
    db,
    `select a.address, c.messages, c.first_at as "firstAt", c.last_at as "lastAt", l.latest,
            b.state as told, coalesce(b.finished_at, b.next_try_at) as "toldAt",
            (select jsonb_build_object('id', u.id, 'name', u.name, 'active', u.disabled_at is null)
               from user_addresses ua join users u on u.id = ua.user_id
              where ua.address = a.address and ua.verified_at is not null limit 1) as holder,
            (select jsonb_build_object('id', u.id, 'name', u.name)
               from user_addresses ua join users u on u.id = ua.user_id
              where ua.address = a.address and ua.verified_at is null and u.disabled_at is null
              order by ua.id limit 1) as claimant,
            (select jsonb_build_object('id', p.id, 'kind', p.kind,
                                       'name', trim(p.first_name || ' ' || p.last_name))
               from person_addresses pa join people p on p.id = pa.person_id
              where pa.address = a.address and p.deleted_at is null
              order by p.id limit 1) as person
       from unnest(?::text[]) with ordinality as a(address, place)
       join lateral (select count(*) as messages, min(stored_at) as first_at, max(stored_at) as last_at
                       from inbound_messages where outcome = 'rejected' and from_address = a.address) c
            on c.messages > 0
       cross join lateral (
            select jsonb_agg(jsonb_build_object('id', n.id, 'subject', left(coalesce(n.subject, ''), 200))) as latest
              from (select id, subject from inbound_messages
                     where outcome = 'rejected' and from_address = a.address
                     order by stored_at desc, id desc limit 3) n) l
       left join lateral (select state, finished_at, next_try_at from outgoing_messages
                           where recipient = a.address and kind = 'bounce'
                           order by created_at desc limit 1) b on true
      order by a.place`,
    [addresses],
  );
  return rows;
}

/** The user who has the address; null when nobody has. */
export async function findHolder(db: Knex, address: string): Promise<AddressHolder | null> {
  const [row] = await queryRows<AddressHolder>(
    db,
    `select u.id, u.name, u.disabled_at is null as active
       from user_addresses a join users u on u.id = a.user_id
      where a.address = ? and a.verified_at is not null`,
    [address],
  );
  return row ?? null;
}

/** What became of the messages of a sender that were put back to be filed; null: waits still. */
export interface Refiled {
  readonly outcome: Outcome | null;
  readonly messages: number;
}

export async function countRefiled(db: Knex, address: string): Promise<Refiled[]> {
  return await queryRows<Refiled>(
    db,
    `select case when state in ('decided', 'acknowledged') then outcome end as outcome,
            count(*) as messages
       from inbound_messages
      where from_address = ? and jsonb_exists(trace, 'before') and state <> 'gone'
      group by 1 order by 2 desc, 1`,
    [address],
  );
}

/** Whether mail of this address was ever rejected, or is ignored. */
export async function isKnownSender(db: Knex, address: string): Promise<boolean> {
  const [row] = await queryRows<{ known: boolean }>(
    db,
    `select exists (select from inbound_messages where from_address = :address and outcome = 'rejected')
         or exists (select from ignored_senders where address = :address)
         or exists (select from inbound_messages
                     where from_address = :address and jsonb_exists(trace, 'before')) as known`,
    { address },
  );
  return row?.known === true;
}
