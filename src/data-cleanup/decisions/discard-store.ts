import type { Knex } from 'knex';
import { execute, queryRows } from '../../db/query-rows.ts';
import type { Viewer } from '../../shared/viewer.ts';

/** The address of participant `p`, or its domain, is under one of the owner's rules, or `:pattern`. */
const IS_RULED = `(
  p.address = :pattern or split_part(p.address, '@', -1) = :pattern
  or exists (select from never_archive_rules r
              where r.pattern in (p.address, split_part(p.address, '@', -1))
                and (r.user_id is null or r.user_id = e.owner_id)))`;

/** The pattern, and whatever the owner's mail is under a rule about already. */
const PATTERNS = `array(
  select :pattern union
  select pattern from never_archive_rules where user_id is null or user_id = :viewer)`;

/**
 * What a new rule about `:pattern` takes along: waiting emails on which it names somebody who decides,
 * and rules name everybody who does. As filing judges: applyRules. An email is about one of those who
 * decide, and by that it is found.
 */
const IS_KEPT_OUT = `
  e.owner_id = :viewer and e.state = 'unmatched'
  and (e.about_address = any(${PATTERNS}) or split_part(e.about_address, '@', -1) = any(${PATTERNS}))
  and (select bool_or(p.address = :pattern or split_part(p.address, '@', -1) = :pattern)
              and bool_and(${IS_RULED})
         from email_participants p where p.email_id = e.id and p.deciding)`;

export interface RuledDiscard {
  readonly emailId: number;
  readonly pattern: string;
}

/** Locks the email, and the others that the rule takes along, in the order in which all do. */
export async function lockWithRuled(
  trx: Knex.Transaction,
  viewer: Viewer,
  { emailId, pattern }: RuledDiscard,
): Promise<void> {
  await execute(
    trx,
    `with locked as (
       select e.id from emails e
        where e.owner_id = :viewer and (e.id = :emailId or (${IS_KEPT_OUT})) order by e.id for update)
     select count(*) from locked`,
    { viewer: viewer.id, emailId, pattern },
  );
}

/** Discards the waiting email, and with a rule what it takes along. @returns how many. */
export async function discardWaiting(
  trx: Knex.Transaction,
  viewer: Viewer,
  {
    emailId,
    pattern,
    decisionId,
  }: { readonly emailId: number; readonly pattern: string | null; readonly decisionId: number },
): Promise<number> {
  const others = pattern === null ? 'false' : `(${IS_KEPT_OUT})`;
  return await execute(
    trx,
    `update emails e set state = 'discarded', discarded_at = now(), decision_id = :decisionId
      where e.state = 'unmatched' and (e.id = :emailId or ${others})`,
    { viewer: viewer.id, emailId, decisionId, ...(pattern === null ? {} : { pattern }) },
  );
}

/** How many other waiting emails a rule about this would take along. */
export async function countKeptOut(
  db: Knex,
  viewer: Viewer,
  { emailId, pattern }: RuledDiscard,
): Promise<number> {
  const [row] = await queryRows<{ count: number }>(
    db,
    `select count(*) as count from (
       select from emails e where e.id <> :emailId and ${IS_KEPT_OUT} limit 1000) s`,
    { viewer: viewer.id, emailId, pattern },
  );
  return row?.count ?? 0;
}
