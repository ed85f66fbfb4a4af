import type { Knex } from 'knex';
import { execute, queryRows } from '../../db/query-rows.ts';
import { escapeLike } from '../../db/like-pattern.ts';
import { findArchiveAddresses } from '../../mailbox-settings/mailbox-store.ts';
import { readOutgoingFrom } from '../../outgoing/outgoing-settings.ts';
import { cutPage } from '../../shared/cut-page.ts';
import { domainOf } from '../../shared/email-address.ts';

/** Whose mail rules are about: a user's, or everybody's. */
export type RuleScope = number | 'all';

/** Where a page of the list begins; both null for the newest. */
interface RulePlace {
  readonly before: number | null;
  readonly after: number | null;
}

/** A never-archive rule in the list. */
export interface ListedRule {
  readonly id: number;
  readonly pattern: string;
  readonly by: string | null;
  readonly at: Date;
}

export interface RuleList {
  readonly rows: readonly ListedRule[];
  readonly newer: boolean;
  readonly older: boolean;
}

const PAGE = 50;

const IN_SCOPE = '(r.user_id = :user or (:user::integer is null and r.user_id is null))';

/** The rules of that scope, newest first. */
export async function listRules(
  db: Knex,
  scope: RuleScope,
  { before, after }: RulePlace,
): Promise<RuleList> {
  const backwards = after !== null;
  const rows = await queryRows<ListedRule>(
    db,
    `select r.id, r.pattern, u.name as by, r.created_at as at
       from never_archive_rules r left join users u on u.id = r.created_by
      where ${IN_SCOPE}
        and (:before::bigint is null or r.id < :before) and (:after::bigint is null or r.id > :after)
      order by r.id ${backwards ? 'asc' : 'desc'} limit :limit`,
    { user: userOf(scope), before, after, limit: PAGE + 1 },
  );
  const page = cutPage(rows, { size: PAGE, backwards, begun: before !== null });
  return { rows: page.shown, newer: page.earlier, older: page.later };
}

/** How many rules there are for all users: a user is told that there are others. */
export async function countRules(db: Knex, scope: RuleScope): Promise<number> {
  const [row] = await queryRows<{ count: number }>(
    db,
    `select count(*) as count from never_archive_rules r where ${IN_SCOPE}`,
    { user: userOf(scope) },
  );
  return row?.count ?? 0;
}

/** @returns false where the rule is there already. */
export async function insertRule(
  trx: Knex.Transaction,
  scope: RuleScope,
  rule: { readonly pattern: string; readonly by: number; readonly decisionId: number | null },
): Promise<boolean> {
  const made = await execute(
    trx,
    `insert into never_archive_rules (user_id, pattern, created_by, decision_id)
     values (?, ?, ?, ?) on conflict do nothing`,
    [userOf(scope), rule.pattern, rule.by, rule.decisionId],
  );
  return made > 0;
}

/** @returns what the rule named; null for one that is not of that scope, or gone. */
export async function deleteRule(
  trx: Knex.Transaction,
  scope: RuleScope,
  id: number,
): Promise<string | null> {
  const [row] = await trx('never_archive_rules')
    .where({ id, user_id: userOf(scope) })
    .delete()
    .returning('pattern');
  return row?.pattern ?? null;
}

/** Whether this would keep out the archive itself, its outgoing mail, or a user. */
export async function coversOurSide(db: Knex, pattern: string): Promise<boolean> {
  const own = [...(await findArchiveAddresses(db)), await readOutgoingFrom(db)];
  if (own.some((one) => one !== null && (one === pattern || domainOf(one) === pattern)))
    return true;
  const rows = await queryRows(
    db,
    `select from user_addresses where address = ? or (? and address like ?) limit 1`,
    [pattern, !pattern.includes('@'), `%@${escapeLike(pattern)}`],
  );
  return rows.length > 0;
}

function userOf(scope: RuleScope): number | null {
  return scope === 'all' ? null : scope;
}
