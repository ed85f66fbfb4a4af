/** What a case is about. A few cases touch two themes; they stand where their difficulty lies. */
export const THEMES = [
  'conversation',
  'name-forms',
  'other-scripts',
  'typos',
  'same-domain',
  'free-mail',
  'co-recipients',
  'linked-lately',
  'homonyms',
  'role-addresses',
  'nobody',
  'hostile',
  'crowded',
] as const;

export type Theme = (typeof THEMES)[number];

/**
 * An address that waits in a user's Data Cleanup, the CRM at that moment, and the person whom somebody
 * who knows these people would pick. A mail with several unknown addresses is one case for each of
 * them, or one case that asks about one of them and has the rest among `others`.
 */
export interface SuggestionCase {
  /** Unique over all themes; begins with the theme. */
  readonly id: string;
  readonly theme: Theme;
  /** Never looked at while the ranking is improved: the measure of what it does to mail unseen. */
  readonly heldOut: boolean;
  /** Why a person would say so. */
  readonly why: string;
  readonly user: Mailbox;
  /** The address asked about. No record has it. */
  readonly unmatched: Participant;
  readonly mail: CaseMail;
  /** All others on the mail, the user among them. Some are in the CRM, some are not. */
  readonly others: readonly Participant[];
  readonly people: readonly KnownPerson[];
  readonly accounts: readonly KnownAccount[];
  /** Emails in the archive that the user may see. */
  readonly archived: readonly ArchivedEmail[];
  /**
   * The id of the person who should stand first. `none`: the address is nobody's whom the CRM knows,
   * so the list is empty or holds weak suggestions only.
   */
  readonly expected: string;
  /** May stand first as well: people whom nothing in the case tells apart from the expected one. */
  readonly alsoAcceptable: readonly string[];
}

export interface Mailbox {
  readonly name: string;
  readonly address: string;
}

export interface Participant extends Mailbox {
  readonly role: 'from' | 'to' | 'cc';
}

export interface CaseMail {
  readonly subject: string;
  /** ISO 8601 in UTC. */
  readonly sentAt: string;
  readonly text: string;
  /** With angle brackets, as all three are in a header. */
  readonly messageId: string;
  readonly inReplyTo: string | null;
  readonly references: readonly string[];
}

export interface KnownPerson {
  readonly id: string;
  readonly kind: 'contact' | 'lead';
  readonly firstName: string;
  readonly lastName: string;
  /** The id of an account. */
  readonly account: string | null;
  readonly addresses: readonly string[];
  /** Null: this user never linked an email to the person. */
  readonly lastLinkedByThisUserDaysAgo: number | null;
}

export interface KnownAccount {
  readonly id: string;
  readonly name: string;
  readonly domains: readonly string[];
}

export interface ArchivedEmail {
  readonly messageId: string;
  readonly references: readonly string[];
  readonly subject: string;
  /** ISO 8601 in UTC. */
  readonly sentAt: string;
  /** Ids of the people on whose records it is. */
  readonly people: readonly string[];
  readonly participants: readonly Participant[];
}
