import type { Knex } from 'knex';
import { queryRows } from '../db/query-rows.ts';
import type { EmailParticipantRow } from '../db/rows.ts';
import type { Unknown } from './ranking/candidate.ts';

/** A waiting email, with what its unknown addresses are judged by. */
export interface WaitingEmail {
  readonly id: number;
  readonly ownerId: number;
  readonly subject: string;
  /** What it shares with other mail of its conversation: bigints, in digits. */
  readonly conversation: readonly string[];
  readonly unknowns: readonly Unknown[];
  /** Records that have the address of somebody else on the mail. */
  readonly presentIds: readonly number[];
  /** Records that somebody has called the wrong person for this email. */
  readonly wrongIds: readonly number[];
}

/** So many addresses of a mail get suggestions: those who decide first. */
const MAX_UNKNOWN = 10;
const MAX_PARTICIPANTS = 100;
const MAX_TEXT = 20_000;

type ParticipantFact = Pick<
  EmailParticipantRow,
  'role' | 'address' | 'name' | 'kind' | 'linkable'
> & { readonly personIds: readonly number[] };

/** Null where the email does not wait any more. */
export async function findWaitingEmail(db: Knex, id: number): Promise<WaitingEmail | null> {
  const [email] = await queryRows<
    Pick<WaitingEmail, 'ownerId' | 'subject' | 'conversation'> & { text: string }
  >(
    db,
    `select owner_id as "ownerId", subject, conversation::text[] as conversation, left(text, ${MAX_TEXT}) as text
       from emails where id = ? and state = 'unmatched'`,
    [id],
  );
  if (!email) return null;
  const participants = await queryRows<ParticipantFact>(
    db,
    `select q.role, q.address, q.name, q.kind, q.linkable,
            array(select p.id from person_addresses a join people p on p.id = a.person_id
                   where a.address = q.address and p.deleted_at is null limit 10) as "personIds"
       from email_participants q where q.email_id = ?
      order by q.deciding desc, q.linkable desc, q.seq limit ${MAX_PARTICIPANTS}`,
    [id],
  );
  const wrong = await queryRows<{ id: number }>(
    db,
    'select person_id as id from email_people where email_id = ? and unlinked_by is not null',
    [id],
  );
  return {
    id,
    ownerId: email.ownerId,
    subject: email.subject,
    conversation: email.conversation,
    unknowns: unknownsOf(participants, email.text),
    presentIds: [...new Set(participants.flatMap(({ personIds }) => personIds))],
    wrongIds: wrong.map((row) => row.id),
  };
}

function unknownsOf(participants: readonly ParticipantFact[], text: string): Unknown[] {
  const correspondents = participants.filter(({ linkable }) => linkable);
  const addresses = [...new Set(correspondents.map(({ address }) => address))];
  const isOurs = participants.some(({ role, kind }) => role === 'from' && kind === 'owner');
  const open = addresses.filter((address) =>
    correspondents.every((one) => one.address !== address || one.personIds.length === 0),
  );
  return open.slice(0, MAX_UNKNOWN).map((address) => {
    const places = correspondents.filter((one) => one.address === address);
    return {
      address,
      name: places.find(({ name }) => name !== '')?.name ?? '',
      isSender: places.some(({ role }) => role === 'from'),
      isOnlyRecipient: isOurs && addresses.length === 1,
      text,
      others: addresses.filter((other) => other !== address),
    };
  });
}
