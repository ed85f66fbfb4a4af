import type { Knex } from 'knex';

import type { Facts } from '../archiving/facts.ts';
import { findArchiveAddresses } from '../mailbox-settings/mailbox-store.ts';
import { readOutgoingFrom } from '../outgoing/outgoing-settings.ts';
import { findPersonFacts } from '../people/people-store.ts';
import { readInstanceId } from '../settings/instance-id.ts';
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
