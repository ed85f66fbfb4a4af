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
  'email_id' | 'role' | 'address' | 'name' | 'kind' | 'linkable'
> & { readonly personIds: readonly number[] };

/** Those of the emails that wait still. */
export async function findWaitingEmails(db: Knex, ids: readonly number[]): Promise<WaitingEmail[]> {
  const emails = await queryRows<
    Pick<WaitingEmail, 'id' | 'ownerId' | 'subject' | 'conversation' | 'wrongIds'> & {
      text: string;
    }
  >(
    db,
    `select id, owner_id as "ownerId", subject, conversation::text[] as conversation,
            left(text, ${MAX_TEXT}) as text,
            array(select person_id from email_people l
                   where l.email_id = emails.id and l.unlinked_by is not null) as "wrongIds"
       from emails where id = any(?) and state = 'unmatched' order by id`,
    [ids],
  );
  const all = await readParticipants(
    db,
    emails.map(({ id }) => id),
  );
  return emails.map(({ text, ...email }) => {
    const participants = all.get(email.id) ?? [];
    return {
      ...email,
      unknowns: unknownsOf(participants, text),
      presentIds: [...new Set(participants.flatMap(({ personIds }) => personIds))],
    };
  });
}

async function readParticipants(
  db: Knex,
  emailIds: readonly number[],
): Promise<Map<number, ParticipantFact[]>> {
  if (emailIds.length === 0) return new Map();
  const rows = await queryRows<ParticipantFact>(
    db,
    `select q.email_id, q.role, q.address, q.name, q.kind, q.linkable,
            array(select p.id from person_addresses a join people p on p.id = a.person_id
                   where a.address = q.address and p.deleted_at is null limit 10) as "personIds"
       from unnest(?::bigint[]) as e(id)
      cross join lateral (
            select * from email_participants where email_id = e.id
             order by deciding desc, linkable desc, seq limit ${MAX_PARTICIPANTS}) q
      order by q.email_id, q.deciding desc, q.linkable desc, q.seq`,
    [emailIds],
  );
  return Map.groupBy(rows, (row) => row.email_id);
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
