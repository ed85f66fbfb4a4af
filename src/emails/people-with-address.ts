/**
 * The records that have the address of a participant `q`, as a list in JSON; `wrong` are those that
 * somebody has called the wrong person.
 */
export const PEOPLE_WITH_ADDRESS = `coalesce((
  select json_agg(r) from (
    select p.id, p.kind, trim(p.first_name || ' ' || p.last_name) as name,
           exists (select from email_people u where u.email_id = q.email_id
                    and u.person_id = p.id and u.unlinked_by is not null) as wrong
      from person_addresses a join people p on p.id = a.person_id
     where a.address = q.address and p.deleted_at is null and q.linkable
     order by p.id limit 10) r), '[]')`;

/** How many records have the address of a participant `q`, without those called the wrong person. */
export const RECORDS_WITH_ADDRESS = `(
  select count(distinct p.id) from person_addresses a join people p on p.id = a.person_id
   where a.address = q.address and p.deleted_at is null and q.linkable
     and not exists (select from email_people u where u.email_id = q.email_id
                      and u.person_id = p.id and u.unlinked_by is not null))`;
