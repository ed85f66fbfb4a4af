import type { Knex } from 'knex';
import type { NoticeKind } from '../db/rows.ts';
import type { Viewer } from '../shared/viewer.ts';
import { listNotices, sumUpNotices, type NoticeSum } from './notice-list-store.ts';
import { noticeView, type NoticeView } from './notice-view.ts';

/** Many senders that no user has the address of, as one entry. */
export interface SenderFold extends Pick<NoticeSum, 'total' | 'unread' | 'firstAt' | 'lastAt'> {
  readonly newest: readonly NoticeView[];
}

/** The Inbox on Home: each kind of trouble once, and the senders one by one while they are few. */
export interface Inbox {
  readonly notices: readonly NoticeView[];
  readonly senders: SenderFold | null;
  readonly unread: number;
}

const FEW = 3;
const SENDER: NoticeKind = 'owner-does-not-exist';
/** One mailbox is polled; others, left with trouble, are told of one by one. */
/** More colleagues' names than this are in the list of all notices. */
const FEW_GIVERS = 5;
const FEW_MAILBOXES = 5;
const FEW_USERS = 25;

export async function loadInbox(db: Knex, viewer: Viewer): Promise<Inbox> {
  const sums = await sumUpNotices(db, viewer);
  const lists = await Promise.all(sums.map((sum) => loadKind(db, viewer, sum)));
  const senders = sums.find(({ kind, total }) => kind === SENDER && total > FEW);
  const all = lists.flat();
  return {
    notices: all
      .filter(({ kind }) => !senders || kind !== SENDER)
      .sort((a, b) => b.lastAt.getTime() - a.lastAt.getTime()),
    senders: senders ? { ...senders, newest: all.filter(({ kind }) => kind === SENDER) } : null,
    unread: sums.reduce(
      (unread, sum) => unread + (isOne(sum) ? Math.min(sum.unread, 1) : sum.unread),
      0,
    ),
  };
}

/** However many senders could not be told, it takes one remedy: it is one notice. */
function isOne({ kind }: NoticeSum): boolean {
  return kind === 'sender-not-told';
}

async function loadKind(db: Knex, viewer: Viewer, sum: NoticeSum): Promise<NoticeView[]> {
  const limits = {
    [SENDER]: FEW,
    'handed-over': FEW_GIVERS,
    'mailbox-problem': FEW_MAILBOXES,
    'address-waits': FEW_USERS,
  };
  const limit = limits[sum.kind as keyof typeof limits] ?? 1;
  const notices = await listNotices(db, viewer, { kinds: [sum.kind], before: null, limit });
  const views = notices.map(noticeView);
  if (!isOne(sum)) return views;
  const { firstAt, unread } = sum;
  return views.map((view) => ({ ...view, firstAt, unread: unread > 0 }));
}
