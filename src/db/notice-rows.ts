export type NoticeKind =
  | 'unmatched'
  | 'handed-over'
  | 'owner-does-not-exist'
  | 'quarantined'
  | 'sender-not-told'
  | 'mailbox-problem'
  | 'too-large'
  | 'address-waits';

export interface NoticeRow {
  id: number;
  user_id: number;
  kind: NoticeKind;
  subject: string;
  first_at: Date;
  last_at: Date;
  read_at: Date | null;
}
