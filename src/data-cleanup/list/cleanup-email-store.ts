import type { Knex } from 'knex';
import { escapeLike } from '../../db/like-pattern.ts';
import { queryRows } from '../../db/query-rows.ts';
import type { AttachmentRow, EmailParticipantRow } from '../../db/rows.ts';
import { withMarks, type ParticipantMark } from '../../emails/participant-marks.ts';
import { findLinkedPeople } from '../../emails/linked-people.ts';
import { visibleTo } from '../../emails/visible-to.ts';
import type { NamedPerson } from '../../people/named-person.ts';
import type { Capture, EmailState, TrustVerdict } from '../../shared/outcome.ts';
import type { Viewer } from '../../shared/viewer.ts';
import {
  findHandOver,
  findStandingDecision,
  type HandOver,
  type StandingDecision,
} from '../decisions/standing-decision.ts';
import { NOT_TAKEN } from '../bulk/not-taken.ts';
import { PEOPLE_WITH_ADDRESS, RECORDS_WITH_ADDRESS } from '../../emails/people-with-address.ts';

/** Somebody on the email, with the records that have the address. */
export interface CleanupParticipant extends Pick<
  EmailParticipantRow,
  'role' | 'address' | 'name' | 'kind' | 'deciding' | 'linkable'
> {
  /** `wrong`: somebody has said that this record is the wrong person. */
  readonly people: readonly (NamedPerson & { readonly wrong: boolean })[];
  /** How many records count, however many are shown. */
  readonly records: number;
  readonly marks: readonly ParticipantMark[];
}

export interface CleanupEmail {
  readonly id: number;
  readonly state: EmailState;
  readonly subject: string;
  readonly capture: Capture;
  readonly sentAt: Date;
  readonly discardedAt: Date | null;
  readonly remark: string;
  /** What is known of whoever sent it to the archive; null where nobody has looked. */
  readonly verdict: TrustVerdict | null;
  /** Under which address it is listed; '' for none. */
  readonly aboutAddress: string;
  readonly participants: readonly CleanupParticipant[];
  /** All of them, however many are shown. */
  readonly participantCount: number;
  readonly attachments: readonly Pick<AttachmentRow, 'id' | 'file_name' | 'size'>[];
  /** The records it is linked to. */
  readonly links: readonly NamedPerson[];
  readonly decision: StandingDecision | null;
  /** The hand-over that brought it to the viewer; null: the viewer has sent it to the archive. */
  readonly handedOver: HandOver | null;
}

/** A page shows so many of those who are on a mail. */
const MAX_SHOWN = 100;
const MAX_COUNTED = 1000;

/** An email of the viewer's own, for the reading pane; null for any other. */
export async function findCleanupEmail(
  db: Knex,
  viewer: Viewer,
  id: number,
): Promise<CleanupEmail | null> {
  const [email] = await queryRows<
    Omit<CleanupEmail, 'participants' | 'participantCount' | 'attachments' | 'links' | 'decision'>
  >(
    db,
    `select e.id, e.state, e.subject, e.capture, e.sent_at as "sentAt", m.verdict,
            e.discarded_at as "discardedAt", e.remark, e.about_address as "aboutAddress"
       from emails e join inbound_messages m on m.id = e.inbound_message_id
      where e.id = :id and e.owner_id = :viewer`,
    { id, viewer: viewer.id },
  );
  if (!email) return null;
  const [participants, participantCount, attachments, links, decision, handedOver] =
    await Promise.all([
      findParticipants(db, id),
      countParticipants(db, id),
      db('attachments')
        .where({ email_id: id })
        .orderBy('id')
        .limit(MAX_SHOWN)
        .select('id', 'file_name', 'size'),
      findLinkedPeople(db, id, MAX_SHOWN),
      findStandingDecision(db, viewer, id),
      findHandOver(db, id),
    ]);
  return { ...email, participants, participantCount, attachments, links, decision, handedOver };
}

/**
 * Those who matter to a decision before the others, but shown in the order of the mail. Of blind copies
 * only whoever sent the mail to the archive knows.
 */
async function findParticipants(db: Knex, emailId: number): Promise<CleanupParticipant[]> {
  const found = await queryRows<Omit<CleanupParticipant, 'marks'>>(
    db,
    `select q.role, q.address, q.name, q.kind, q.deciding, q.linkable,
            ${PEOPLE_WITH_ADDRESS} as people, ${RECORDS_WITH_ADDRESS} as records
       from (select p.* from email_participants p join emails e on e.id = p.email_id
              where p.email_id = ? and (p.role <> 'bcc' or e.handed_over_by is null)
              order by p.deciding desc, p.linkable desc, p.seq limit ${MAX_SHOWN}) q
      order by q.seq`,
    [emailId],
  );
  return await withMarks(db, found);
}

async function countParticipants(db: Knex, emailId: number): Promise<number> {
  const [row] = await queryRows<{ count: number }>(
    db,
    `select count(*) as count from email_participants p join emails e on e.id = p.email_id
      where p.email_id = ? and (p.role <> 'bcc' or e.handed_over_by is null)`,
    [emailId],
  );
  return row?.count ?? 0;
}

/** Other mail with the address that would come along with the email, as far as the viewer may see it. */
export async function countWithAddress(
  db: Knex,
  viewer: Viewer,
  { emailId, address }: { readonly emailId: number; readonly address: string },
): Promise<number> {
  const visible = visibleTo(viewer);
  const [row] = await queryRows<{ count: number }>(
    db,
    `select count(*) as count from (
       select from emails e
        where e.id <> ? and e.state <> 'discarded' and ${visible.sql}
          and exists (select from email_participants p
                       where p.email_id = e.id and p.address = ? and p.linkable)
        limit ${MAX_COUNTED}) s`,
    [emailId, ...visible.bindings, address],
  );
  return row?.count ?? 0;
}

/** The account of most records that have an address in this domain; null where there is none. */
export async function findAccountOfDomain(db: Knex, domain: string): Promise<string | null> {
  const pattern = `%@${escapeLike(domain)}`;
  const [row] = await queryRows<{ name: string }>(
    db,
    `select c.name from (select person_id from person_addresses where address like ? limit 200) a
       join people p on p.id = a.person_id and p.deleted_at is null
       join accounts c on c.id = p.account_id
      group by c.id, c.name order by count(*) desc, c.id limit 1`,
    [pattern],
  );
  return row?.name ?? null;
}

/** Other emails of the viewer's that wait under the same address, and that no bulk action has taken. */
export async function countAlike(
  db: Knex,
  viewer: Viewer,
  { id, aboutAddress }: Pick<CleanupEmail, 'id' | 'aboutAddress'>,
): Promise<number> {
  if (aboutAddress === '') return 0;
  const [row] = await queryRows<{ count: number }>(
    db,
    `select count(*) as count from emails
      where owner_id = :viewer and state = 'unmatched' and about_address = :address and id <> :id
        and ${NOT_TAKEN}`,
    { viewer: viewer.id, address: aboutAddress, id },
  );
  return row?.count ?? 0;
}
