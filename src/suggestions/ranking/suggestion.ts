/** Why a record may be the one: what the page says about it. */
export type SuggestionReason =
  | {
      readonly kind: 'conversation';
      readonly emailId: number;
      readonly subject: string;
      readonly sentAt: string;
    }
  | { readonly kind: 'same-name' }
  | { readonly kind: 'similar-name' }
  /** The name stands under the mail, or in its greeting. */
  | { readonly kind: 'named-in-mail' }
  | { readonly kind: 'same-company'; readonly domain: string }
  /** The mail names the company of the record. */
  | { readonly kind: 'company-named'; readonly company: string }
  | { readonly kind: 'same-mailbox'; readonly address: string }
  | { readonly kind: 'typo'; readonly address: string; readonly letters: number }
  | { readonly kind: 'lookalike'; readonly address: string }
  | { readonly kind: 'co-recipient' }
  | { readonly kind: 'linked-lately'; readonly daysAgo: number };

export type Strength = 'strong' | 'weak';

export interface Suggestion {
  readonly personId: number;
  readonly strength: Strength;
  /** The weightiest first. */
  readonly reasons: readonly SuggestionReason[];
}

/** As many suggestions as an address gets. */
export const MAX_SUGGESTIONS = 5;
