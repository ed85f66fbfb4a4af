import type { Knex } from 'knex';
import type { EmailPersonRow, EmailRow } from '../../../src/db/rows.ts';

/** The one email of a message. */
export async function emailOf(db: Knex, inboundMessageId: number): Promise<EmailRow> {
  const [email, ...more] = await db('emails').where({ inbound_message_id: inboundMessageId });
  if (!email || more.length > 0) throw new Error(`Message ${inboundMessageId} is not one email.`);
  return email;
}

export async function linksOf(
  db: Knex,
  inboundMessageId: number,
): Promise<Pick<EmailPersonRow, 'person_id' | 'linked_by'>[]> {
  const { id } = await emailOf(db, inboundMessageId);
  return await db('email_people')
    .where({ email_id: id })
    .orderBy('person_id')
    .select('person_id', 'linked_by');
}

/** Records on which a message's email is filed. */
export async function linkedPeople(db: Knex, inboundMessageId: number): Promise<number[]> {
  return (await linksOf(db, inboundMessageId)).map((link) => link.person_id);
}
