import type { Knex } from 'knex';

import type { ParsedAttachment } from '../archiving/parsed-mail.ts';
import { isLinkable } from '../archiving/match-correspondents.ts';
import type { PlannedEmail } from '../archiving/planned-email.ts';
import { insertRecords } from '../db/insert-records.ts';
import { queryRows } from '../db/query-rows.ts';
import { requestSuggestions } from '../suggestions/pending-store.ts';
import type { Capture } from '../shared/outcome.ts';
import { hashMessageId } from './hash-message-id.ts';
import { searchVector } from './search-vector.ts';
import { searchText, searchWords } from './search-words.ts';

/** An email that filing decided on, with what its message knows of it. */
export interface NewEmail {
  readonly inboundMessageId: number;
  readonly ownerId: number;
  readonly capture: Capture;
  /** For a mail whose own date can't be read. */
  readonly receivedAt: Date;
  readonly email: PlannedEmail;
}

/** Inserts emails with their participants, links and attachments. */
export async function insertEmails(
  trx: Knex.Transaction,
  emails: readonly NewEmail[],
): Promise<void> {
  if (emails.length === 0) return;
  const rows = emails.map(toEmailRow);
  await insertRecords(trx, 'emails', EMAIL_COLUMNS, rows, {
    search: searchVector('subject', 'search'),
  });
  const ids = await findIds(
    trx,
    emails.map((one) => one.inboundMessageId),
  );
  await insertContents(
    trx,
    emails.map((one) => ({
      ...one,
      id: ids.get(`${one.inboundMessageId} ${one.email.partPath}`) ?? missingId(one),
    })),
  );
}

/** Inserts what hangs on emails that are there. */
export async function insertContents(
  trx: Knex.Transaction,
  saved: readonly (NewEmail & { readonly id: number })[],
): Promise<void> {
  await insertRecords(
    trx,
    'email_participants',
    PARTICIPANT_COLUMNS,
    saved.flatMap(({ id, email }) =>
      email.participants.map((participant, seq) => ({ email_id: id, seq, ...participant })),
    ),
  );
  await requestSuggestions(
    trx,
    saved.filter(({ email }) => email.state === 'unmatched').map(({ id }) => id),
  );
  await insertRecords(
    trx,
    'email_people',
    LINK_COLUMNS,
    saved.flatMap(({ id, email, receivedAt }) =>
      distinctPeople(email).map(({ personId, address }) => ({
        email_id: id,
        person_id: personId,
        address,
        sent_at: sentAtOf({ email, receivedAt }),
        linked_by: 'filing',
      })),
    ),
  );
  await insertRecords(
    trx,
    'attachments',
    ATTACHMENT_COLUMNS,
    saved.flatMap(({ id, email }) =>
      email.attachments.map((attachment) => toAttachmentRow(id, attachment)),
    ),
  );
}

const EMAIL_COLUMNS = {
  inbound_message_id: 'bigint',
  part_path: 'text',
  owner_id: 'integer',
  state: 'text',
  capture: 'text',
  subject: 'text',
  message_id: 'text',
  conversation: 'bigint[]',
  date_raw: 'text',
  sent_at: 'timestamptz',
  text: 'text',
  remark: 'text',
  body_parts: 'jsonb',
  search_words: 'text',
  search: 'text',
  about_address: 'text',
  recipients_left_out: 'integer',
} as const;

const PARTICIPANT_COLUMNS = {
  email_id: 'bigint',
  seq: 'integer',
  role: 'text',
  address: 'text',
  name: 'text',
  kind: 'text',
  deciding: 'boolean',
  source: 'text',
} as const;

const LINK_COLUMNS = {
  email_id: 'bigint',
  person_id: 'integer',
  address: 'text',
  sent_at: 'timestamptz',
  linked_by: 'text',
} as const;

