import type { Trace } from '../archiving/trace.ts';
import type { Capture, EmailState, Outcome, Reason } from '../shared/outcome.ts';

export interface UserRow {
  id: number;
  name: string;
  password_hash: string | null;
  time_zone: string;
  language: string;
  theme: 'auto' | 'light' | 'dark';
  disabled_at: Date | null;
  created_at: Date;
}

export interface UserAddressRow {
  id: number;
  user_id: number;
  address: string;
  is_primary: boolean;
  verified_at: Date | null;
  created_at: Date;
}

export interface GroupRow {
  id: number;
  key: string;
  name: string;
}

export interface AccountRow {
  id: number;
  name: string;
  created_at: Date;
}

export interface PersonRow {
  id: number;
  kind: 'contact' | 'lead';
  first_name: string;
  last_name: string;
  account_id: number | null;
  created_at: Date;
  deleted_at: Date | null;
}

export interface PersonAddressRow {
  id: number;
  person_id: number;
  address: string;
  is_primary: boolean;
  created_at: Date;
}

export interface MailboxRow {
  id: number;
  active: boolean;
  host: string;
  port: number;
  security: 'tls' | 'starttls' | 'none';
  username: string;
  folder: string;
  password_sealed: string;
  archive_address: string;
  aliases: string[];
  after_archiving: 'move' | 'delete' | 'seen';
  after_folder: string | null;
  existing: 'archive' | 'skip';
  skip_uidvalidity: number | null;
  skip_through_uid: number | null;
  poll_seconds: number;
  uidvalidity: number | null;
  cursor_uid: number;
  epoch: number;
  set_up_at: Date;
  last_poll_at: Date | null;
  last_success_at: Date | null;
  problem: string | null;
  problem_since: Date | null;
  failures: number;
  next_try_at: Date | null;
}

export interface OriginalRow {
  id: number;
  sha256: Buffer;
  size: number;
}

export interface OriginalChunkRow {
  original_id: number;
  seq: number;
  size: number;
  compression: 'none' | 'zstd';
  data: Buffer;
}

export type LedgerState = 'stored' | 'decided' | 'acknowledged' | 'failed' | 'gone';

export interface InboundMessageRow {
  id: number;
  mailbox_id: number;
  uidvalidity: number;
  uid: number;
  epoch: number;
  state: LedgerState;
  original_id: number | null;
  size: number;
  internal_date: Date | null;
  stored_at: Date;
  attempts: number;
  failures: number;
  next_try_at: Date | null;
  error: string | null;
  outcome: Outcome | null;
  reason: Reason | null;
  capture: Capture | null;
  owner_id: number | null;
  from_address: string | null;
  message_id: string | null;
  subject: string | null;
  fingerprint: Buffer | null;
  people_addresses: string[];
  trace: Trace | null;
  decided_at: Date | null;
  acknowledged_at: Date | null;
  acknowledgement: 'moved' | 'deleted' | 'seen' | 'left-on-server' | null;
}

export interface PollRequestRow {
  id: number;
  mailbox_id: number;
  requested_at: Date;
  answered_at: Date | null;
  uidvalidity: number | null;
  uids: number[] | null;
  problem: string | null;
}

export interface EmailRow {
  id: number;
  inbound_message_id: number;
  part_path: string;
  owner_id: number;
  state: EmailState;
  visibility: 'shared' | 'private';
  capture: Capture;
  subject: string;
  message_id: string | null;
  date_raw: string | null;
  sent_at: Date;
  text: string;
  remark: string;
  created_at: Date;
}

export interface EmailParticipantRow {
  email_id: number;
  seq: number;
  role: 'from' | 'to' | 'cc' | 'bcc' | 'reply-to' | 'resent-from';
  address: string;
  name: string;
  kind: 'correspondent' | 'colleague' | 'owner' | 'archive';
  deciding: boolean;
  source: 'header' | 'block';
  /** The database says so by kind and role: isLinkable. */
  linkable: boolean;
}

export interface EmailPersonRow {
  email_id: number;
  person_id: number;
  address: string;
  sent_at: Date;
  linked_by: 'filing' | 'rematch';
  created_at: Date;
}

type TransferEncoding = 'base64' | 'quoted-printable' | 'identity';

export interface AttachmentRow {
  id: number;
  email_id: number;
  part_path: string;
  file_name: string | null;
  content_type: string;
  content_id: string | null;
  disposition: 'attachment' | 'inline';
  encoding: TransferEncoding;
  byte_offset: number;
  byte_length: number;
  inner_encoding: TransferEncoding | null;
  inner_offset: number | null;
  inner_length: number | null;
  size: number;
}

export interface PendingRematchRow {
  id: number;
  person_id: number;
  address: string;
  after_email_id: number;
  created_at: Date;
}

export type NoticeKind =
  'unmatched' | 'owner-does-not-exist' | 'quarantined' | 'sender-not-told' | 'mailbox-problem';

export interface NoticeRow {
  id: number;
  user_id: number;
  kind: NoticeKind;
  subject: string;
  first_at: Date;
  last_at: Date;
  read_at: Date | null;
}

export interface OutgoingMessageRow {
  id: number;
  kind: 'bounce';
  state: 'pending' | 'sending' | 'sent' | 'refused' | 'expired' | 'unknown';
  recipient: string;
  inbound_message_id: number;
  attempts: number;
  created_at: Date;
  next_try_at: Date;
  expires_at: Date;
  sending_since: Date | null;
  finished_at: Date | null;
  response: string | null;
}

export interface SettingRow {
  key: string;
  value: unknown;
  updated_at: Date;
}

export interface AuditRow {
  id: number;
  at: Date;
  actor_id: number | null;
  action: string;
  detail: unknown;
}
