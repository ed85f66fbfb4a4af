import type { Trace } from '../archiving/trace.ts';
import type { Capture, Outcome, Reason, TrustVerdict } from '../shared/outcome.ts';

export type { BulkActionRow, BulkEmailRow, BulkPersonRow, BulkResult } from './bulk-rows.ts';
export type { DecisionPersonRow, DecisionRow } from './decision-rows.ts';
export type { AttachmentRow, EmailParticipantRow, EmailPersonRow, EmailRow } from './email-rows.ts';
export type { MailboxRow } from './mailbox-row.ts';
export type { NoticeKind, NoticeRow } from './notice-rows.ts';
export type { DigestRow, OutgoingMessageRow } from './outgoing-rows.ts';
export type { UserAddressRow, UserRow, UserTokenRow } from './user-rows.ts';

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
  title: string;
  phone: string;
  note: string;
  created_by: number | null;
  created_at: Date;
  updated_at: Date;
  /** null: nobody has changed it since it was made. */
  updated_by: number | null;
  converted_at: Date | null;
  deleted_at: Date | null;
  deleted_by: number | null;
  /** The database makes it: "roe, jane". */
  sort_name: string;
  decision_id: number | null;
}

export interface PersonAddressRow {
  id: number;
  person_id: number;
  address: string;
  is_primary: boolean;
  created_at: Date;
  decision_id: number | null;
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
  /** It is fetched whatever the limit is. */
  any_size: boolean;
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
  verdict: TrustVerdict | null;
  released_by: number | null;
  dealt_with_by: number | null;
  dealt_with_at: Date | null;
}

export interface AllowedSenderRow {
  address: string;
  created_by: number | null;
  created_at: Date;
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

export interface IgnoredSenderRow {
  address: string;
  created_by: number | null;
  created_at: Date;
}

export interface NeverArchiveRuleRow {
  id: number;
  /** Whose mail it is about; null: everybody's. */
  user_id: number | null;
  /** A canonical address; without "@" a domain. */
  pattern: string;
  created_by: number | null;
  created_at: Date;
  decision_id: number | null;
}

export interface PendingRematchRow {
  id: number;
  person_id: number;
  address: string;
  after_email_id: number;
  created_at: Date;
  decision_id: number | null;
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
