import type { Knex } from 'knex';
import { queryRows } from '../db/query-rows.ts';
import type { NoticeKind } from '../db/rows.ts';
import type { Viewer } from '../shared/viewer.ts';
import { kindsFor } from './notice-kinds.ts';

/** A notice of a viewer's, with what it counts. */
export interface ListedNotice {
  readonly id: number;
  readonly kind: NoticeKind;
  /** An address, or the name of a user. */
  readonly subject: string;
  readonly firstAt: Date;
  readonly lastAt: Date;
  readonly unread: boolean;
  /** Emails that wait, messages of a sender or in quarantine, senders who could not be told. */
  readonly count: number;
  /** What is wrong with the mailbox, as it was found; null for other kinds. */
  readonly problem: string | null;
  /** Its place in the list: what the next page begins after. */
  readonly cursor: string;
}

/** All notices of one kind, as one. */
export interface NoticeSum {
  readonly kind: NoticeKind;
  /** The newest of them. */
  readonly id: number;
  readonly total: number;
  readonly unread: number;
  readonly firstAt: Date;
  readonly lastAt: Date;
}

/** A message of the notice's reader that waits in the mailbox, because it is too large. */
const OWN_TOO_LARGE = `m.owner_id = n.user_id and m.reason = 'too-large' and m.state = 'acknowledged'`;
/** Emails that wait, and were handed over by the colleague that notice `n` is about. */
const HANDED_OVER = `
  select from emails e join decisions d on d.id = e.handed_over_by
   where e.owner_id = n.user_id and e.state = 'unmatched' and d.actor_id::text = n.subject`;

/**
 * The viewer's notices, for `notices n`. Mail that has been dealt with leaves none, even where its
 * notice was being raised at the same moment and stayed; nor do addresses that are confirmed or gone.
 */
export const OWN_NOTICES = `
  n.user_id = :viewer and n.kind = any(:kinds)
  and (n.kind <> 'unmatched'
       or exists (select from emails e where e.owner_id = n.user_id and e.state = 'unmatched'))
  and (n.kind <> 'too-large'
       or exists (select from inbound_messages m where ${OWN_TOO_LARGE}))
  and (n.kind <> 'address-waits'
       or exists (select from user_addresses a join users u on u.id = a.user_id
                   where a.user_id::text = n.subject and a.verified_at is null
                     and u.disabled_at is null))
  and (n.kind <> 'handed-over' or exists (${HANDED_OVER}))`;

/** Senders who could not be told are one notice, the newest: they take one remedy. */
const STANDS_FOR_KIND = `
  (n.kind <> 'sender-not-told'
   or not exists (select from notices o
                   where o.user_id = n.user_id and o.kind = n.kind
                     and (o.last_at, o.id) > (n.last_at, n.id)))`;

export function ownBindings(viewer: Viewer): { viewer: number; kinds: NoticeKind[] } {
  return { viewer: viewer.id, kinds: kindsFor(viewer) };
}

export async function sumUpNotices(db: Knex, viewer: Viewer): Promise<NoticeSum[]> {
  return await queryRows<NoticeSum>(
    db,
    `select kind, max(id) as id, count(*) as total,
            count(*) filter (where read_at is null) as unread,
            min(first_at) as "firstAt", max(last_at) as "lastAt"
       from notices n where ${OWN_NOTICES} group by kind`,
    ownBindings(viewer),
  );
}

/** Where a page of the list begins, which kinds it has, and how many. */
export interface NoticePlace {
  readonly kinds?: readonly NoticeKind[];
  readonly before: string | null;
  readonly limit: number;
}

/** Notices one by one, the newest first. */
export async function listNotices(
  db: Knex,
  viewer: Viewer,
  { kinds, before, limit }: NoticePlace,
): Promise<ListedNotice[]> {
  const own = ownBindings(viewer);
  const [micros = null, id = null] = before?.split('-').map(Number) ?? [];
  return await queryRows<ListedNotice>(
    db,
    `select n.id, n.kind, n.first_at as "firstAt", n.last_at as "lastAt",
            n.read_at is null as unread,
            (extract(epoch from n.last_at) * 1000000)::bigint || '-' || n.id as cursor,
            case when n.kind in ('address-waits', 'handed-over')
              then coalesce((select u.name from users u where u.id::text = n.subject), '')
              else n.subject end as subject,
            case n.kind when 'mailbox-problem'
              then (select m.problem from mailboxes m where m.id::text = n.subject) end as problem,
            case n.kind
              when 'unmatched' then
                (select count(*) from emails e where e.owner_id = n.user_id and e.state = 'unmatched')
              when 'too-large' then (select count(*) from inbound_messages m where ${OWN_TOO_LARGE})
              when 'handed-over' then (select count(*) from (${HANDED_OVER}) h)
              when 'owner-does-not-exist' then
                (select count(*) from inbound_messages m
                  where m.outcome = 'rejected' and m.from_address = n.subject)
              when 'quarantined' then
                (select count(*) from inbound_messages m
                  where m.outcome = 'quarantined' and m.decided_at >= n.first_at
                    and m.dealt_with_at is null
                    and m.reason <> 'too-large')
              when 'address-waits' then
                (select count(*) from user_addresses a
                  where a.user_id::text = n.subject and a.verified_at is null)
              when 'sender-not-told' then
                (select count(*) from notices o where o.user_id = n.user_id and o.kind = n.kind)
              else 1 end as count
       from (select * from notices n
              where ${OWN_NOTICES} and ${STANDS_FOR_KIND}
                and (:micros::bigint is null or (n.last_at, n.id) <
                      (timestamptz 'epoch' + :micros::bigint * interval '1 microsecond', :id::bigint))
              order by n.last_at desc, n.id desc limit :limit) n
      order by n.last_at desc, n.id desc`,
    { ...own, kinds: own.kinds.filter((kind) => kinds?.includes(kind) ?? true), micros, id, limit },
  );
}

/** Which notices are marked: one, those of a kind, or all. */
export type NoticeChoice = { readonly id: number } | { readonly kind: NoticeKind } | 'all';

/** Marks notices of the viewer's as read or as new. @returns how many it concerns. */
export async function markNotices(
  db: Knex,
  viewer: Viewer,
  choice: NoticeChoice,
  read: boolean,
): Promise<number> {
  const notices = db('notices').where({ user_id: viewer.id }).whereIn('kind', kindsFor(viewer));
  if (choice !== 'all') void notices.where(choice);
  return await notices.update({
    // One that is read stays read since when it was.
    read_at: read ? db.raw('coalesce(read_at, now())') : null,
  });
}

/** A notice of the viewer's; null for any other. */
export async function findNotice(
  db: Knex,
  viewer: Viewer,
  id: number,
): Promise<{ readonly kind: NoticeKind; readonly subject: string } | null> {
  const notice = await db('notices')
    .where({ id, user_id: viewer.id })
    .whereIn('kind', kindsFor(viewer))
    .first('kind', 'subject');
  return notice ?? null;
}

/** Takes the notices of a kind from the viewer's own Inbox. */
export async function dismissNotices(db: Knex, viewer: Viewer, kind: NoticeKind): Promise<void> {
  await db('notices').where({ user_id: viewer.id, kind }).delete();
}
