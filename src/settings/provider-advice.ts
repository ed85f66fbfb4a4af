import type { MessageKey } from '../http/translation.ts';
import type { MailboxProblemCode } from '../imap/mailbox.ts';
import { providerOf, type ProviderId } from './mail-providers.ts';

/** What a refused sign-in mostly means at each provider. */
const ON_PASSWORD: Readonly<Record<Exclude<ProviderId, 'other'>, MessageKey>> = {
  google: 'mailbox.advice.google',
  microsoft: 'mailbox.advice.microsoft',
  fastmail: 'mailbox.advice.fastmail',
  zoho: 'mailbox.advice.zoho',
  yahoo: 'mailbox.advice.yahoo',
  icloud: 'mailbox.advice.icloud',
};

/** More about a failure than the server tells, where the provider is known for it; null: nothing. */
export function providerAdvice(host: string, code: MailboxProblemCode): MessageKey | null {
  const provider = providerOf(host);
  if (provider === 'other') return null;
  if (code === 'password' || code === 'login-disabled') return ON_PASSWORD[provider];
  if (code === 'folder-refused' && provider === 'microsoft')
    return 'mailbox.advice.microsoftFolder';
  if (code === 'unavailable' && provider === 'google') return 'mailbox.advice.googleLimit';
  return null;
}
