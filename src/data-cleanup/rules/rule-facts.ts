import type { Knex } from 'knex';
import type { Facts, NeverArchiveRule } from '../../archiving/facts.ts';
import { queryRows } from '../../db/query-rows.ts';
import { domainOf } from '../../shared/email-address.ts';

/**
 * The never-archive rules about these addresses and their domains: those for all, and those of the
 * users among the addresses, one of whom is the owner. By what they name.
 */
export async function findRulesFor(
  db: Knex,
  addresses: readonly string[],
  usersByAddress: Facts['usersByAddress'],
): Promise<Map<string, NeverArchiveRule[]>> {
  const patterns = new Set([...addresses, ...addresses.map(domainOf)]);
  const users = new Set([...usersByAddress.values()].map(({ userId }) => userId));
  const rows = await queryRows<NeverArchiveRule>(
    db,
    `select id as "ruleId", user_id as "userId", pattern from never_archive_rules
      where pattern = any(?) and (user_id is null or user_id = any(?)) order by id`,
    [[...patterns], [...users]],
  );
  const found = new Map<string, NeverArchiveRule[]>();
  for (const rule of rows) {
    const known = found.get(rule.pattern);
    if (known) known.push(rule);
    else found.set(rule.pattern, [rule]);
  }
  return found;
}
