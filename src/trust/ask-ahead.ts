import type { DnsLookup } from './dns-lookup.ts';
import { limitedLookup } from './limited-lookup.ts';

const DEADLINE_MS = 5_000;

/**
 * Asks the DNS about these names side by side, and waits some seconds for the answers. A process that
 * checks a sender then need not wait for them: silent nameservers would else hold up other mail.
 *
 * @param names in lower case
 * @returns a lookup that answers at once about these, be it that there was no answer.
 */
export async function askAhead(names: readonly string[], lookup: DnsLookup): Promise<DnsLookup> {
  const limited = limitedLookup(lookup, DEADLINE_MS);
  const known = new Map(names.map((name) => [name, limited.lookup(name, 'TXT')]));
  await Promise.allSettled(known.values());
  return async (name, type) => {
    const answer = type === 'TXT' ? known.get(name.toLowerCase()) : undefined;
    return await (answer ?? lookup(name, type));
  };
}
