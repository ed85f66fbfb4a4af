import type { Knex } from 'knex';
import { insertRecords } from '../db/insert-records.ts';
import { execute, queryRows } from '../db/query-rows.ts';
import type { PersonRow } from '../db/rows.ts';
import { visibleTo } from '../emails/visible-to.ts';
import type { Viewer } from '../shared/viewer.ts';
import type { Strength, Suggestion, SuggestionReason } from './ranking/suggestion.ts';

/** What was found for one unknown address. */
export interface FoundSuggestions {
  readonly emailId: number;
  readonly address: string;
  readonly keys: readonly string[];
  readonly suggestions: readonly Suggestion[];
}

/** Keeps what was found for these emails instead of what was kept before. */
export async function replaceSuggestions(
  trx: Knex.Transaction,
  emailIds: readonly number[],
  found: readonly FoundSuggestions[],
): Promise<void> {
  await execute(trx, 'delete from email_suggestions where email_id = any(?)', [emailIds]);
  await execute(trx, 'delete from waiting_addresses where email_id = any(?)', [emailIds]);
  await insertRecords(
    trx,
    'waiting_addresses',
    { email_id: 'bigint', address: 'text', keys: 'text[]' },
    found.map(({ emailId, address, keys }) => ({ email_id: emailId, address, keys })),
  );
  await insertRecords(
    trx,
    'email_suggestions',
    {
      email_id: 'bigint',
      address: 'text',
      rank: 'smallint',
      person_id: 'integer',
      strength: 'text',
      reasons: 'jsonb',
    },
    found.flatMap(({ emailId, address, suggestions }) =>
      suggestions.map(({ personId, strength, reasons }, index) => ({
        email_id: emailId,
        address,
        rank: index + 1,
        person_id: personId,
        strength,
        reasons,
      })),
    ),
  );
}

/** A suggestion as the page shows it. */
export interface ShownSuggestion {
  readonly id: number;
  readonly kind: PersonRow['kind'];
  readonly name: string;
  /** '' for none. */
  readonly account: string;
  readonly address: string;
  readonly strength: Strength;
  readonly reasons: readonly SuggestionReason[];
}

/**
 * Whom one unknown address of an email may belong to, the likeliest first. Who may see the email is asked
 * before. A conversation is named only while the viewer may see that email, too; where nothing else
 * speaks for a record, it is not suggested.
 */
export async function findSuggestions(
  db: Knex,
  viewer: Viewer,
  { emailId, address }: { readonly emailId: number; readonly address: string },
): Promise<ShownSuggestion[]> {
  const visible = visibleTo(viewer);
  const rows = await queryRows<ShownSuggestion & { readonly hidden: readonly number[] }>(
    db,
    `select p.id, p.kind, trim(p.first_name || ' ' || p.last_name) as name,
            coalesce(c.name, '') as account,
            coalesce((select a.address from person_addresses a where a.person_id = p.id
                       order by a.is_primary desc, a.id limit 1), '') as address,
            s.strength, s.reasons,
            coalesce((select jsonb_agg(r -> 'emailId') from jsonb_array_elements(s.reasons) r
                   where r ->> 'kind' = 'conversation' and not exists (
                         select from emails e
                          where e.id = (r ->> 'emailId')::bigint and ${visible.sql})), '[]') as hidden
       from email_suggestions s join people p on p.id = s.person_id and p.deleted_at is null
       left join accounts c on c.id = p.account_id
      where s.email_id = ? and s.address = ? and not exists (
            select from email_people u where u.email_id = s.email_id and u.person_id = p.id
               and u.unlinked_by is not null)
      order by s.rank`,
    [...visible.bindings, emailId, address],
  );
  return rows
    .map(({ hidden, ...row }) => ({
      ...row,
      reasons: row.reasons.filter(
        (reason) => reason.kind !== 'conversation' || !hidden.includes(reason.emailId),
      ),
    }))
    .filter(({ reasons }) => reasons.length > 0);
}
