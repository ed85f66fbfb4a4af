import type { Knex } from 'knex';

import type {
  AccountRow,
  AttachmentRow,
  AuditRow,
  EmailParticipantRow,
  EmailPersonRow,
  EmailRow,
  GroupRow,
  InboundMessageRow,
  MailboxRow,
  NoticeRow,
  OriginalChunkRow,
  OriginalRow,
  OutgoingMessageRow,
  PendingRematchRow,
  PersonAddressRow,
  PersonRow,
  PollRequestRow,
  SettingRow,
  UserAddressRow,
  UserRow,
} from './rows.ts';

/** Values to write: SQL expressions (now(), attempts + 1) are welcome wherever a value is. */
type Writable<Row> = { [Column in keyof Row]: Row[Column] | Knex.Raw };

/** `Defaulted` are the columns that the database fills in when an insert leaves them out. */
type Table<Row, Defaulted extends keyof Row> = Knex.CompositeTableType<
  Row,
  Writable<Omit<Row, Defaulted>> & Partial<Writable<Pick<Row, Defaulted>>>,
  Partial<Writable<Row>>
>;

declare module 'knex/types/tables.js' {
  interface Tables {
    users: Table<
      UserRow,
      'id' | 'password_hash' | 'time_zone' | 'language' | 'theme' | 'disabled_at' | 'created_at'
    >;
    user_addresses: Table<UserAddressRow, 'id' | 'is_primary' | 'verified_at' | 'created_at'>;
    groups: Table<GroupRow, 'id'>;
    group_members: { group_id: number; user_id: number };
    accounts: Table<AccountRow, 'id' | 'created_at'>;
    people: Table<
      PersonRow,
      'id' | 'first_name' | 'last_name' | 'account_id' | 'created_at' | 'deleted_at'
    >;
    person_addresses: Table<PersonAddressRow, 'id' | 'is_primary' | 'created_at'>;
    mailboxes: Table<
      MailboxRow,
      | 'id'
      | 'active'
      | 'aliases'
      | 'skip_uidvalidity'
      | 'skip_through_uid'
      | 'poll_seconds'
      | 'uidvalidity'
      | 'cursor_uid'
      | 'epoch'
      | 'set_up_at'
      | 'last_poll_at'
      | 'last_success_at'
      | 'problem'
      | 'problem_since'
      | 'failures'
      | 'next_try_at'
    >;
    originals: Table<OriginalRow, 'id'>;
    original_chunks: OriginalChunkRow;
    inbound_messages: Table<
      InboundMessageRow,
      Exclude<
        keyof InboundMessageRow,
        'mailbox_id' | 'uidvalidity' | 'uid' | 'epoch' | 'state' | 'size'
      >
    >;
    poll_requests: Table<
      PollRequestRow,
      'id' | 'requested_at' | 'answered_at' | 'uidvalidity' | 'uids' | 'problem'
    >;
    emails: Table<EmailRow, 'id' | 'visibility' | 'message_id' | 'date_raw' | 'created_at'>;
    email_participants: Table<EmailParticipantRow, 'linkable'>;
    email_people: Table<EmailPersonRow, 'created_at'>;
    attachments: Table<AttachmentRow, 'id' | 'inner_encoding' | 'inner_offset' | 'inner_length'>;
    pending_rematches: Table<PendingRematchRow, 'id' | 'after_email_id' | 'created_at'>;
    notices: Table<NoticeRow, 'id' | 'subject' | 'first_at' | 'last_at' | 'read_at'>;
    outgoing_messages: Table<
      OutgoingMessageRow,
      | 'id'
      | 'attempts'
      | 'created_at'
      | 'next_try_at'
      | 'sending_since'
      | 'finished_at'
      | 'response'
    >;
    settings: Table<SettingRow, 'updated_at'>;
    audit_log: Table<AuditRow, 'id' | 'at' | 'actor_id' | 'detail'>;
  }
}
