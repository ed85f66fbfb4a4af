import type { Knex } from 'knex';
import { queryRows } from '../db/query-rows.ts';
import { visibleToUserOf } from '../emails/visible-to.ts';
import type { Conversation } from './ranking/candidate.ts';
import { isTellingSubject, plainSubject } from './ranking/plain-subject.ts';
import type { WaitingEmail } from './waiting-email-store.ts';

const MOST_EMAILS = 50;
const MOST_WITH_SUBJECT = 200;
/** Of a subject that very many have. With fewer asked for, the planner would read the whole table for them. */
const MOST_LOOKED_AT = 2_000;
const MOST_ROWS = 500;

interface ConversationRow extends Omit<Conversation, 'sentAt'> {
  readonly waitingId: number;
  readonly personId: number;
  readonly sentAt: Date;
}

/** Conversations by the number of the record that they are with, newest first. */
export type Conversations = ReadonlyMap<number, readonly Conversation[]>;

/**
 * Archived emails of the conversations that waiting emails belong to, as far as the owner of each may see
 * them, by the number of the waiting one.
 */
export async function findConversations(
  db: Knex,
  emails: readonly WaitingEmail[],
): Promise<Map<number, Conversations>> {
  const rows = [...(await findByHeader(db, emails)), ...(await findBySubject(db, emails))];
  const found = Map.groupBy(rows, ({ waitingId }) => waitingId);
  return new Map([...found].map(([id, list]) => [id, grouped(list)]));
}

async function findByHeader(db: Knex, emails: readonly WaitingEmail[]): Promise<ConversationRow[]> {
  const asked = emails.filter(({ conversation }) => conversation.length > 0);
  if (asked.length === 0) return [];
  return await queryRows<ConversationRow>(
    db,
    // Materialized: ordered by an index of dates, all emails would be looked through for these few.
    `select w.id as "waitingId", f.* from emails w cross join lateral (
       with found as materialized (
         select e.id, e.subject, e.sent_at from emails e
          where e.conversation && w.conversation and e.id <> w.id and e.state = 'archived'
            and ${visibleToUserOf('w.owner_id')})
       ${withPeople('header')}) f
      where w.id = any(?) ${NEWEST_FIRST}`,
    [asked.map(({ id }) => id)],
  );
}

/** Mail programs that drop the headers of a conversation keep its subject. */
async function findBySubject(
  db: Knex,
  emails: readonly WaitingEmail[],
): Promise<ConversationRow[]> {
  const asked = new Map(
    emails
      .filter(({ subject }) => isTellingSubject(subject))
      .map(({ id, ownerId, subject }) => [id, { id, ownerId, subject: plainSubject(subject) }]),
  );
  if (asked.size === 0) return [];
  const list = [...asked.values()];
  const rows = await queryRows<ConversationRow>(
    db,
    `select w.id as "waitingId", f.*
       from unnest(?::bigint[], ?::integer[], ?::text[]) as w(id, owner_id, subject)
      cross join lateral (
       with alike as materialized (
         select e.id, e.subject, e.sent_at from emails e
          where e.search @@ phraseto_tsquery('simple', w.subject) and e.id <> w.id
            and e.state = 'archived' and ${visibleToUserOf('w.owner_id')}
          limit ${MOST_LOOKED_AT}),
       found as (select * from alike limit ${MOST_WITH_SUBJECT})
       ${withPeople('subject')}) f
      where true ${NEWEST_FIRST}`,
    [list.map(({ id }) => id), list.map(({ ownerId }) => ownerId), list.map((one) => one.subject)],
  );
  return rows.filter(
    ({ waitingId, subject }) => plainSubject(subject) === asked.get(waitingId)?.subject,
  );
}

/** The newest of what was `found`, with the records that they are on. */
function withPeople(by: Conversation['by']): string {
  return `select l.person_id as "personId", s.id as "emailId", s.subject, s.sent_at as "sentAt",
                 '${by}' as by, count(*) over (partition by s.id) as people
            from (select * from found order by sent_at desc limit ${MOST_EMAILS}) s
            join email_people l on l.email_id = s.id and l.unlinked_by is null
           order by s.sent_at desc, s.id desc limit ${MOST_ROWS}`;
}

const NEWEST_FIRST = 'order by f."sentAt" desc, f."emailId" desc';

function grouped(rows: readonly ConversationRow[]): Map<number, Conversation[]> {
  const conversations = new Map<number, Conversation[]>();
  for (const { personId, waitingId: _, ...row } of rows) {
    const one = { ...row, sentAt: row.sentAt.toISOString() };
    conversations.set(personId, [...(conversations.get(personId) ?? []), one]);
  }
  return conversations;
}
