import type { Knex } from 'knex';
import { queryRows } from '../db/query-rows.ts';
import type { NamedPerson } from '../people/named-person.ts';

/** The records that an email is linked to, by name. Who may see the email is asked before. */
export async function findLinkedPeople(
  db: Knex,
  emailId: number,
  limit: number,
): Promise<NamedPerson[]> {
  return await queryRows<NamedPerson>(
    db,
    `select p.id, p.kind, trim(p.first_name || ' ' || p.last_name) as name
       from email_people l join people p on p.id = l.person_id
      where l.email_id = ? and l.unlinked_by is null and p.deleted_at is null
      order by p.sort_name, p.id limit ?`,
    [emailId, limit],
  );
}
