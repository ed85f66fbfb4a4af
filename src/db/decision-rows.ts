export interface DecisionRow {
  id: number;
  actor_id: number;
  kind: 'link' | 'create-contact' | 'create-lead' | 'discard' | 'unlink' | 'hand-over';
  email_id: number;
  at: Date;
  /** Of a hand-over: the colleague. */
  to_user_id: number | null;
  undone_at: Date | null;
  undone_by: number | null;
  /** What was decided about many emails at once. */
  bulk_id: number | null;
}

/** A record that a decision is about. */
export interface DecisionPersonRow {
  decision_id: number;
  person_id: number;
  /** As which correspondent of the email; '' where it names none. */
  address: string;
}
