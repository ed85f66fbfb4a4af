import type { Knex } from 'knex';
import { queryRows } from '../db/query-rows.ts';
import type { PersonRow } from '../db/rows.ts';
import { cutPage } from '../shared/cut-page.ts';

/** A record in the bin. */
export interface BinnedPerson {
  readonly id: number;
  readonly kind: PersonRow['kind'];
  readonly name: string;
  /** '' for none. */
  readonly account: string;
  readonly address: string;
  readonly deletedAt: Date;
  readonly deletedBy: string | null;
}

export interface Bin {
  readonly rows: readonly BinnedPerson[];
  /** Whether others were deleted after and before these. */
  readonly newer: boolean;
  readonly older: boolean;
}

const PAGE = 25;

/** A page of the bin, what was deleted last first. A place that has gone leads to the first page. */
export async function listBin(
  db: Knex,
  { before, after }: { readonly before: number | null; readonly after: number | null },
): Promise<Bin> {
  const at = after ?? before;
  const place = at === null ? undefined : await findPlace(db, at);
  const backwards = place !== undefined && after !== null;
  const [beyond, order] = backwards ? ['>', 'asc'] : ['<', 'desc'];
  const rows = await queryRows<BinnedPerson>(
    db,
    `select p.id, p.kind, trim(p.first_name || ' ' || p.last_name) as name,
            coalesce(c.name, '') as account, p.deleted_at as "deletedAt", u.name as "deletedBy",
            coalesce((select a.address from person_addresses a where a.person_id = p.id
                       order by a.is_primary desc, a.id limit 1), '') as address
       from people p
       left join accounts c on c.id = p.account_id
       left join users u on u.id = p.deleted_by
      where p.deleted_at is not null
        ${place ? `and (p.deleted_at, p.id) ${beyond} (:at::timestamptz, :id)` : ''}
      order by p.deleted_at ${order}, p.id ${order} limit :limit`,
    { ...place, limit: PAGE + 1 },
  );
  const page = cutPage(rows, { size: PAGE, backwards, begun: place !== undefined });
  return { rows: page.shown, newer: page.earlier, older: page.later };
}

/** As text: a Date has no microseconds. */
async function findPlace(
  db: Knex,
  id: number,
): Promise<{ readonly at: string; readonly id: number } | undefined> {
  const rows = await queryRows<{ at: string; id: number }>(
    db,
    'select deleted_at::text as at, id from people where id = ? and deleted_at is not null',
    [id],
  );
  return rows[0];
}
