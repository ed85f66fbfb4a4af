/** What a mail to a person about their account is for. */
export type AccountMailKind = 'invitation' | 'password-reset' | 'address' | 'password-changed';

export interface AccountMail {
  readonly kind: AccountMailKind;
  /** Whose account it is about. */
  readonly userId: number;
  /** Canonical. */
  readonly to: string;
  /** Who is addressed. */
  readonly name: string;
  /** Holds a secret: it stands in the mail, and nowhere else. */
  readonly link: string;
}
