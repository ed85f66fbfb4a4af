import type { Knex } from 'knex';
import { queryRows } from '../../db/query-rows.ts';
import type { Viewer } from '../../shared/viewer.ts';

/** How many of a user's emails wait, by the address that each is about. */
export interface WaitingByAddress {
  readonly total: number;
  /** Those with the most first; '' where no address was found. */
  readonly addresses: readonly { readonly address: string; readonly count: number }[];
  /** How many more addresses there are. */
  readonly others: number;
}

const SHOWN = 10;

/** Counts the viewer's own waiting emails; each is about the correspondent who decides. */
export async function countWaitingByAddress(db: Knex, viewer: Viewer): Promise<WaitingByAddress> {
  const rows = await queryRows<{ address: string; count: number; all: number; groups: number }>(
    db,
    `select about_address as address, count(*) as count, sum(count(*)) over ()::bigint as all,
            count(*) over () as groups
       from emails where owner_id = ? and state = 'unmatched'
      group by about_address order by count(*) desc, about_address limit ${SHOWN}`,
    [viewer.id],
  );
  const { all = 0, groups = 0 } = rows[0] ?? {};
  return {
    total: all,
    addresses: rows.map(({ address, count }) => ({ address, count })),
    others: groups - rows.length,
  };
}
