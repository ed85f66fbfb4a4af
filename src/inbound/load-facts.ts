import type { Knex } from 'knex';

import type { Facts } from '../archiving/facts.ts';
import { readOutgoingFrom } from '../outgoing/outgoing-settings.ts';
import { findPersonFacts } from '../people/people-store.ts';
import { readInstanceId } from '../settings/instance-id.ts';
import { canonicalAddress } from '../shared/email-address.ts';
import { findUserFacts } from '../users/user-store.ts';

/** The facts that all messages of a batch share. */
export type BatchFacts = Omit<Facts, 'sameFingerprint' | 'receivedBeforeSetUp'>;

/** What does not change with the addresses on a mail. */
export type StandingFacts = Omit<BatchFacts, 'usersByAddress' | 'peopleByAddress'>;

export async function loadStandingFacts(db: Knex): Promise<StandingFacts> {
  const from = await readOutgoingFrom(db);
  return {
    archiveAddresses: await findArchiveAddresses(db),
    ownAddresses: new Set(from === null ? [] : [from]),
    instanceId: await readInstanceId(db),
    trustPolicy: 'off',
    trust: { kind: 'not-checked' },
    ignoreColleaguesOnly: false,
  };
}

export async function loadAddressFacts(
  db: Knex,
  addresses: readonly string[],
): Promise<Pick<BatchFacts, 'usersByAddress' | 'peopleByAddress'>> {
  return {
    usersByAddress: await findUserFacts(db, addresses),
    peopleByAddress: await findPersonFacts(db, addresses),
  };
}

/** Addresses of earlier mailboxes too: people's address books keep them for years. */
async function findArchiveAddresses(db: Knex): Promise<Set<string>> {
  const rows = await db('mailboxes').select('archive_address', 'aliases', 'username');
  const addresses = rows.flatMap((row) => {
    const login = canonicalAddress(row.username);
    return [row.archive_address, ...row.aliases, ...(login === null ? [] : [login])];
  });
  return new Set(addresses);
}
