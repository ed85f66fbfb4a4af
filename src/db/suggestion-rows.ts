/** What a suggestion says is in src/suggestions/ranking. */
export interface EmailSuggestionRow {
  email_id: number;
  address: string;
  rank: number;
  person_id: number;
  strength: 'strong' | 'weak';
  reasons: unknown;
}

/** A waiting email for which suggestions are to be worked out. */
export interface PendingSuggestionRow {
  email_id: number;
  attempts: number;
  next_try_at: Date;
}
