/** A conversation that the mail belongs to and that a record has mail of. */
export interface Conversation {
  readonly emailId: number;
  readonly subject: string;
  readonly sentAt: string;
  /** By the ids in its header (RFC 5322 section 3.6.4), or by nothing but a distinctive subject. */
  readonly by: 'header' | 'subject';
  /** How many records the email is on. */
  readonly people: number;
}

/** A contact or lead whom an unknown address may belong to, with what is known of both. */
export interface Candidate {
  readonly personId: number;
  readonly firstName: string;
  readonly lastName: string;
  /** Null for none. */
  readonly account: {
    readonly id: number;
    readonly name: string;
    readonly domains: readonly string[];
  } | null;
  /** Canonical. */
  readonly addresses: readonly string[];
  /** Days since this user linked an email to the record; null for never, or long ago. */
  readonly linkedDaysAgo: number | null;
  /** Newest first. */
  readonly conversations: readonly Conversation[];
  /** Archived emails that the record shares with others who are on this mail. */
  readonly together: number;
}

/** The address that asks for a record, and the mail it stands on. All of it was written by strangers. */
export interface Unknown {
  /** Canonical. */
  readonly address: string;
  readonly name: string;
  /** Whether the mail was written by the address. */
  readonly isSender: boolean;
  /** Whether the user wrote the mail, to this address alone: who is greeted is who has it. */
  readonly isOnlyRecipient: boolean;
  readonly text: string;
  /** The canonical addresses of all others on the mail. */
  readonly others: readonly string[];
}
