import { canonicalAddress, domainOf, localPartOf } from '../shared/email-address.ts';

/** What stands in a name is cut off there; nobody reads further. */
const READ = 500;
const ADDRESS = /[^\s@"'<>(),;:[\]\\]{1,64}@[^\s@"'<>(),;:[\]\\]{1,255}/gu;

/**
 * The address that the name beside an address shows, where it is another one: many mail programs show the
 * name alone. "jane+crm@bank.test" is no other one than "jane@bank.test".
 *
 * @param address canonical
 * @returns null where the name shows none, or this one only; else canonical, the first of them
 */
export function addressInName(name: string, address: string): string | null {
  const text = name
    .slice(0, READ)
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '');
  for (const [found] of text.matchAll(ADDRESS)) {
    const shown = canonicalAddress(found.replace(/[.!?]+$/, ''));
    if (shown === null || !domainOf(shown).includes('.')) continue;
    if (withoutTag(shown) !== withoutTag(address)) return shown;
  }
  return null;
}

function withoutTag(address: string): string {
  return `${localPartOf(address).replace(/\+.*$/, '')}@${domainOf(address)}`;
}
