import type { Knex } from 'knex';
import type { EmailParticipantRow } from '../db/rows.ts';
import { queryRows } from '../db/query-rows.ts';
import { isolate } from '../shared/isolate.ts';
import { domainOf } from '../shared/email-address.ts';
import { latinForm, mixesAlphabets, skeletonOf } from '../shared/latin-form.ts';
import { lookalikesOf } from '../shared/lookalikes-of.ts';
import { addressInName } from './address-in-name.ts';

type Marked = Pick<EmailParticipantRow, 'address' | 'name' | 'kind'> & {
  readonly people: readonly unknown[];
};

/** Why somebody on a mail may not be whom one takes them for. */
export type ParticipantMark =
  | {
      readonly key: 'nameShows' | 'looksLike' | 'domainLooksLike';
      readonly shown: string;
      readonly address: string;
    }
  | { readonly key: 'mixed'; readonly shown: ''; readonly address: string };

/** Mail to more people is marked for the first of them: each asks for some hundred lookalikes. */
const MAX_COMPARED = 20;

/** Canonical addresses and domains of users and records, and of others on the mail who are known. */
interface Known {
  readonly addresses: readonly string[];
  readonly domains: readonly string[];
}

/**
 * Those on a mail, each with the marks of its name and address. Users and the archive get none.
 *
 * @param participants as they are shown; `people` are the records that have the address
 */
export async function withMarks<T extends Marked>(
  db: Knex,
  participants: readonly T[],
): Promise<(T & { readonly marks: readonly ParticipantMark[] })[]> {
  const others = participants.filter(isOther).map(({ address }) => address);
  const unknown = participants.filter((one) => isOther(one) && !isKnown(one));
  const compared = unknown.slice(0, MAX_COMPARED).map(({ address }) => latinForm(address));
  const domains = [...others.slice(0, MAX_COMPARED), ...compared].map(domainOf);
  const found = await findKnown(db, {
    addresses: [...others.map(latinForm), ...compared.flatMap(lookalikesOf)],
    domains: [...new Set(domains)].flatMap(lookalikesOf),
  });
  const onMail = participants.filter(isKnown).map(({ address }) => address);
  const known = { ...found, addresses: [...onMail, ...found.addresses] };
  return participants.map((one) => ({ ...one, marks: isOther(one) ? marksOf(one, known) : [] }));
}

/** @param known whom the address may be taken for; whose own domain is known is not doubted by it */
export function marksOf(one: Marked, known: Known): ParticipantMark[] {
  const { address, name } = one;
  const shown = addressInName(name, address);
  const marks: ParticipantMark[] =
    shown === null ? [] : [{ key: 'nameShows', shown: isolate(shown), address }];
  const like = isKnown(one) ? undefined : lookedLike(address, known.addresses, '');
  const domain = domainOf(address);
  const doubted = !isKnown(one) && !known.domains.includes(domain);
  const likeDomain = doubted ? lookedLike(domain, known.domains, '@') : undefined;
  if (like !== undefined) marks.push({ key: 'looksLike', shown: like, address });
  else if (likeDomain !== undefined) {
    marks.push({ key: 'domainLooksLike', shown: likeDomain, address });
  } else if (mixesAlphabets(address)) marks.push({ key: 'mixed', shown: '', address });
  return marks;
}

/** @param before what makes an address of it */
function lookedLike(one: string, known: readonly string[], before: '' | '@'): string | undefined {
  const skeleton = skeletonOf(before + one);
  return known.find((other) => other !== one && skeletonOf(before + other) === skeleton);
}

function isOther({ kind }: Marked): boolean {
  return kind === 'correspondent' || kind === 'ruled-out';
}

function isKnown(one: Marked): boolean {
  return one.people.length > 0 || one.kind === 'owner' || one.kind === 'colleague';
}

/** Which of these are addresses of users or of records, and which are the domains of such. */
async function findKnown(db: Knex, asked: Known): Promise<Known> {
  if (asked.addresses.length === 0) return { addresses: [], domains: [] };
  const rows = await queryRows<{ address: string | null; domain: string | null }>(
    db,
    `select address, null as domain from user_addresses
      where verified_at is not null and address = any(:addresses)
      union
     select a.address, null from person_addresses a join people p on p.id = a.person_id
      where p.deleted_at is null and a.address = any(:addresses)
      union
     select null, split_part(address, '@', -1) from user_addresses
      where verified_at is not null and split_part(address, '@', -1) = any(:domains)
      union
     select null, d from unnest(:domains::text[]) d
      where exists (select from person_addresses a join people p on p.id = a.person_id
                     where p.deleted_at is null and split_part(a.address, '@', -1) = d)`,
    { addresses: [...new Set(asked.addresses)], domains: [...new Set(asked.domains)] },
  );
  return {
    addresses: rows.flatMap(({ address }) => address ?? []),
    domains: rows.flatMap(({ domain }) => domain ?? []),
  };
}
