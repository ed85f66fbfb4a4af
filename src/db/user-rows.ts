import type { NoticeKind } from './notice-rows.ts';

export interface UserRow {
  id: number;
  name: string;
  password_hash: string | null;
  time_zone: string;
  language: string;
  theme: 'auto' | 'light' | 'dark';
  disabled_at: Date | null;
  created_at: Date;
  last_sign_in_at: Date | null;
  session_epoch: number;
  keyboard_shortcuts: boolean;
  muted_notices: NoticeKind[];
  /** Of the user's clock; null: no digest is wanted. */
  digest_hour: number | null;
  digest_since: Date | null;
}

export interface UserTokenRow {
  id: number;
  kind: 'invitation' | 'password-reset' | 'address';
  user_id: number;
  address_id: number | null;
  token_hash: Buffer;
  created_at: Date;
  expires_at: Date;
  used_at: Date | null;
}

export interface UserAddressRow {
  id: number;
  user_id: number;
  address: string;
  is_primary: boolean;
  verified_at: Date | null;
  created_at: Date;
}
