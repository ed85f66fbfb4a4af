import type { Knex } from 'knex';
import type { ParsedAttachment } from '../archiving/parsed-mail.ts';
import { queryRows } from '../db/query-rows.ts';
import type { AttachmentRow } from '../db/rows.ts';
import type { Originals } from '../originals/originals.ts';
import { decodeTransfer } from './decode-transfer.ts';

export type AttachmentPlace = Pick<
  AttachmentRow,
  | 'email_id'
  | 'encoding'
  | 'byte_offset'
  | 'byte_length'
  | 'inner_encoding'
  | 'inner_offset'
  | 'inner_length'
>;

/**
 * The content of an attachment, cut out of the original and decoded, in parts. Who may see it is asked
 * before.
 *
 * @throws {Error} when the original is no longer stored.
 */
export async function* readAttachment(
  originals: Originals,
  db: Knex,
  attachment: AttachmentPlace,
): AsyncGenerator<Buffer> {
  const originalId = await findOriginal(db, attachment.email_id);
  const { byte_offset, byte_length, encoding } = attachment;
  const slice = originals.slice(db, originalId, byte_offset, byte_length);
  const decoded = decodeTransfer(slice, encoding);
  const inner = innerOf(attachment);
  if (inner === null) yield* decoded;
  else yield* decodeTransfer(cut(decoded, inner.offset, inner.length), inner.encoding);
}

async function findOriginal(db: Knex, emailId: number): Promise<number> {
  const [row] = await queryRows<{ original_id: number | null }>(
    db,
    `select m.original_id from emails e join inbound_messages m on m.id = e.inbound_message_id
      where e.id = ?`,
    [emailId],
  );
  const originalId = row?.original_id ?? null;
  if (originalId === null) throw new Error(`The original of email ${emailId} is no longer stored.`);
  return originalId;
}

function innerOf(attachment: AttachmentPlace): ParsedAttachment['inner'] {
  const { inner_encoding: encoding, inner_offset: offset, inner_length: length } = attachment;
  if (encoding === null || offset === null || length === null) return null;
  return { encoding, offset, length };
}

/** `length` bytes from `offset`. What comes after them is not asked for. */
async function* cut(
  source: AsyncIterable<Buffer>,
  offset: number,
  length: number,
): AsyncGenerator<Buffer> {
  const end = offset + length;
  let at = 0;
  if (length === 0) return;
  for await (const chunk of source) {
    const part = chunk.subarray(Math.max(0, offset - at), Math.max(0, end - at));
    if (part.length > 0) yield part;
    at += chunk.length;
    if (at >= end) return;
  }
}
