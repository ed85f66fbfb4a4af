import type { SuggestionReason } from './suggestion.ts';

/** What speaks for a record, and how much. */
export interface Part {
  readonly points: number;
  readonly reason: SuggestionReason | null;
}

/** What each sign is worth: found by measuring (docs/suggestions.md). Strong begins at 50. */
export const POINTS = {
  thread: 45,
  threadOfAnother: 4,
  subject: 20,
  sameMailbox: 80,
  typo: 62,
  sameLocal: 40,
  sameDomain: 16,
  sisterDomain: 15,
  accountName: 30,
  colleague: 12,
  together: 14,
  surnameInDomain: 6,
  companyNamed: 8,
} as const;
