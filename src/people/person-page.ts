import type { Knex } from 'knex';
import type { Page } from '../http/pages.ts';
import { findActiveMailbox } from '../mailbox-settings/mailbox-store.ts';
import type { Viewer } from '../shared/viewer.ts';
import { isAdministrator } from '../shared/viewer.ts';
import { countPendingMail } from './pending-mail-store.ts';
import { findPerson, type PersonRecord } from './person-store.ts';
import {
  findTimeline,
  type TimelineCopy,
  type TimelineEntry,
  type TimelineParticipant,
  type TimelinePlace,
  type TimelineQuery,
} from './timeline-store.ts';

/** A mail of the timeline, in words. */
export interface TimelineItem extends Omit<
  TimelineEntry,
  'participants' | 'recipients' | 'copies'
> {
  readonly copies: readonly (TimelineCopy & { readonly isMine: boolean })[];
  /** Who wrote it: our own side or the others. */
  readonly direction: 'sent' | 'received';
  readonly from: string;
  readonly to: readonly string[];
  /** How many more recipients there are. */
  readonly others: number;
  /** Names of those who archived it; null: the viewer. */
  readonly archivedBy: readonly (string | null)[];
}

export interface PersonPage extends Page {
  readonly person: PersonRecord;
  readonly mayDeleteForEver: boolean;
  readonly items: readonly TimelineItem[];
  /** Where the newer and older pages begin: "micros-id"; null: there are none. */
  readonly newer: string | null;
  readonly older: string | null;
  /** Emails that are still to come along with an address of very much mail. */
  readonly pending: number;
  /** What mail is sent to; null: no archive mailbox is set up. */
  readonly archiveAddress: string | null;
}

/** The page of a record; null where there is none. */
export async function loadPersonPage(
  db: Knex,
  viewer: Viewer,
  { personId, before, after }: TimelineQuery,
): Promise<PersonPage | null> {
  const person = await findPerson(db, personId);
  if (!person) return null;
  const timeline = await findTimeline(db, viewer, { personId, before, after });
  return {
    title: 'people.one',
    titleValues: { name: person.name },
    section: `${person.kind}s`,
    person,
    mayDeleteForEver: isAdministrator(viewer),
    items: timeline.entries.map((entry) => itemOf(entry, viewer)),
    newer: timeline.newer && placeText(timeline.newer),
    older: timeline.older && placeText(timeline.older),
    pending: await countPendingMail(db, viewer, personId),
    archiveAddress: (await findActiveMailbox(db))?.archive_address ?? null,
  };
}

function itemOf(
  { participants, recipients, ...entry }: TimelineEntry,
  viewer: Viewer,
): TimelineItem {
  const from = participants.find(({ role }) => role === 'from');
  const to = participants.filter(({ role }) => role !== 'from').map(nameOf);
  const owners = new Map(entry.copies.map(({ ownerId, owner }) => [ownerId, owner]));
  return {
    ...entry,
    copies: entry.copies.map((copy) => ({ ...copy, isMine: copy.ownerId === viewer.id })),
    direction: from?.kind === 'correspondent' || !from ? 'received' : 'sent',
    from: from ? nameOf(from) : '',
    to,
    others: recipients - to.length,
    archivedBy: [...owners].map(([id, name]) => (id === viewer.id ? null : name)),
  };
}

function nameOf({ name, address }: TimelineParticipant): string {
  return name || address;
}

function placeText({ micros, emailId }: TimelinePlace): string {
  return `${micros}-${emailId}`;
}

/** A place in the query of the page; null for what is none. */
export function timelinePlace(text: unknown): TimelinePlace | null {
  const parts = typeof text === 'string' ? /^(-?\d{1,17})-(\d{1,15})$/.exec(text) : null;
  const [, micros, emailId] = parts ?? [];
  if (micros === undefined || emailId === undefined) return null;
  return { micros, emailId: Number(emailId) };
}
