import type { Knex } from 'knex';
import { queryRows } from '../db/query-rows.ts';
import { visibleTo } from '../emails/visible-to.ts';
import type { Conversation } from './ranking/candidate.ts';
import { isTellingSubject, plainSubject } from './ranking/plain-subject.ts';
import type { WaitingEmail } from './waiting-email-store.ts';

const MOST_EMAILS = 50;
const MOST_WITH_SUBJECT = 200;
/** How far back linking counts, in days. */
const LATELY = 30;
const MOST_DECISIONS = 200;

interface ConversationRow extends Omit<Conversation, 'sentAt'> {
  readonly personId: number;
  readonly sentAt: Date;
}

/**
 * Archived emails of the conversation that a waiting email belongs to, as far as its owner may see them,
 * with the records that they are on, newest first.
 */
export async function findConversations(
  db: Knex,
  email: WaitingEmail,
): Promise<Map<number, Conversation[]>> {
  const visible = visibleTo({ id: email.ownerId });
  const rows = await queryRows<ConversationRow>(
    db,
    // Materialized: ordered by an index of dates, all emails would be looked through for these few.
    `with found as materialized (
       select e.id, e.subject, e.sent_at from emails e
        where e.conversation && ?::bigint[] and e.id <> ? and e.state = 'archived' and ${visible.sql})
     ${PEOPLE_OF} (select * from found order by sent_at desc limit ${MOST_EMAILS}) s
     ${PEOPLE_FROM}`,
    [email.conversation, email.id, ...visible.bindings, 'header'],
  );
  return grouped([...rows, ...(await findBySubject(db, email))]);
}

/** Mail programs that drop the headers of a conversation keep its subject. */
async function findBySubject(db: Knex, email: WaitingEmail): Promise<ConversationRow[]> {
  if (!isTellingSubject(email.subject)) return [];
  const visible = visibleTo({ id: email.ownerId });
  const rows = await queryRows<ConversationRow>(
    db,
    `${PEOPLE_OF}
       (select * from (select e.id, e.subject, e.sent_at from emails e
         where e.search @@ phraseto_tsquery('simple', ?)
           and e.id <> ? and e.state = 'archived' and ${visible.sql}
         limit ${MOST_WITH_SUBJECT}) f order by f.sent_at desc limit ${MOST_EMAILS}) s
     ${PEOPLE_FROM}`,
    ['subject', plainSubject(email.subject), email.id, ...visible.bindings],
  );
  return rows.filter(({ subject }) => plainSubject(subject) === plainSubject(email.subject));
}

const PEOPLE_OF = `select l.person_id as "personId", s.id as "emailId", s.subject, s.sent_at as "sentAt",
  ?::text as by, count(*) over (partition by s.id) as people from`;
const PEOPLE_FROM = `join email_people l on l.email_id = s.id and l.unlinked_by is null
  order by s.sent_at desc, s.id desc limit 500`;

function grouped(rows: readonly ConversationRow[]): Map<number, Conversation[]> {
  const conversations = new Map<number, Conversation[]>();
  for (const { personId, ...row } of rows) {
    const one = { ...row, sentAt: row.sentAt.toISOString() };
    conversations.set(personId, [...(conversations.get(personId) ?? []), one]);
  }
  return conversations;
}

/** Records that a user linked lately or made of an email, and how many days ago. */
export async function findLinkedLately(db: Knex, userId: number): Promise<Map<number, number>> {
  const rows = await queryRows<{ personId: number; days: number }>(
    db,
    `select n.person_id as "personId",
            floor(extract(epoch from now() - max(at)) / 86400)::integer as days
       from (select id, at, kind, undone_at from decisions
              where actor_id = ? order by id desc limit ${MOST_DECISIONS}) d
       join decision_people n on n.decision_id = d.id
      where undone_at is null and kind in ('link', 'create-contact', 'create-lead')
        and at > now() - make_interval(days => ${LATELY})
      group by n.person_id`,
    [userId],
  );
  return new Map(rows.map(({ personId, days }) => [personId, days]));
}

/** Records that share archived emails with those who are on the mail, and how many. */
export async function countTogether(
  db: Knex,
  { ownerId, presentIds }: WaitingEmail,
): Promise<Map<number, number>> {
  if (presentIds.length === 0) return new Map();
  const visible = visibleTo({ id: ownerId });
  const rows = await queryRows<{ personId: number; count: number }>(
    db,
    `select o.person_id as "personId", count(distinct o.email_id) as count
       from unnest(?::integer[]) as p(id)
      cross join lateral (select l.email_id from email_people l where l.person_id = p.id
              order by l.sent_at desc, l.email_id desc limit ${MOST_EMAILS}) l
       join emails e on e.id = l.email_id and e.state = 'archived' and ${visible.sql}
       join email_people o on o.email_id = e.id and o.unlinked_by is null
      where o.person_id <> p.id
      group by o.person_id order by count desc limit ${MOST_EMAILS}`,
    [presentIds.slice(0, 10), ...visible.bindings],
  );
  return new Map(rows.map(({ personId, count }) => [personId, count]));
}
