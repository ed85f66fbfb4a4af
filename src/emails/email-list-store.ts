import type { Knex } from 'knex';
import { queryRows } from '../db/query-rows.ts';
import type { EmailRow } from '../db/rows.ts';
import { cutPage } from '../shared/cut-page.ts';
import type { Viewer } from '../shared/viewer.ts';
import { typedWords } from './search-words.ts';
import { visibleTo } from './visible-to.ts';

/** An email in the list. */
export interface ListedEmail extends Pick<EmailRow, 'id' | 'state' | 'visibility' | 'subject'> {
  readonly snippet: string;
  readonly sentAt: Date;
  readonly owner: string;
  /** The sender, and whom it is to. */
  readonly from: string;
  readonly to: string;
  readonly attachments: number;
  readonly records: readonly string[];
}

export interface EmailSearch {
  /** Each word of it begins a word of the subject, the text, or of who is on the email. */
  readonly text: string;
  readonly mine: boolean;
  readonly files: boolean;
  /** Only what waits in its owner's Data Cleanup. */
  readonly waiting: boolean;
  /** "2026-11-24", the first and the last day, in the viewer's time zone. */
  readonly from: string | null;
  readonly until: string | null;
  /** The email that the page is older than, or newer than; both null for the newest. */
  readonly before: number | null;
  readonly after: number | null;
}

export interface EmailList {
  readonly rows: readonly ListedEmail[];
  /** Whether there are newer and older ones beside these. */
  readonly newer: boolean;
  readonly older: boolean;
}

const PAGE = 25;
/** A search that finds more than this goes through the list in its order instead. */
const MAX_HITS = 5_000;
const NOTHING: EmailList = { rows: [], newer: false, older: false };

/** A page of the emails that the viewer may see, newest first. */
export async function listEmails(
  db: Knex,
  viewer: Viewer,
  search: EmailSearch,
): Promise<EmailList> {
  const words = await queryOf(db, search.text);
  if (words === null) return NOTHING;
  const place = await findPlace(db, viewer, search);
  const backwards = place !== null && search.after !== null;
  const hits = words === '' ? null : await findHits(db, words);
  const asked = conditions(viewer, search, words, hits, place, backwards);
  const ids = await findIds(db, asked, backwards);
  const page = cutPage(ids, { size: PAGE, backwards, begun: place !== null });
  return { rows: await describe(db, page.shown), newer: page.earlier, older: page.later };
}

/** PostgreSQL's own words for what was typed; '' where nothing was, null where nothing can be found. */
async function queryOf(db: Knex, text: string): Promise<string | null> {
  const words = typedWords(text);
  if (words.length === 0) return text.trim() === '' ? '' : null;
  const [row] = await queryRows<{ query: string | null }>(
    db,
    `select string_agg('(' || q::text || ':*)', ' & ') as query
       from (select phraseto_tsquery('simple', w) as q from unnest(?::text[]) w) words
      where numnode(q) > 0`,
    [words],
  );
  return row?.query ?? null;
}

/**
 * What the words are in, whoever may see it; null where that is too much to be sorted. Asked for by
 * itself: the database overrates how common the beginning of a rare word is, and would look for it in
 * the whole list.
 */
async function findHits(db: Knex, words: string): Promise<readonly number[] | null> {
  const rows = await queryRows<{ id: number }>(
    db,
    `select id from emails where search @@ ?::tsquery limit ${MAX_HITS + 1}`,
    [words],
  );
  return rows.length > MAX_HITS ? null : rows.map(({ id }) => id);
}

interface Place {
  readonly sentAt: string;
  readonly id: number;
}

/** Where the page begins; null: at the newest, also when that email is no more to be seen. */
async function findPlace(
  db: Knex,
  viewer: Viewer,
  { before, after }: EmailSearch,
): Promise<Place | null> {
  const id = after ?? before;
  if (id === null) return null;
  const visible = visibleTo(viewer);
  // As text: a Date would lose the microseconds.
  const [row] = await queryRows<Place>(
    db,
    `select e.id, e.sent_at::text as "sentAt" from emails e where e.id = ? and ${visible.sql}`,
    [id, ...visible.bindings],
  );
  return row ?? null;
}

interface Conditions {
  readonly sql: string;
  readonly bindings: readonly unknown[];
}

function conditions(
  viewer: Viewer,
  search: EmailSearch,
  words: string,
  hits: readonly number[] | null,
  place: Place | null,
  backwards: boolean,
): Conditions {
  const visible = visibleTo(viewer);
  const day = `(?::date)::timestamp at time zone ?`;
  const all: [boolean, string, readonly unknown[]][] = [
    [true, visible.sql, visible.bindings],
    [words !== '' && hits === null, 'e.search @@ ?::tsquery', [words]],
    [hits !== null, 'e.id = any(?::bigint[])', [hits]],
    [search.mine, 'e.owner_id = ?', [viewer.id]],
    [search.files, `exists (select from attachments a where a.email_id = e.id)`, []],
    [search.waiting, `e.state = 'unmatched'`, []],
    [search.from !== null, `e.sent_at >= ${day}`, [search.from, viewer.timeZone]],
    [
      search.until !== null,
      `e.sent_at < (?::date + 1)::timestamp at time zone ?`,
      [search.until, viewer.timeZone],
    ],
    [
      place !== null,
      `(e.sent_at, e.id) ${backwards ? '>' : '<'} (?::timestamptz, ?::bigint)`,
      [place?.sentAt, place?.id],
    ],
    // What was thrown away is found in Data Cleanup.
    [true, `e.state <> 'discarded'`, []],
  ];
  const asked = all.filter(([wanted]) => wanted);
  return {
    sql: asked.map(([, sql]) => sql).join(' and '),
    bindings: asked.flatMap(([, , bindings]) => bindings),
  };
}

async function findIds(
  db: Knex,
  { sql, bindings }: Conditions,
  backwards: boolean,
): Promise<number[]> {
  const direction = backwards ? 'asc' : 'desc';
  const rows = await queryRows<{ id: number }>(
    db,
    `select e.id from emails e where ${sql}
      order by e.sent_at ${direction}, e.id ${direction} limit ${PAGE + 1}`,
    bindings,
  );
  return rows.map(({ id }) => id);
}

/** These emails, which the viewer may see. */
async function describe(db: Knex, ids: readonly number[]): Promise<ListedEmail[]> {
  const rows = await queryRows<ListedEmail>(
    db,
    `select e.id, e.state, e.visibility, e.subject, left(e.text, 200) as snippet,
            e.sent_at as "sentAt", u.name as owner,
            coalesce(f.shown, '') as "from", coalesce(t.shown, '') as "to",
            (select count(*) from attachments a where a.email_id = e.id) as attachments,
            array(select trim(p.first_name || ' ' || p.last_name)
                    from email_people l join people p on p.id = l.person_id
                   where l.email_id = e.id and l.unlinked_by is null and p.deleted_at is null
                   order by p.sort_name limit 3) as records
       from emails e join users u on u.id = e.owner_id
       left join lateral (select coalesce(nullif(name, ''), address) as shown
                            from email_participants where email_id = e.id and role = 'from'
                           order by seq limit 1) f on true
       left join lateral (select coalesce(nullif(name, ''), address) as shown
                            from email_participants
                           where email_id = e.id and role in ('to', 'cc') and kind <> 'archive'
                           order by seq limit 1) t on true
      where e.id = any(?)`,
    [ids],
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}
