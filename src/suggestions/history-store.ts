import type { Knex } from 'knex';
import { queryRows } from '../db/query-rows.ts';
import { visibleToUserOf } from '../emails/visible-to.ts';
import type { WaitingEmail } from './waiting-email-store.ts';

/** How far back linking counts, in days. */
const LATELY = 30;
const MOST_DECISIONS = 200;
const MOST_EMAILS = 50;
const MOST_PRESENT = 10;
const MOST_COLLEAGUES = 50;

/** Records that users linked lately or made of an email, and how many days ago, by user. */
export async function findLinkedLately(
  db: Knex,
  userIds: readonly number[],
): Promise<Map<number, Map<number, number>>> {
  const rows = await queryRows<{ by: number; personId: number; value: number }>(
    db,
    // In the order of the index of what stands: a user with few decisions among many is found by it, too.
    `select u.id as by, n.person_id as "personId",
            floor(extract(epoch from now() - max(d.at)) / 86400)::integer as value
       from unnest(?::integer[]) as u(id)
      cross join lateral (select id, at, kind from decisions
              where actor_id = u.id and undone_at is null and at > now() - make_interval(days => ${LATELY})
              order by at desc, id desc limit ${MOST_DECISIONS}) d
       join decision_people n on n.decision_id = d.id
      where d.kind in ('link', 'create-contact', 'create-lead')
      group by u.id, n.person_id`,
    [userIds],
  );
  return byPerson(rows);
}

/** Records that share archived emails with those who are on a waiting one, and how many, by its number. */
export async function countTogether(
  db: Knex,
  emails: readonly WaitingEmail[],
): Promise<Map<number, Map<number, number>>> {
  const asked = emails
    .filter(({ presentIds }) => presentIds.length > 0)
    .map(({ id, ownerId, presentIds }) => ({
      id,
      owner_id: ownerId,
      present_ids: presentIds.slice(0, MOST_PRESENT),
    }));
  if (asked.length === 0) return new Map();
  const rows = await queryRows<{ by: number; personId: number; value: number }>(
    db,
    `select w.id as by, t.person_id as "personId", t.count as value
       from jsonb_to_recordset(?::jsonb) as w(id bigint, owner_id integer, present_ids integer[])
      cross join lateral (
            select o.person_id, count(distinct o.email_id) as count
              from unnest(w.present_ids) as p(id)
             cross join lateral (select l.email_id from email_people l where l.person_id = p.id
                     order by l.sent_at desc, l.email_id desc limit ${MOST_EMAILS}) l
              join emails e on e.id = l.email_id and e.state = 'archived'
                   and ${visibleToUserOf('w.owner_id')}
              join email_people o on o.email_id = e.id and o.unlinked_by is null
             where o.person_id <> p.id
             group by o.person_id order by count desc, o.person_id limit ${MOST_EMAILS}) t`,
    [JSON.stringify(asked)],
  );
  return byPerson(rows);
}

/** Colleagues of the records that are on waiting emails already, by the number of the email. */
export async function findColleagues(
  db: Knex,
  emails: readonly WaitingEmail[],
): Promise<Map<number, number[]>> {
  const pairs = emails.flatMap(({ id, presentIds }) => presentIds.map((person) => [id, person]));
  if (pairs.length === 0) return new Map();
  const rows = await queryRows<{ emailId: number; personId: number }>(
    db,
    `select a.email_id as "emailId", c.id as "personId"
       from (select distinct p.email_id, q.account_id
               from unnest(?::bigint[], ?::integer[]) as p(email_id, person_id)
               join people q on q.id = p.person_id) a
      cross join lateral (select id from people where account_id = a.account_id
                             and deleted_at is null limit ${MOST_COLLEAGUES}) c`,
    [pairs.map(([email]) => email), pairs.map(([, person]) => person)],
  );
  const found = Map.groupBy(rows, ({ emailId }) => emailId);
  return new Map([...found].map(([id, list]) => [id, list.map(({ personId }) => personId)]));
}

function byPerson(
  rows: readonly { readonly by: number; readonly personId: number; readonly value: number }[],
): Map<number, Map<number, number>> {
  const found = Map.groupBy(rows, ({ by }) => by);
  return new Map(
    [...found].map(([by, list]) => [by, new Map(list.map((row) => [row.personId, row.value]))]),
  );
}
