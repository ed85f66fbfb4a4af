import type { Knex } from 'knex';
import { clearUnmatchedNotices } from '../../inbox/notice-store.ts';
import { addPersonAddresses } from '../../people/add-person-address.ts';
import type { Viewer } from '../../shared/viewer.ts';
import { archiveOn } from './archive-on.ts';
import {
  claimEmail,
  countFollowers,
  isOwnEmail,
  lockWaiting,
  type DecidedPerson,
  type Followers,
  type Handled,
  type NotFound,
} from './decision-store.ts';
import { findHolders } from './find-holders.ts';
import { insertRecords, type NewRecord } from './insert-records.ts';
import { lockPeople } from './lock-people.ts';

export interface LinkChoice {
  /** Which records are which correspondents: one or several of both. */
  readonly people: readonly DecidedPerson[];
  /** Records that are made, each for a correspondent; one that has the address by now is taken instead. */
  readonly create?: readonly NewRecord[];
  /** Whether the records gain the addresses, so that other mail with them comes along. */
  readonly addAddress: boolean;
}

export type LinkResult =
  | ({
      readonly kind: 'linked';
      readonly decisionId: number;
      /** Of the records, in the order of the choice, those that were made last. */
      readonly names: readonly string[];
    } & Followers)
  /** Some of the records are in the bin, or gone: nothing was done, to the others neither. */
  | { readonly kind: 'no-person'; readonly gone: readonly number[] }
  /** An address is not that of a correspondent on this email. */
  | { readonly kind: 'no-address' }
  | Handled
  | NotFound;

/** Links a waiting email of the viewer's to records, and makes others to link it to: one decision. */
export async function linkEmail(
  db: Knex,
  viewer: Viewer,
  emailId: number,
  { people, create = [], addAddress }: LinkChoice,
): Promise<LinkResult> {
  if (!(await isOwnEmail(db, viewer, emailId))) return { kind: 'not-found' };
  return await db.transaction(async (trx) => {
    const addresses = await claimEmail(trx, emailId);
    const isOnIt = (address: string) => address === '' || addresses.includes(address);
    const named = [...people.map((one) => one.address), ...create.map((one) => one.address ?? '')];
    if (!named.every(isOnIt)) return { kind: 'no-address' };
    const holders = await findHolders(trx, create);
    const chosen = [...people, ...holders];
    const names = await lockPeople(
      trx,
      chosen.map(({ personId }) => personId),
    );
    const email = await lockWaiting(trx, viewer, emailId);
    if (email.kind !== 'waiting') return email;
    const gone = chosen.flatMap(({ personId }) => (names.has(personId) ? [] : [personId]));
    const records = create.filter(({ address }) => !holders.some((one) => one.address === address));
    if (gone.length > 0 || chosen.length + records.length === 0) return { kind: 'no-person', gone };
    const ids = await insertRecords(trx, viewer, records);
    const made = ids.map((personId, at) => ({ personId, address: records[at]?.address ?? '' }));
    const all = [...chosen, ...made];
    const decisionId = await archiveOn(trx, viewer, { emailId, kind: 'link', people: all, made });
    const gains = addAddress ? all : made;
    await addPersonAddresses(
      trx,
      gains.filter(({ address }) => address !== ''),
      decisionId,
    );
    const followers = await countFollowers(trx, viewer, { id: decisionId, emailId });
    await clearUnmatchedNotices(trx, [viewer.id]);
    const newNames = records.map(({ firstName, lastName }) => `${firstName} ${lastName}`.trim());
    return { kind: 'linked', decisionId, names: [...names.values(), ...newNames], ...followers };
  });
}
