import { readDate } from '../archiving/read-date.ts';
import type { Knex } from 'knex';
import type { z } from 'zod';
import type { MessageKey } from '../http/translation.ts';
import type { Page } from '../http/pages.ts';
import { textInQuery } from '../http/query-fields.ts';
import { loadHandedOverTrace } from '../ledger/handed-over-trace.ts';
import { loadTrace } from '../ledger/trace-store.ts';
import type { TraceView } from '../ledger/trace-view.ts';
import type { Originals } from '../originals/originals.ts';
import { findPeople, type FoundPerson } from '../people/find-people.ts';
import { guessName } from '../people/guess-record.ts';
import type { Viewer } from '../shared/viewer.ts';
import { findEmail, type ShownEmail, type ShownParticipant } from './email-page-store.ts';
import { bodyQuery, loadMailBody, type MailBodyView } from './mail-body.ts';
import { findOriginal } from './original-store.ts';

/** "Whose address is this?", about a correspondent of an archived email. */
export interface WhoseView {
  readonly address: string;
  /** Of the first of its places on the email, where the question stands. */
  readonly role: ShownParticipant['role'];
  readonly query: string;
  readonly found: readonly FoundPerson[];
  readonly personId: number | null;
  readonly error: MessageKey | null;
  /** Addresses of the forms for a new record, filled in. */
  readonly newContact: string;
  readonly newLead: string;
}

export interface EmailPage extends Page {
  readonly email: ShownEmail;
  readonly body: MailBodyView;
  readonly whose: WhoseView | null;
  readonly mayDownload: boolean;
  /** Whether the archive got it at another time than it says it was sent. */
  readonly receivedApart: boolean;
  /** The date as it is written, where it cannot be read; '' where there is none. null: it was read. */
  readonly rawDate: string | null;
  /** For its owner: why it became what it is. */
  readonly trace: TraceView | null;
}

const FOUND = 8;
const HOUR = 60 * 60 * 1000;
/** What the address of the page may ask for. */
export const emailQuery = bodyQuery.extend({ who: textInQuery, q: textInQuery });
export type EmailQuery = z.infer<typeof emailQuery>;

/** The page of an email; null when the viewer may not see it. */
export async function loadEmailPage(
  deps: { readonly db: Knex; readonly originals: Originals },
  viewer: Viewer,
  id: number,
  query: EmailQuery,
): Promise<EmailPage | null> {
  const { db } = deps;
  const email = await findEmail(db, viewer, id);
  if (!email) return null;
  const [body, original, trace, whose] = await Promise.all([
    loadMailBody(deps, viewer, id, { query, here: `/emails/${id}` }),
    findOriginal(db, viewer, id),
    email.isOwn ? loadOwnTrace(db, viewer, email) : null,
    loadWhose(db, email, query),
  ]);
  if (!body) return null;
  const apart = Math.abs(email.receivedAt.getTime() - email.sentAt.getTime());
  return {
    title: email.subject === '' ? 'app.noSubject' : 'emails.title',
    titleValues: { subject: email.subject },
    section: 'emails',
    email,
    body,
    whose,
    mayDownload: original !== null,
    receivedApart: apart > HOUR,
    rawDate: rawDate(email),
    trace,
  };
}

/** Whoever got it from a colleague is told of nothing else that came in the same message. */
async function loadOwnTrace(
  db: Knex,
  viewer: Viewer,
  { inboundMessageId, handedOverBy, partPath }: ShownEmail,
): Promise<TraceView | null> {
  if (handedOverBy === null) return await loadTrace(db, viewer, inboundMessageId);
  return await loadHandedOverTrace(db, { inboundMessageId, handedOverBy, partPath });
}

async function loadWhose(
  db: Knex,
  { state, participants }: ShownEmail,
  { who, q }: EmailQuery,
): Promise<WhoseView | null> {
  const about = participants.find(({ address, linkable }) => linkable && address === who);
  if (!about || state !== 'archived') return null;
  const query = q ?? about.name;
  return {
    address: about.address,
    role: about.role,
    query,
    found: await findPeople(db, { text: query, limit: FOUND }),
    personId: null,
    error: null,
    newContact: newRecord('contacts', about),
    newLead: newRecord('leads', about),
  };
}

function newRecord(list: 'contacts' | 'leads', { name, address }: ShownParticipant): string {
  const filled = new URLSearchParams({ ...guessName(name, address), address });
  return `/${list}/new?${filled.toString()}`;
}

/**
 * Where the date could not be read, the email has the moment at which it was received: so may one that
 * came within the second in which it was sent.
 */
function rawDate({ sentAt, receivedAt, dateRaw }: ShownEmail): string | null {
  if (sentAt.getTime() !== receivedAt.getTime()) return null;
  const read = dateRaw === null ? null : readDate(dateRaw);
  return read !== null && Date.parse(read) === sentAt.getTime() ? null : (dateRaw ?? '');
}
