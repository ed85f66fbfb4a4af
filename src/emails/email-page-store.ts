import type { Knex } from 'knex';
import { queryRows } from '../db/query-rows.ts';
import type { AttachmentRow, EmailParticipantRow, EmailRow } from '../db/rows.ts';
import type { NamedPerson } from '../people/named-person.ts';
import type { TrustVerdict } from '../shared/outcome.ts';
import type { Viewer } from '../shared/viewer.ts';
import { findLinkedPeople } from './linked-people.ts';
import { visibleTo } from './visible-to.ts';
import { withMarks, type ParticipantMark } from './participant-marks.ts';
import { PEOPLE_WITH_ADDRESS } from './people-with-address.ts';

/** Somebody on the email, with the records that have the address. */
export interface ShownParticipant extends Pick<
  EmailParticipantRow,
  'role' | 'address' | 'name' | 'kind' | 'linkable'
> {
  /** `wrong`: somebody has said that this record is the wrong person. */
  readonly people: readonly (NamedPerson & { readonly wrong: boolean })[];
  readonly marks: readonly ParticipantMark[];
}

export interface ShownEmail extends Pick<
  EmailRow,
  'id' | 'state' | 'visibility' | 'capture' | 'subject' | 'remark'
> {
  readonly messageId: string | null;
  readonly inboundMessageId: number;
  readonly partPath: string;
  /** The decision that brought it to its owner; null: the owner has sent it to the archive. */
  readonly handedOverBy: number | null;
  readonly ownerId: number;
  readonly owner: string;
  readonly sentAt: Date;
  /** When the archive mailbox got it. */
  readonly receivedAt: Date;
  readonly dateRaw: string | null;
  readonly archivedAt: Date;
  /** Whether it is a block in the text of a forward: its formatted body is that of the whole forward. */
  readonly fromBlock: boolean;
  readonly isOwn: boolean;
  readonly participants: readonly ShownParticipant[];
  /** All of them, however many are shown. */
  readonly participantCount: number;
  /** Recipients of a mail to very many that are not kept. */
  readonly recipientsLeftOut: number;
  readonly attachments: readonly Pick<
    AttachmentRow,
    'id' | 'file_name' | 'content_type' | 'size'
  >[];
  readonly attachmentCount: number;
  /** What is known of whoever sent it to the archive; null where nobody has looked. */
  readonly verdict: TrustVerdict | null;
  readonly verdictWhy: string | null;
  /** The records it is linked to. */
  readonly links: readonly NamedPerson[];
}

/** A page shows so many of those who are on a mail, of its files and of its records. */
const MAX_SHOWN = 100;

/** An email that the viewer may see; null for any other. */
export async function findEmail(db: Knex, viewer: Viewer, id: number): Promise<ShownEmail | null> {
  const visible = visibleTo(viewer);
  const [email] = await queryRows<
    Omit<ShownEmail, 'participants' | 'attachments' | 'attachmentCount' | 'links'>
  >(
    db,
    `select e.id, e.state, e.visibility, e.capture, e.subject, e.remark, e.message_id as "messageId",
            e.inbound_message_id as "inboundMessageId", e.owner_id as "ownerId", e.part_path as "partPath", e.handed_over_by as "handedOverBy", u.name as owner,
            e.sent_at as "sentAt", coalesce(m.internal_date, m.stored_at) as "receivedAt",
            e.date_raw as "dateRaw", e.recipients_left_out as "recipientsLeftOut", e.created_at as "archivedAt", e.owner_id = ? as "isOwn", m.verdict,
            (select s ->> 'why' from jsonb_array_elements(m.trace -> 'steps') s
              where s ->> 'step' = 'trust' limit 1) as "verdictWhy",
            exists (select from email_participants p
                     where p.email_id = e.id and p.source = 'block') as "fromBlock",
            (select count(*) from email_participants p where p.email_id = e.id
                and (p.role <> 'bcc' or (e.owner_id = ? and e.handed_over_by is null))) as "participantCount"
       from emails e join users u on u.id = e.owner_id
       join inbound_messages m on m.id = e.inbound_message_id
      where e.id = ? and ${visible.sql}`,
    [viewer.id, viewer.id, id, ...visible.bindings],
  );
  if (!email) return null;
  const [participants, attachments, attachmentCount, links] = await Promise.all([
    findParticipants(db, id, email.isOwn && email.handedOverBy === null),
    db('attachments')
      .where({ email_id: id })
      .orderBy('id')
      .limit(MAX_SHOWN)
      .select('id', 'file_name', 'content_type', 'size'),
    countAttachments(db, id),
    findLinkedPeople(db, id, MAX_SHOWN),
  ]);
  return { ...email, participants, attachments, attachmentCount, links };
}

/** The sender and those who may be linked before the others, but shown in the order of the mail. */
async function findParticipants(
  db: Knex,
  emailId: number,
  withBcc: boolean,
): Promise<ShownParticipant[]> {
  const found = await queryRows<Omit<ShownParticipant, 'marks'>>(
    db,
    `select q.role, q.address, q.name, q.kind, q.linkable,
            ${PEOPLE_WITH_ADDRESS} as people
       from (select * from email_participants where email_id = ? and (role <> 'bcc' or ?)
              order by role = 'from' desc, linkable desc, seq limit ${MAX_SHOWN}) q
      order by q.seq`,
    [emailId, withBcc],
  );
  return await withMarks(db, found);
}

async function countAttachments(db: Knex, emailId: number): Promise<number> {
  const [row] = await queryRows<{ count: number }>(
    db,
    'select count(*) as count from attachments where email_id = ?',
    [emailId],
  );
  return row?.count ?? 0;
}
