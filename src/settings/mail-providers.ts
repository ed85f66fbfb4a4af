import type { MessageKey } from '../http/translation.ts';

/** Where a provider's server listens. */
export interface ServerPreset {
  readonly host: string;
  readonly port: number;
  readonly security: 'tls' | 'starttls';
}

export type ProviderId =
  'google' | 'microsoft' | 'fastmail' | 'zoho' | 'yahoo' | 'icloud' | 'other';

/** A mail provider that many have, as its own help pages describe its servers. */
export interface MailProvider {
  readonly id: ProviderId;
  /** A name is not translated; null: "another provider". */
  readonly name: string | null;
  readonly imap: ServerPreset | null;
  readonly smtp: ServerPreset | null;
  /** What one needs to know before signing in there. */
  readonly hint: MessageKey;
  /** The same about sending, where that is another matter. */
  readonly smtpHint: MessageKey | null;
  /** Where else its servers are, for telling the provider by a host name. */
  readonly hosts: RegExp | null;
}

const tls = (host: string, port: number) => ({ host, port, security: 'tls' }) as const;
const starttls = (host: string, port: number) => ({ host, port, security: 'starttls' }) as const;

export const MAIL_PROVIDERS: readonly MailProvider[] = [
  {
    id: 'google',
    name: 'Gmail, Google Workspace',
    imap: tls('imap.gmail.com', 993),
    smtp: tls('smtp.gmail.com', 465),
    hint: 'mailbox.hint.google',
    smtpHint: null,
    hosts: /(^|\.)(gmail|googlemail|google)\.com$/,
  },
  {
    id: 'microsoft',
    name: 'Microsoft 365, Outlook.com',
    imap: tls('outlook.office365.com', 993),
    smtp: starttls('smtp.office365.com', 587),
    hint: 'mailbox.hint.microsoft',
    smtpHint: 'outgoing.hint.microsoft',
    hosts: /(^|\.)(office365|outlook|office|hotmail)\.com$/,
  },
  {
    id: 'fastmail',
    name: 'Fastmail',
    imap: tls('imap.fastmail.com', 993),
    smtp: tls('smtp.fastmail.com', 465),
    hint: 'mailbox.hint.fastmail',
    smtpHint: null,
    hosts: /(^|\.)(fastmail|messagingengine)\.com$/,
  },
  {
    id: 'zoho',
    name: 'Zoho Mail',
    imap: tls('imappro.zoho.com', 993),
    smtp: tls('smtppro.zoho.com', 465),
    hint: 'mailbox.hint.zoho',
    smtpHint: 'outgoing.hint.zoho',
    hosts: /(^|\.)zoho(cloud)?\.(com|eu|in|jp|ca|com\.au|com\.cn)$/,
  },
  {
    id: 'yahoo',
    name: 'Yahoo Mail',
    imap: tls('imap.mail.yahoo.com', 993),
    smtp: tls('smtp.mail.yahoo.com', 465),
    hint: 'mailbox.hint.yahoo',
    smtpHint: null,
    hosts: /(^|\.)yahoo\.(com|co\.jp)$/,
  },
  {
    id: 'icloud',
    name: 'iCloud Mail',
    imap: tls('imap.mail.me.com', 993),
    smtp: starttls('smtp.mail.me.com', 587),
    hint: 'mailbox.hint.icloud',
    smtpHint: null,
    hosts: /(^|\.)(mail\.me|icloud)\.com$/,
  },
  {
    id: 'other',
    name: null,
    imap: null,
    smtp: null,
    hint: 'mailbox.hint.other',
    smtpHint: 'outgoing.hint.other',
    hosts: null,
  },
];

/** Whose server a host is; 'other' where it is nobody's of the list. */
export function providerOf(host: string): ProviderId {
  const name = host.trim().toLowerCase().replace(/\.$/, '');
  return MAIL_PROVIDERS.find(({ hosts }) => hosts?.test(name))?.id ?? 'other';
}

export function findProvider(id: unknown): MailProvider | null {
  return MAIL_PROVIDERS.find((provider) => provider.id === id) ?? null;
}
