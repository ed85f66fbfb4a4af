import type { Knex } from 'knex';
import type { EmailParticipantRow } from '../db/rows.ts';
import { queryRows } from '../db/query-rows.ts';
import { isolate } from '../shared/isolate.ts';
import { latinForm, mixesAlphabets, skeletonOf } from '../shared/latin-form.ts';
import { addressInName } from './address-in-name.ts';

type Marked = Pick<EmailParticipantRow, 'address' | 'name' | 'kind'> & {
  readonly people: readonly unknown[];
};

/** Why somebody on a mail may not be whom one takes them for. */
export type ParticipantMark =
  | { readonly key: 'nameShows' | 'looksLike'; readonly shown: string; readonly address: string }
  | { readonly key: 'mixed'; readonly shown: ''; readonly address: string };

/**
 * Those on a mail, each with the marks of its name and address. Users and the archive get none.
 *
 * @param participants as they are shown; `people` are the records that have the address
 */
export async function withMarks<T extends Marked>(
  db: Knex,
  participants: readonly T[],
): Promise<(T & { readonly marks: readonly ParticipantMark[] })[]> {
  const others = participants.filter(isOther);
  const forms = others.map(({ address }) => latinForm(address));
  const known = [
    ...participants.filter(isKnown).map(({ address }) => address),
    ...(await findKnown(db, forms)),
  ];
  return participants.map((one) => ({ ...one, marks: isOther(one) ? marksOf(one, known) : [] }));
}

/** @param known canonical addresses of users and records that the address may be taken for */
export function marksOf(one: Marked, known: readonly string[]): ParticipantMark[] {
  const { address, name } = one;
  const shown = addressInName(name, address);
  const marks: ParticipantMark[] =
    shown === null ? [] : [{ key: 'nameShows', shown: isolate(shown), address }];
  const skeleton = skeletonOf(address);
  const like = isKnown(one)
    ? undefined
    : known.find((other) => other !== address && skeletonOf(other) === skeleton);
  if (like !== undefined) marks.push({ key: 'looksLike', shown: like, address });
  else if (mixesAlphabets(address)) marks.push({ key: 'mixed', shown: '', address });
  return marks;
}

function isOther({ kind }: Marked): boolean {
  return kind === 'correspondent' || kind === 'ruled-out';
}

function isKnown(one: Marked): boolean {
  return one.people.length > 0 || one.kind === 'owner' || one.kind === 'colleague';
}

/** Which of these are addresses of users or of records. */
async function findKnown(db: Knex, addresses: readonly string[]): Promise<string[]> {
  if (addresses.length === 0) return [];
  const rows = await queryRows<{ address: string }>(
    db,
    `select address from user_addresses where verified_at is not null and address = any(:all)
      union
     select a.address from person_addresses a join people p on p.id = a.person_id
      where p.deleted_at is null and a.address = any(:all)`,
    { all: [...new Set(addresses)] },
  );
  return rows.map(({ address }) => address);
}
