import type { Knex } from 'knex';
import { queryRows } from '../db/query-rows.ts';
import type { EmailParticipantRow } from '../db/rows.ts';
import { visibleTo } from '../emails/visible-to.ts';
import { cutPage } from '../shared/cut-page.ts';
import type { Viewer } from '../shared/viewer.ts';

/** Somebody on a mail of the timeline. */
export type TimelineParticipant = Pick<EmailParticipantRow, 'role' | 'address' | 'name' | 'kind'>;

/** One archived copy of a mail: two users may have archived it. */
export interface TimelineCopy {
  readonly emailId: number;
  readonly owner: string;
  readonly ownerId: number;
}

/** One mail of a record. */
export interface TimelineEntry {
  /** The copy that is shown. */
  readonly emailId: number;
  readonly subject: string;
  readonly snippet: string;
  readonly sentAt: Date;
  readonly isPrivate: boolean;
  readonly attachments: number;
  /** The one who is shown first. */
  readonly copies: readonly TimelineCopy[];
  /** The first of them: senders, then recipients. */
  readonly participants: readonly TimelineParticipant[];
  /** How many recipients there are; no more than 100 are counted. */
  readonly recipients: number;
}

/** A place in the timeline: in microseconds, since a Date has none. */
export interface TimelinePlace {
  readonly micros: string;
  readonly emailId: number;
}

export interface TimelineQuery {
  readonly personId: number;
  /** The page has what is older than this, or newer; both null for the newest. */
  readonly before: TimelinePlace | null;
  readonly after: TimelinePlace | null;
}

export interface Timeline {
  readonly entries: readonly TimelineEntry[];
  /** Where the pages beside this one begin; null: there is none. */
  readonly newer: TimelinePlace | null;
  readonly older: TimelinePlace | null;
}

const PAGE = 25;

/**
 * Whether `d` is the same mail as `e`: both bear its Message-ID; of mails that have none, such as
 * those that were forwarded within a text, both have the same text. Both were sent at one moment.
 */
const SAME_MAIL = `d.subject = e.subject
  and d.message_id is not distinct from e.message_id
  and (e.message_id is not null or d.text = e.text)`;

/** A page of the mail of a record that the viewer may see, newest first, each mail once. */
export async function findTimeline(
  db: Knex,
  viewer: Viewer,
  query: TimelineQuery,
): Promise<Timeline> {
  const backwards = query.before === null && query.after !== null;
  const found = await findPlaces(db, viewer, query, backwards);
  const begun = query.before !== null;
  const { shown: places, earlier, later } = cutPage(found, { size: PAGE, backwards, begun });
  const entries = await describe(db, viewer, query.personId, places);
  return {
    entries,
    newer: earlier ? (places[0] ?? null) : null,
    older: later ? (places.at(-1) ?? null) : null,
  };
}

/** Of the copies of one mail the youngest stands for all. */
async function findPlaces(
  db: Knex,
  viewer: Viewer,
  { personId, before, after }: TimelineQuery,
  backwards: boolean,
): Promise<TimelinePlace[]> {
  const place = before ?? after;
  const [beyond, order] = backwards ? ['>', 'asc'] : ['<', 'desc'];
  const seen = visibleTo(viewer);
  const seenToo = visibleTo(viewer, 'd');
  return await queryRows<TimelinePlace>(
    db,
    `select e.id as "emailId", (extract(epoch from l.sent_at) * 1000000)::bigint::text as micros
       from email_people l join emails e on e.id = l.email_id
      where l.person_id = ? and l.unlinked_by is null and ${seen.sql}
        ${place ? `and (l.sent_at, l.email_id) ${beyond} (${MOMENT}, ?)` : ''}
        and not exists (
            select from email_people m join emails d on d.id = m.email_id
             where m.person_id = l.person_id and m.sent_at = l.sent_at and m.email_id > l.email_id
               and m.unlinked_by is null and ${seenToo.sql} and ${SAME_MAIL})
      order by l.sent_at ${order}, l.email_id ${order} limit ?`,
    [
      ...[personId, ...seen.bindings],
      ...(place ? [place.micros, place.emailId] : []),
      ...[...seenToo.bindings, PAGE + 1],
    ],
  );
}

const MOMENT = `timestamptz 'epoch' + ?::bigint * interval '1 microsecond'`;

async function describe(
  db: Knex,
  viewer: Viewer,
  personId: number,
  places: readonly TimelinePlace[],
): Promise<TimelineEntry[]> {
  if (places.length === 0) return [];
  const seen = visibleTo(viewer, 'd');
  const ids = places.map(({ emailId }) => emailId);
  return await queryRows<TimelineEntry>(
    db,
    `select e.id as "emailId", e.subject, left(e.text, 300) as snippet, e.sent_at as "sentAt",
            e.visibility = 'private' as "isPrivate",
            (select count(*) from attachments f where f.email_id = e.id) as attachments,
            (select json_agg(json_build_object(
                      'emailId', d.id, 'owner', u.name, 'ownerId', u.id) order by d.id desc)
               from email_people m join emails d on d.id = m.email_id
               join users u on u.id = d.owner_id
              where m.person_id = ? and m.sent_at = e.sent_at and m.unlinked_by is null
                and ${seen.sql} and ${SAME_MAIL}) as copies,
            (select coalesce(json_agg(q order by q.role = 'from' desc, q.seq), '[]') from (
               select seq, role, address, name, kind from email_participants
                where email_id = e.id and role in ('from', 'to', 'cc') and kind <> 'archive'
                order by role = 'from' desc, seq limit 4) q) as participants,
            (select count(*) from (
               select from email_participants
                where email_id = e.id and role in ('to', 'cc') and kind <> 'archive'
                limit 100) r) as recipients
       from emails e where e.id = any(?)
      order by array_position(?::bigint[], e.id)`,
    [personId, ...seen.bindings, ids, ids],
  );
}
