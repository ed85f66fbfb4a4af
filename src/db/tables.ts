import type { Knex } from 'knex';

import type {
  AccountRow,
  AllowedSenderRow,
  AttachmentRow,
  AuditRow,
  BulkActionRow,
  BulkEmailRow,
  BulkPersonRow,
  DecisionPersonRow,
  DecisionRow,
  DigestRow,
  EmailParticipantRow,
  EmailPersonRow,
  EmailRow,
  GroupRow,
  IgnoredSenderRow,
  InboundMessageRow,
  MailboxRow,
  NeverArchiveRuleRow,
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
  UserTokenRow,
} from './rows.ts';
import type { EmailSuggestionRow, PendingSuggestionRow } from './suggestion-rows.ts';
import type { ReprocessingMessageRow, ReprocessingRow } from './reprocessing-rows.ts';

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
      | 'id'
      | 'password_hash'
      | 'time_zone'
      | 'language'
      | 'theme'
      | 'disabled_at'
      | 'created_at'
      | 'last_sign_in_at'
      | 'session_epoch'
      | 'keyboard_shortcuts'
      | 'muted_notices'
      | 'digest_hour'
      | 'digest_since'
    >;
    user_tokens: Table<UserTokenRow, 'id' | 'address_id' | 'created_at' | 'used_at'>;
    user_addresses: Table<UserAddressRow, 'id' | 'is_primary' | 'verified_at' | 'created_at'>;
    groups: Table<GroupRow, 'id'>;
    group_members: { group_id: number; user_id: number };
    accounts: Table<AccountRow, 'id' | 'created_at'>;
    people: Table<PersonRow, Exclude<keyof PersonRow, 'kind'>>;
    person_addresses: Table<PersonAddressRow, 'id' | 'is_primary' | 'created_at' | 'decision_id'>;
    mailboxes: Table<
      MailboxRow,
      | 'id'
      | 'active'
      | 'aliases'
      | 'skip_uidvalidity'
      | 'skip_through_uid'
      | 'poll_seconds'
      | 'max_message_mb'
      | 'enabled'
      | 'backlog_total'
      | 'backlog_left'
      | 'backlog_since'
      | 'backlog_at'
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
    emails: Table<
      EmailRow,
      | 'id'
      | 'visibility'
      | 'message_id'
      | 'date_raw'
      | 'body_parts'
      | 'search_words'
      | 'about_address'
      | 'recipients_left_out'
      | 'created_at'
      | 'decision_id'
      | 'discarded_at'
      | 'handed_over_by'
    >;
    decisions: Table<
      DecisionRow,
      'id' | 'to_user_id' | 'at' | 'undone_at' | 'undone_by' | 'bulk_id'
    >;
    decision_people: Table<DecisionPersonRow, never>;
    bulk_actions: Table<
      BulkActionRow,
      'id' | 'to_user_id' | 'add_addresses' | 'state' | 'at' | 'finished_at'
    >;
    bulk_people: Table<BulkPersonRow, never>;
    bulk_emails: Table<BulkEmailRow, 'result' | 'handled_by' | 'handled_at'>;
    allowed_senders: Table<AllowedSenderRow, 'created_by' | 'created_at'>;
    ignored_senders: Table<IgnoredSenderRow, 'created_by' | 'created_at'>;
    never_archive_rules: Table<
      NeverArchiveRuleRow,
      'id' | 'user_id' | 'created_by' | 'created_at' | 'decision_id'
    >;
    email_participants: Table<EmailParticipantRow, 'linkable'>;
    email_people: Table<EmailPersonRow, 'created_at' | 'decision_id' | 'unlinked_by'>;
    email_suggestions: EmailSuggestionRow;
    pending_suggestions: Table<PendingSuggestionRow, 'attempts' | 'next_try_at'>;
    attachments: Table<AttachmentRow, 'id' | 'inner_encoding' | 'inner_offset' | 'inner_length'>;
    pending_rematches: Table<
      PendingRematchRow,
      'id' | 'after_email_id' | 'created_at' | 'decision_id'
    >;
    notices: Table<NoticeRow, 'id' | 'subject' | 'first_at' | 'last_at' | 'read_at'>;
    outgoing_messages: Table<
      OutgoingMessageRow,
      | 'id'
      | 'inbound_message_id'
      | 'digest_id'
      | 'language'
      | 'attempts'
      | 'created_at'
      | 'next_try_at'
      | 'sending_since'
      | 'finished_at'
      | 'response'
    >;
    digests: Table<DigestRow, 'id' | 'made_at'>;
    settings: Table<SettingRow, 'updated_at'>;
    reprocessings: Table<ReprocessingRow, 'id' | 'created_at' | 'state'>;
    reprocessing_messages: Table<
      ReprocessingMessageRow,
      'attempts' | 'verdict' | 'standing_then' | 'standing_now'
    >;
    audit_log: Table<AuditRow, 'id' | 'at' | 'actor_id' | 'detail'>;
  }
}
