import type { Knex } from 'knex';
import {
  countWaitingByAddress,
  type WaitingByAddress,
} from '../data-cleanup/list/waiting-by-address.ts';
import { loadInbox, type Inbox } from '../inbox/load-inbox.ts';
import type { NoticeView } from '../inbox/notice-view.ts';
import type { Viewer } from '../shared/viewer.ts';
import { findArchivedSince, type ArchivedSince } from './archived-since-store.ts';

/** What a digest tells: counts, names and subjects, never what a mail says. */
export interface Digest {
  readonly waiting: WaitingByAddress;
  readonly archived: ArchivedSince;
  /** The Inbox's own that are new; what waits is told above. */
  readonly notices: readonly NoticeView[];
  readonly senders: Inbox['senders'];
}

/** null: there is nothing to tell. */
export async function loadDigest(db: Knex, viewer: Viewer, since: Date): Promise<Digest | null> {
  const waiting = await countWaitingByAddress(db, viewer);
  const archived = await findArchivedSince(db, viewer, since);
  const inbox = await loadInbox(db, viewer);
  const notices = inbox.notices.filter(({ kind, unread }) => unread && kind !== 'unmatched');
  const senders = inbox.senders !== null && inbox.senders.unread > 0 ? inbox.senders : null;
  const nothing = waiting.total + archived.total + notices.length === 0 && senders === null;
  return nothing ? null : { waiting, archived, notices, senders };
}
