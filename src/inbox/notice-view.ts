import type { NoticeKind } from '../db/rows.ts';
import { DISMISSIBLE, PER_SUBJECT } from './notice-kinds.ts';
import type { ListedNotice } from './notice-list-store.ts';

/** A notice as it is shown. */
export interface NoticeView {
  readonly id: number;
  readonly kind: NoticeKind;
  /** An address; '' for kinds that are about no one. */
  readonly subject: string;
  readonly count: number;
  readonly problem: string | null;
  readonly unread: boolean;
  readonly firstAt: Date;
  readonly lastAt: Date;
  /** What its forms send: this notice, or all of its kind. */
  readonly field: 'id' | 'kind';
  readonly dismissible: boolean;
}

export function noticeView(notice: ListedNotice): NoticeView {
  const { cursor: _, ...rest } = notice;
  return {
    ...rest,
    field: PER_SUBJECT.includes(notice.kind) ? 'id' : 'kind',
    dismissible: DISMISSIBLE.includes(notice.kind),
  };
}
