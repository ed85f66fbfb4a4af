import type { Knex } from 'knex';
import { ARCHIVE } from '../stories/users.ts';

const IDENTITY = {
  host: 'imap.quayside.example',
  port: 993,
  username: 'archive',
  folder: 'INBOX',
} as const;

/**
 * The mailbox that the stories' mail came from. It is not the active one, since no server answers
 * under its name, and takes no other mailbox's place.
 */
export async function ensureSeedMailbox(db: Knex, setUpAt: Date): Promise<number> {
  await db('mailboxes')
    .insert({
      ...IDENTITY,
      active: false,
      security: 'tls',
      password_sealed: '',
      archive_address: ARCHIVE.address,
      after_archiving: 'move',
      after_folder: 'Archived',
      existing: 'archive',
      set_up_at: setUpAt,
    })
    .onConflict(['host', 'port', 'username', 'folder'])
    .ignore();
  const row = await db('mailboxes').where(IDENTITY).first('id');
  if (!row) throw new Error('The mailbox of the stories is missing.');
  return row.id;
}
