import type { Knex } from 'knex';
import { queryRows } from '../db/query-rows.ts';
import { findLinkedPeople } from '../emails/linked-people.ts';
import { visibleTo } from '../emails/visible-to.ts';
import type { NamedPerson } from '../people/named-person.ts';
import type { EmailState, Outcome, TrustVerdict } from '../shared/outcome.ts';
import type { Viewer } from '../shared/viewer.ts';

export interface ArrivedMail {
  readonly outcome: Outcome;
  readonly subject: string;
  /** null where none came of it. */
  readonly emailId: number | null;
  readonly state: EmailState | null;
  /** What is known of whoever sent it; null where nobody has looked. */
  readonly verdict: TrustVerdict | null;
  /** The records on which it is. */
  readonly people: readonly NamedPerson[];
}

/** A page names so many records. */
const MAX_PEOPLE = 10;

/** The newest message of this user that was filed since then. */
export async function findArrived(
  db: Knex,
  viewer: Viewer,
  since: Date,
): Promise<ArrivedMail | null> {
  const visible = visibleTo(viewer);
  const [row] = await queryRows<Omit<ArrivedMail, 'people'>>(
    db,
    `select m.outcome, coalesce(m.subject, '') as subject, e.id as "emailId", e.state, m.verdict
       from inbound_messages m
       left join emails e on e.inbound_message_id = m.id and ${visible.sql}
      where m.owner_id = ? and m.stored_at >= ? and m.outcome is not null
      order by m.id desc, e.id limit 1`,
    [...visible.bindings, viewer.id, since],
  );
  if (!row) return null;
  const { emailId } = row;
  return {
    ...row,
    people: emailId === null ? [] : await findLinkedPeople(db, emailId, MAX_PEOPLE),
  };
}

/** Who else wrote to the archive since then and is no user; for those who may read the log. */
export async function findRejectedFrom(db: Knex, since: Date): Promise<string[]> {
  const rows = await queryRows<{ address: string }>(
    db,
    `select from_address as address from inbound_messages
      where outcome = 'rejected' and stored_at >= ? and from_address is not null
      group by from_address order by max(id) desc limit 3`,
    [since],
  );
  return rows.map(({ address }) => address);
}

export interface OwnAddress {
  readonly address: string;
  readonly verified: boolean;
}

export async function findOwnAddresses(db: Knex, viewer: Viewer): Promise<OwnAddress[]> {
  return await queryRows<OwnAddress>(
    db,
    `select address, verified_at is not null as verified from user_addresses
      where user_id = ? order by is_primary desc, address`,
    [viewer.id],
  );
}
