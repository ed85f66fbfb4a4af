export interface BulkActionRow {
  id: number;
  actor_id: number;
  kind: 'link' | 'create-leads' | 'discard' | 'hand-over';
  /** To whom they are handed over. */
  to_user_id: number | null;
  add_addresses: boolean;
  /** Being worked off, worked off, being taken back, taken back. */
  state: 'running' | 'done' | 'undoing' | 'undone';
  at: Date;
  finished_at: Date | null;
}

/** A record that the emails of a bulk action are linked to. */
export interface BulkPersonRow {
  bulk_id: number;
  person_id: number;
}

/** What became of an email; along: it was settled by the decision about another one of these. */
export type BulkResult =
  | 'done'
  | 'along'
  | 'handled'
  | 'gone'
  | 'nobody'
  | 'known'
  | 'no-person'
  | 'no-colleague'
  | 'failed';

export interface BulkEmailRow {
  bulk_id: number;
  email_id: number;
  result: BulkResult | null;
  handled_by: number | null;
  handled_at: Date | null;
}
