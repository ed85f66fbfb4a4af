import type { BodyPart } from '../archiving/parsed-mail.ts';
import type { Side } from '../archiving/planned-email.ts';
import type { Capture, EmailState } from '../shared/outcome.ts';

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
  /** What its formatted body is made of; null where there is no HTML. */
  body_parts: readonly BodyPart[] | null;
  search_words: string;
  /** A tsvector, of the subject, the search words and the text. */
  search: string;
  /** The correspondent who decides, or the next best; '' for none. */
  about_address: string;
  recipients_left_out: number;
  created_at: Date;
  /** The decision that brought it into its state. */
  decision_id: number | null;
  discarded_at: Date | null;
  /** The decision that made its owner the owner; null: the one who sent it to the archive. */
  handed_over_by: number | null;
}

export interface EmailParticipantRow {
  email_id: number;
  seq: number;
  role: 'from' | 'to' | 'cc' | 'bcc' | 'reply-to' | 'resent-from';
  address: string;
  name: string;
  kind: Side;
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
  linked_by: 'filing' | 'rematch' | 'decision';
  created_at: Date;
  decision_id: number | null;
  /** The decision that said "wrong person"; the link counts no more, and keeps a new one away. */
  unlinked_by: number | null;
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
