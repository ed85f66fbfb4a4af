import type { Knex } from 'knex';
import { queryRows } from '../db/query-rows.ts';

export interface AllowedSender {
  readonly address: string;
  readonly createdAt: Date;
  /** null: at the command line, or by somebody who is gone. */
  readonly createdBy: string | null;
}

/** Which of these canonical addresses are always let in. */
export async function findAllowedSenders(
  db: Knex,
  addresses: readonly string[],
): Promise<Set<string>> {
  if (addresses.length === 0) return new Set();
  const rows = await queryRows<{ address: string }>(
    db,
    'select address from allowed_senders where address = any(?)',
    [addresses],
  );
  return new Set(rows.map((row) => row.address));
}

/** At most so many are shown; nobody should need more exceptions. */
const MOST_SHOWN = 500;

export async function listAllowedSenders(db: Knex): Promise<AllowedSender[]> {
  return await queryRows<AllowedSender>(
    db,
    `select s.address, s.created_at as "createdAt", u.name as "createdBy"
       from allowed_senders s left join users u on u.id = s.created_by
      order by s.address limit ?`,
    [MOST_SHOWN],
  );
}

/** Does nothing for an address that is let in already. */
export async function allowSender(db: Knex, address: string, createdBy: number): Promise<void> {
  await db('allowed_senders')
    .insert({ address, created_by: createdBy })
    .onConflict('address')
    .ignore();
}

/** @returns false when it was not let in. */
export async function forgetAllowedSender(db: Knex, address: string): Promise<boolean> {
  return (await db('allowed_senders').where({ address }).delete()) > 0;
}
