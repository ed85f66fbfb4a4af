import type { Knex } from 'knex';
import { queryRows } from '../../db/query-rows.ts';

/**
 * The names of those of the records that are not in the bin, in the order in which they are asked for; they
 * stay there until the transaction ends.
 */
export async function lockPeople(
  trx: Knex.Transaction,
  personIds: readonly number[],
): Promise<Map<number, string>> {
  const rows = await queryRows<{ id: number; name: string }>(
    trx,
    `select id, trim(first_name || ' ' || last_name) as name from people
      where id = any(?) and deleted_at is null order by id for share`,
    [personIds],
  );
  const found = new Map(rows.map(({ id, name }) => [id, name]));
  const names = new Map<number, string>();
  for (const id of personIds) {
    const name = found.get(id);
    if (name !== undefined) names.set(id, name);
  }
  return names;
}

/** The name of a record that is not in the bin; it stays there until the transaction ends. */
export async function lockPerson(trx: Knex.Transaction, personId: number): Promise<string | null> {
  return (await lockPeople(trx, [personId])).get(personId) ?? null;
}
