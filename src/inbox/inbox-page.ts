import type { Knex } from 'knex';
import type { Page } from '../http/pages.ts';
import type { Viewer } from '../shared/viewer.ts';
import { listNotices } from './notice-list-store.ts';
import { noticeView, type NoticeView } from './notice-view.ts';

/** The whole Inbox, in pages. */
export interface InboxPage extends Page {
  readonly notices: readonly NoticeView[];
  /** Whether this is the newest page. */
  readonly first: boolean;
  /** What the next page begins after; null on the last one. */
  readonly next: string | null;
  readonly place: 'all';
}

const PAGE = 25;

export async function loadInboxPage(
  db: Knex,
  viewer: Viewer,
  before: string | null,
): Promise<InboxPage> {
  const notices = await listNotices(db, viewer, { before, limit: PAGE + 1 });
  const shown = notices.slice(0, PAGE);
  return {
    title: 'inbox.title',
    section: 'home',
    place: 'all',
    notices: shown.map(noticeView),
    first: before === null,
    next: notices.length > PAGE ? (shown.at(-1)?.cursor ?? null) : null,
  };
}
