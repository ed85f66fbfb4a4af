import type { BounceLanguage } from '../archiving/likely-language.ts';

export interface OutgoingMessageRow {
  id: number;
  kind: 'bounce' | 'digest' | 'invitation';
  state: 'pending' | 'sending' | 'sent' | 'refused' | 'expired' | 'unknown';
  recipient: string;
  /** What the recipient is likely to read; null where nobody looked, or a setting tells. */
  language: BounceLanguage | null;
  /** Of a bounce. */
  inbound_message_id: number | null;
  digest_id: number | null;
  /** Whom an invitation invites. */
  user_id: number | null;
  attempts: number;
  created_at: Date;
  next_try_at: Date;
  expires_at: Date;
  sending_since: Date | null;
  finished_at: Date | null;
  response: string | null;
}

/** A user's day that was decided about: a digest of it is on its way, or there was nothing to tell. */
export interface DigestRow {
  id: number;
  user_id: number;
  /** "2026-11-26", on the user's calendar. */
  local_date: string;
  made_at: Date;
}
