import { getDomain } from 'tldts';
import { canonicalDomain } from '../shared/email-address.ts';

/**
 * Whether two domains belong to one organisation, by the public suffix list with its private part
 * (RFC 7489 section 3.1.1, relaxed): strangers live side by side below such a suffix.
 *
 * @param domain canonical
 */
export function isAligned(other: string, domain: string): boolean {
  const canonical = canonicalDomain(other.trim());
  if (canonical === null) return false;
  if (canonical === domain) return true;
  const organisation = getDomain(domain, { allowPrivateDomains: true });
  return (
    organisation !== null && organisation === getDomain(canonical, { allowPrivateDomains: true })
  );
}
