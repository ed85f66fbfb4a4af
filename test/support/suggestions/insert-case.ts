import type { Knex } from 'knex';
import { conversationOf } from '../../../src/archiving/conversation-of.ts';
import { execute } from '../../../src/db/query-rows.ts';
import { searchVector } from '../../../src/emails/search-vector.ts';
import { hashMessageId } from '../../../src/emails/hash-message-id.ts';
import type { ArchivedEmail, Participant, SuggestionCase } from './suggestion-case.ts';

/** What a case became: its records by number, and the email that waits. */
export interface InsertedCase {
  readonly emailId: number;
  /** The id that the case gives to a record. */
  readonly idOf: ReadonlyMap<number, string>;
}

/** Puts the CRM of a case and its waiting mail into the database. */
export async function insertCase(
  db: Knex,
  one: SuggestionCase,
  { ownerId, inboundId }: { readonly ownerId: number; readonly inboundId: number },
): Promise<InsertedCase> {
  const accounts = new Map<string, number>();
  for (const { id, name } of one.accounts) {
    const [row] = await db('accounts').insert({ name }).returning('id');
    accounts.set(id, row!.id);
  }
  const idOf = new Map<number, string>();
  const people = new Map<string, number>();
  const rows = await db('people')
    .insert(
      one.people.map((person) => ({
        kind: person.kind,
        first_name: person.firstName,
        last_name: person.lastName,
        account_id: person.account === null ? null : (accounts.get(person.account) ?? null),
      })),
    )
    .returning('id');
  one.people.forEach(({ id }, index) => {
    idOf.set(rows[index]!.id, id);
    people.set(id, rows[index]!.id);
  });
  const addresses = one.people.flatMap((person) =>
    person.addresses.map((address) => ({ person_id: people.get(person.id) ?? 0, address })),
  );
  if (addresses.length > 0) await db('person_addresses').insert(addresses);
  let part = 0;
  const insertEmail = async (
    email: Omit<ArchivedEmail, 'people'> & { readonly inReplyTo?: string | null; text?: string },
    state: 'archived' | 'unmatched',
  ): Promise<number> => {
    part += 1;
    const inReplyTo = email.inReplyTo ?? null;
    const [row] = await db('emails')
      .insert({
        inbound_message_id: inboundId,
        part_path: `case ${String(part)}`,
        owner_id: ownerId,
        state,
        capture: 'copied',
        subject: email.subject,
        message_id: email.messageId,
        sent_at: new Date(email.sentAt),
        text: email.text ?? '',
        search: db.raw(searchVector('?::text', '?'), [email.subject, email.text ?? '']),
        remark: '',
      })
      .returning('id');
    const hashes = conversationOf({ ...email, inReplyTo }).map(hashMessageId);
    await execute(db, 'update emails set conversation = ? where id = ?', [hashes, row!.id]);
    for (const [seq, each] of email.participants.entries()) {
      await db('email_participants').insert(participantOf(one, row!.id, seq, each));
    }
    return row!.id;
  };
  for (const email of one.archived) {
    const emailId = await insertEmail(email, 'archived');
    for (const id of email.people) {
      await db('email_people').insert({
        email_id: emailId,
        person_id: people.get(id) ?? 0,
        address: '',
        sent_at: new Date(email.sentAt),
        linked_by: 'filing',
      });
    }
  }
  const participants = [one.unmatched, ...one.others];
  const emailId = await insertEmail({ ...one.mail, participants }, 'unmatched');
  const decisions = one.people.flatMap(({ id, lastLinkedByThisUserDaysAgo: days }) =>
    days === null ? [] : [{ days, person_id: people.get(id) ?? 0 }],
  );
  for (const { days, person_id } of decisions) {
    const at = new Date(Date.now() - (days * 24 + 1) * 3_600_000);
    const [decision] = await db('decisions')
      .insert({ actor_id: ownerId, kind: 'link', email_id: emailId, at })
      .returning('id');
    await db('decision_people').insert({ decision_id: decision!.id, person_id, address: '' });
  }
  return { emailId, idOf };
}

function participantOf(
  { user }: SuggestionCase,
  emailId: number,
  seq: number,
  { role, address, name }: Participant,
) {
  const isUser = address === user.address;
  return {
    email_id: emailId,
    seq,
    role,
    address,
    // PostgreSQL takes no NUL, and the reader lets none through.
    name: name.replaceAll('\0', ''),
    kind: isUser ? ('owner' as const) : ('correspondent' as const),
    deciding: !isUser,
    source: 'header' as const,
  };
}
