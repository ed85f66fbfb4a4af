import type { NoticeKind } from '../db/rows.ts';
import { isAdministrator, isSuperAdministrator, type Viewer } from '../shared/viewer.ts';

export const NOTICE_KINDS = [
  'unmatched',
  'handed-over',
  'owner-does-not-exist',
  'quarantined',
  'sender-not-told',
  'mailbox-problem',
  'too-large',
  'address-waits',
] as const satisfies readonly NoticeKind[];

/** What a member of these groups is told. Whoever has left one sees no more of its notices. */
export function kindsOfRole(viewer: Pick<Viewer, 'groups'>): NoticeKind[] {
  const kinds: NoticeKind[] = ['unmatched', 'handed-over', 'too-large'];
  if (isAdministrator(viewer)) kinds.push('mailbox-problem', 'address-waits');
  if (isSuperAdministrator(viewer)) {
    kinds.push('owner-does-not-exist', 'sender-not-told', 'quarantined');
  }
  return kinds;
}

/**
 * Nobody switches these off: mail in quarantine may be somebody writing in another's name, and whoever
 * has taken over a session must not be able to silence that.
 */
export const ALWAYS: readonly NoticeKind[] = ['quarantined'];

/**
 * What the viewer sees and is counted for. Notices of other kinds are kept as they are: whoever
 * switches a kind on again finds what is still so.
 */
export function kindsFor(viewer: Pick<Viewer, 'groups' | 'mutedNotices'>): NoticeKind[] {
  return kindsOfRole(viewer).filter(
    (kind) => ALWAYS.includes(kind) || !viewer.mutedNotices.includes(kind),
  );
}

/** A notice of these kinds says something of its own about each subject; others are shown as one. */
export const PER_SUBJECT: readonly NoticeKind[] = [
  'handed-over',
  'owner-does-not-exist',
  'mailbox-problem',
  'address-waits',
];

/** Nothing else makes these go, so that their reader may. */
export const DISMISSIBLE: readonly NoticeKind[] = ['quarantined', 'sender-not-told'];

/** Where what a notice is about can be seen and dealt with. */
export function placeOf(kind: NoticeKind, subject: string): string {
  switch (kind) {
    case 'unmatched':
    case 'handed-over':
      return '/data-cleanup';
    case 'too-large':
      return '/inbox/too-large';
    case 'owner-does-not-exist':
      return `/admin/rejected?q=${encodeURIComponent(subject)}`;
    case 'sender-not-told':
      return '/admin/email/outgoing';
    case 'quarantined':
      return '/admin/quarantine';
    case 'address-waits':
      return `/admin/users/${subject}#addresses-title`;
    case 'mailbox-problem':
      return '/admin/email/archiving';
  }
}
