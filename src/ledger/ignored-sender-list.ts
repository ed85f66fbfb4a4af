import type { Knex } from 'knex';
import { containing } from '../db/like-pattern.ts';
import { queryRows } from '../db/query-rows.ts';
import { cutPage } from '../shared/cut-page.ts';

export interface IgnoredSender {
  readonly address: string;
  readonly by: string | null;
  readonly at: Date;
}

export interface IgnoredList {
  readonly rows: readonly IgnoredSender[];
  readonly earlier: boolean;
  readonly later: boolean;
}

const PAGE = 50;

/** Where a page of the list begins: after an address, or before one. */
export interface AddressPlace {
  readonly after: string | null;
  readonly before: string | null;
}

/** Senders to ignore, by address. */
export async function listIgnoredSenders(
  db: Knex,
  text: string,
  { after, before }: AddressPlace,
): Promise<IgnoredList> {
  const backwards = before !== null;
  const rows = await queryRows<IgnoredSender>(
    db,
    `select i.address, u.name as by, i.created_at as at
       from ignored_senders i left join users u on u.id = i.created_by
      where i.address like :pattern
        and (:after::text is null or i.address > :after)
        and (:before::text is null or i.address < :before)
      order by i.address ${backwards ? 'desc' : 'asc'} limit :limit`,
    { pattern: containing(text.toLowerCase()), after, before, limit: PAGE + 1 },
  );
  const { shown, earlier, later } = cutPage(rows, { size: PAGE, backwards, begun: after !== null });
  return { rows: shown, earlier, later };
}

export async function isIgnoredSender(db: Knex, address: string): Promise<boolean> {
  return (await db('ignored_senders').where({ address }).first('address')) !== undefined;
}
