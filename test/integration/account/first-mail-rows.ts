import type { Knex } from 'knex';
import type { EmailState, Outcome } from '../../../src/shared/outcome.ts';

/** A mailbox that nobody polls. */
export async function addMailbox(db: Knex): Promise<number> {
  const [row] = await db('mailboxes')
    .insert({
      active: true,
      host: 'imap.northquay.example',
      port: 993,
      security: 'tls',
      username: 'archive@northquay.example',
      folder: 'INBOX',
      password_sealed: '',
      archive_address: 'archive@northquay.example',
      aliases: [],
      after_archiving: 'seen',
      after_folder: null,
      existing: 'skip',
    })
    .returning('id');
  return row!.id;
}

interface Message {
  readonly outcome: Outcome;
  readonly ownerId?: number;
  readonly from?: string;
  readonly subject?: string;
  readonly state?: EmailState | null;
}

let uid = 0;

/** A message with its outcome, and an email where it has a state. @returns the number of the email, or 0. */
export async function addMessage(db: Knex, mailboxId: number, message: Message): Promise<number> {
  const { outcome, ownerId = null, from = null, subject = 'Hello', state = null } = message;
  const [original] = await db('originals')
    .insert({ sha256: Buffer.alloc(32), size: 100 })
    .returning('id');
  const [row] = await db('inbound_messages')
    .insert({
      mailbox_id: mailboxId,
      uidvalidity: 1,
      uid: (uid += 1),
      epoch: 1,
      state: 'decided',
      size: 100,
      original_id: original!.id,
      reason: 'no-match',
      outcome,
      owner_id: ownerId,
      from_address: from,
      subject,
      decided_at: db.fn.now(),
    })
    .returning('id');
  if (state === null || ownerId === null) return 0;
  const [email] = await db('emails')
    .insert({
      inbound_message_id: row!.id,
      part_path: '',
      owner_id: ownerId,
      state,
      capture: 'copied',
      subject,
      sent_at: db.fn.now(),
      text: 'Hello',
      search: '',
      remark: '',
      body_parts: null,
    })
    .returning('id');
  return email!.id;
}
