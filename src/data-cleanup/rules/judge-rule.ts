import { canonicalAddress, canonicalDomain } from '../../shared/email-address.ts';
import { isFreeMail } from '../../shared/free-mail.ts';

/** What somebody typed as a never-archive rule: a canonical address or domain, or what is wrong with it. */
export type RuleJudgement =
  | { readonly kind: 'rule'; readonly pattern: string }
  /** Neither an address nor a domain. */
  | { readonly kind: 'no-pattern' }
  /** Anybody may have an address in this domain. */
  | { readonly kind: 'free-mail'; readonly domain: string };

/** "jane@client.example", "client.example" and "@client.example" are rules; "gmail.com" is none. */
export function judgeRule(typed: string): RuleJudgement {
  const text = typed.trim();
  const address = canonicalAddress(text);
  if (address !== null) return { kind: 'rule', pattern: address };
  const domain = canonicalDomain(text.replace(/^@/, ''));
  // A name without a dot is no domain that mail comes from, but a slip.
  if (domain === null || !domain.includes('.') || domain.startsWith('[')) {
    return { kind: 'no-pattern' };
  }
  return isFreeMail(domain) ? { kind: 'free-mail', domain } : { kind: 'rule', pattern: domain };
}
