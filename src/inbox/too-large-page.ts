import type { Knex } from 'knex';
import { queryRows } from '../db/query-rows.ts';
import type { Page } from '../http/pages.ts';
import { isAdministrator, type Viewer } from '../shared/viewer.ts';

interface TooLargeMessage {
  readonly id: number;
  readonly subject: string;
  readonly messageId: string | null;
  readonly size: number;
  readonly receivedAt: Date;
}

/** The viewer's own messages that wait in the archive mailbox because they are too large. */
export interface TooLargePage extends Page {
  readonly messages: readonly TooLargeMessage[];
  /** There are more than are shown. */
  readonly more: boolean;
  readonly linksToLog: boolean;
}

const SHOWN = 50;

export async function loadTooLargePage(db: Knex, viewer: Viewer): Promise<TooLargePage> {
  const rows = await queryRows<TooLargeMessage>(
    db,
    `select m.id, coalesce(m.subject, '') as subject, m.message_id as "messageId", m.size,
            coalesce(m.internal_date, m.stored_at) as "receivedAt"
       from inbound_messages m
      where m.owner_id = ? and m.reason = 'too-large' and m.state = 'acknowledged'
      order by m.id desc limit ?`,
    [viewer.id, SHOWN + 1],
  );
  return {
    title: 'inbox.tooLarge.title',
    section: 'home',
    messages: rows.slice(0, SHOWN),
    more: rows.length > SHOWN,
    linksToLog: isAdministrator(viewer),
  };
}
