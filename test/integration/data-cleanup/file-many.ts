import type { Knex } from 'knex';

/**
 * Copies of a waiting email, as filing would write them, spread over addresses of a domain: "many0" has
 * the email itself.
 *
 * @param amount how many there are with the first
 * @returns the numbers of all.
 */
export async function fileMany(
  db: Knex,
  first: number,
  { amount, addresses, domain }: { amount: number; addresses: number; domain: string },
): Promise<number[]> {
  const email = await db('emails').where({ id: first }).first();
  if (!email) throw new Error(`There is no email ${first}.`);
  const { id: _, inbound_message_id: message, ...columns } = email;
  const addressOf = (n: number) => `many${n % addresses}@${domain}`;
  const rows = Array.from({ length: amount - 1 }, (_one, n) => ({
    ...columns,
    inbound_message_id: message,
    part_path: String(n + 1),
    subject: `Many ${n + 1}`,
    about_address: addressOf(n + 1),
    body_parts: null,
  }));
  const made = await db.batchInsert('emails', rows as never, 500).returning('id');
  const ids = (made as { id: number }[]).map(({ id }) => id);
  await db.batchInsert(
    'email_participants',
    ids.map((id, n) => ({
      email_id: id,
      seq: 0,
      role: 'to',
      address: addressOf(n + 1),
      name: '',
      kind: 'correspondent',
      deciding: true,
      source: 'header',
    })) as never,
    500,
  );
  return [first, ...ids];
}