const ATTACHMENT_COLUMNS = {
  email_id: 'bigint',
  part_path: 'text',
  file_name: 'text',
  content_type: 'text',
  content_id: 'text',
  disposition: 'text',
  encoding: 'text',
  byte_offset: 'bigint',
  byte_length: 'bigint',
  inner_encoding: 'text',
  inner_offset: 'bigint',
  inner_length: 'bigint',
  size: 'bigint',
} as const;

export function toEmailRow({ inboundMessageId, ownerId, capture, receivedAt, email }: NewEmail) {
  const words = searchWords(email);
  return {
    inbound_message_id: inboundMessageId,
    part_path: email.partPath,
    owner_id: ownerId,
    state: email.state,
    capture,
    subject: email.subject,
    message_id: email.messageId,
    conversation: email.conversation.map(hashMessageId),
    date_raw: email.dateRaw,
    sent_at: sentAtOf({ email, receivedAt }),
    text: email.text,
    remark: email.remark,
    search_words: words,
    search: searchText(email, words),
    about_address: aboutWhom(email),
    recipients_left_out: email.recipientsLeftOut ?? 0,
    body_parts: email.bodyParts.length === 0 ? null : email.bodyParts,
  };
}

/** A clock or a zone may be wrong by so much; who dates mail later than that would stay on top. */
const MOST_AHEAD_MS = 2 * 24 * 60 * 60 * 1000;

/**
 * The Date header where it can be read, else when the server received it. So too for a mail that was
 * sent after it was received. Dates long past are believed: old mail is archived.
 */
function sentAtOf({ email, receivedAt }: Pick<NewEmail, 'email' | 'receivedAt'>): string {
  const { sentAt } = email;
  const latest = receivedAt.getTime() + MOST_AHEAD_MS;
  return sentAt === null || Date.parse(sentAt) > latest ? receivedAt.toISOString() : sentAt;
}

/** Under whose address an email is listed while it waits: who decides, else the first who can be linked. */
function aboutWhom({ participants }: PlannedEmail): string {
  const linkable = participants.filter(isLinkable);
  return (linkable.find(({ deciding }) => deciding) ?? linkable[0])?.address ?? '';
}

function toAttachmentRow(emailId: number, attachment: ParsedAttachment) {
  const { inner } = attachment;
  return {
    email_id: emailId,
    part_path: attachment.partPath,
    file_name: attachment.fileName,
    content_type: attachment.contentType,
    content_id: attachment.contentId,
    disposition: attachment.disposition,
    encoding: attachment.encoding,
    byte_offset: attachment.offset,
    byte_length: attachment.length,
    inner_encoding: inner?.encoding ?? null,
    inner_offset: inner?.offset ?? null,
    inner_length: inner?.length ?? null,
    size: attachment.size,
  };
}

async function findIds(
  trx: Knex.Transaction,
  inboundIds: readonly number[],
): Promise<Map<string, number>> {
  const rows = await trx('emails')
    .whereRaw('inbound_message_id = any(?)', [[...new Set(inboundIds)]])
    .select('id', 'inbound_message_id', 'part_path');
  return new Map(rows.map((row) => [`${row.inbound_message_id} ${row.part_path}`, row.id]));
}

/** One link per record, by the first of its addresses on the mail. */
function distinctPeople(email: PlannedEmail): PlannedEmail['links'][number][] {
  return [...new Map(email.links.toReversed().map((link) => [link.personId, link])).values()];
}

function missingId({ inboundMessageId, email }: NewEmail): never {
  throw new Error(`Part "${email.partPath}" of message ${inboundMessageId} was not stored.`);
}

/** Which of these addresses are on mail, as correspondents. */
export async function findAddressesWithMail(
  db: Knex,
  addresses: readonly string[],
): Promise<Set<string>> {
  const rows = await queryRows<{ address: string }>(
    db,
    `select a.address from unnest(?::text[]) as a(address)
      where exists (select from email_participants p
                     where p.address = a.address and p.linkable)`,
    [addresses],
  );
  return new Set(rows.map((row) => row.address));
}
