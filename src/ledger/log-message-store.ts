import type { Knex } from 'knex';
import { visibleTo } from '../emails/visible-to.ts';
import { queryRows } from '../db/query-rows.ts';
import type { EmailState } from '../shared/outcome.ts';
import type { Viewer } from '../shared/viewer.ts';
import type { LogRow } from './log-list-store.ts';
import { subjectFor } from './subject-for.ts';

/** What the page of a message says of its header and of where it was found. */
export interface LogMessage extends Omit<LogRow, 'people' | 'ownerAddress'> {
  readonly size: number;
  readonly internalDate: Date | null;
  readonly uid: number;
  readonly mailbox: string;
  readonly hasOriginal: boolean;
}

/** null when there is none, or it was never fetched and is gone. */
export async function findLogMessage(
  db: Knex,
  viewer: Viewer,
  id: number,
): Promise<LogMessage | null> {
  const subject = subjectFor(viewer);
  const [row] = await queryRows<LogMessage>(
    db,
    `select m.id, m.stored_at as "storedAt", m.state, m.outcome, m.reason, m.capture,
            m.owner_id as "ownerId", u.name as owner, m.from_address as "from",
            m.message_id as "messageId", ${subject.sql} as subject, m.error,
            m.next_try_at as "nextTryAt", m.size, m.internal_date as "internalDate", m.uid,
            b.username || ' at ' || b.host || ', ' || b.folder as mailbox,
            m.original_id is not null as "hasOriginal"
       from inbound_messages m
       join mailboxes b on b.id = m.mailbox_id
       left join users u on u.id = m.owner_id
      where m.id = ?`,
    [...subject.bindings, id],
  );
  return row ?? null;
}

export interface LogEmail {
  readonly id: number;
  readonly state: EmailState;
  readonly mine: boolean;
}

/** The emails of a message that the viewer may see, and how many others there are. */
export async function findLogEmails(
  db: Knex,
  viewer: Viewer,
  messageId: number,
): Promise<{ readonly emails: readonly LogEmail[]; readonly others: number }> {
  const visible = visibleTo(viewer);
  const rows = await queryRows<LogEmail & { readonly visible: boolean }>(
    db,
    `select e.id, e.state, e.owner_id = ? as mine, ${visible.sql} as visible
       from emails e where e.inbound_message_id = ? order by e.id`,
    [viewer.id, ...visible.bindings, messageId],
  );
  const emails = rows.filter((row) => row.visible);
  return { emails, others: rows.length - emails.length };
}

/**
 * The original of a message that is kept apart: no email of anybody's was made of it, so no owner is
 * asked. null for any other.
 */
export async function findHeldOriginal(
  db: Knex,
  id: number,
): Promise<{ readonly originalId: number; readonly size: number } | null> {
  const [row] = await queryRows<{ originalId: number; size: number }>(
    db,
    `select o.id as "originalId", o.size
       from inbound_messages m join originals o on o.id = m.original_id
      where m.id = ? and m.outcome in ('rejected', 'quarantined')`,
    [id],
  );
  return row ?? null;
}

/** Users to filter by, active or not. */
export async function findOwners(db: Knex): Promise<{ id: number; name: string }[]> {
  return await db('users').orderByRaw('lower(name), id').select('id', 'name');
}
