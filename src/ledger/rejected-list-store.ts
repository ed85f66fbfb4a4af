import type { Knex } from 'knex';
import { containing } from '../db/like-pattern.ts';
import { queryRows } from '../db/query-rows.ts';
import { cutPage } from '../shared/cut-page.ts';
import { placeCondition, type LogPlace } from './log-place.ts';
import { describeSenders, type RejectedSender } from './rejected-sender-store.ts';

export interface RejectedList {
  readonly rows: readonly RejectedSender[];
  readonly newer: boolean;
  readonly older: boolean;
}

const PAGE = 25;

/**
 * Senders whose mail was rejected and who are not ignored, by their last message, newest first. The
 * log is read from its new end, and each sender counts at the newest message alone: nothing has to be
 * added up to know who comes first.
 */
export async function listRejectedSenders(
  db: Knex,
  text: string,
  place: LogPlace,
): Promise<RejectedList> {
  const backwards = place.after !== null;
  const direction = backwards ? 'asc' : 'desc';
  const limits = await placeCondition(db, place);
  const found = await queryRows<{ id: number; address: string }>(
    db,
    `select m.id, m.from_address as address from inbound_messages m
      where m.outcome = 'rejected' and m.from_address is not null
        ${text === '' ? '' : `and m.from_address like ?`}
        ${limits === null ? '' : `and ${limits.sql}`}
        and not exists (select from inbound_messages n
                         where n.outcome = 'rejected' and n.from_address = m.from_address
                           and (n.stored_at, n.id) > (m.stored_at, m.id))
        and not exists (select from ignored_senders i where i.address = m.from_address)
      order by m.stored_at ${direction}, m.id ${direction} limit ?`,
    [
      ...(text === '' ? [] : [containing(text.toLowerCase())]),
      ...(limits?.bindings ?? []),
      PAGE + 1,
    ],
  );
  const page = cutPage(found, { size: PAGE, backwards, begun: place.before !== null });
  const rows = await describeSenders(
    db,
    page.shown.map(({ address }) => address),
  );
  return { rows, newer: page.earlier, older: page.later };
}
