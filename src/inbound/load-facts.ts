import type { Knex } from 'knex';

import { findRulesFor } from '../data-cleanup/rules/rule-facts.ts';
import type { Facts } from '../archiving/facts.ts';
import { findArchiveAddresses } from '../mailbox-settings/mailbox-store.ts';
import { readOutgoingFrom } from '../outgoing/outgoing-settings.ts';
import { findIgnoredSenders } from '../ledger/ignored-senders.ts';
import { findPersonFacts } from '../people/people-store.ts';
import { readInstanceId } from '../settings/instance-id.ts';
import { findUserFacts } from '../users/user-store.ts';

/** The facts that all messages of a batch share. */
export type BatchFacts = Omit<Facts, 'sameFingerprint' | 'receivedBeforeSetUp'>;

/** What does not change with the addresses on a mail. */
export type StandingFacts = Omit<BatchFacts, keyof AddressFacts>;

/** What is known of the addresses on a mail. */
export type AddressFacts = Pick<
  Facts,
  'usersByAddress' | 'peopleByAddress' | 'ignoredSenders' | 'rulesByPattern'
>;

export async function loadStandingFacts(db: Knex): Promise<StandingFacts> {
  const from = await readOutgoingFrom(db);
  return {
    archiveAddresses: await findArchiveAddresses(db),
    ownAddresses: new Set(from === null ? [] : [from]),
    instanceId: await readInstanceId(db),
    trustPolicy: 'off',
    trust: { kind: 'not-checked' },
    letIn: null,
    ignoreColleaguesOnly: false,
  };
}

export async function loadAddressFacts(
  db: Knex,
  addresses: readonly string[],
): Promise<AddressFacts> {
  const usersByAddress = await findUserFacts(db, addresses);
  return {
    usersByAddress,
    peopleByAddress: await findPersonFacts(db, addresses),
    ignoredSenders: await findIgnoredSenders(db, addresses),
    rulesByPattern: await findRulesFor(db, addresses, usersByAddress),
  };
}
