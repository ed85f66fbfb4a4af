import type { Facts, PersonFact, UserFact } from '../../../src/archiving/facts.ts';
import type { FilingPlan } from '../../../src/archiving/filing-plan.ts';
import type { ForwardReading, ReadMailResult } from '../../../src/archiving/parsed-mail.ts';
import { planFiling } from '../../../src/archiving/plan-filing.ts';
import { readForward } from '../../../src/archiving/read-forward.ts';
import { wantsForwardReading } from '../../../src/archiving/wants-forward-reading.ts';
import { readMessage } from '../../../src/inbound/reading/read-message.ts';
import { canonicalAddress } from '../../../src/shared/email-address.ts';
import { buildScenario } from '../../support/scenario/build-scenario.ts';
import type { Scenario } from '../../support/scenario/scenario.ts';
import { facts } from './samples.ts';

export const SCENARIO = buildScenario({
  seed: 7,
  archiveAddress: 'archive@letters.northquay.example',
  aliases: ['crm@northquay.example'],
  now: new Date('2025-06-02T08:00:00Z'),
});

/** The facts that a whole installation with the scenario's users and people has. */
export function factsOf({ users, people }: Scenario): Facts {
  const usersByAddress = new Map<string, UserFact>();
  for (const [index, user] of users.entries()) {
    const primaryAddress = canonical(user.email);
    const fact = { userId: index + 1, active: user.active, primaryAddress };
    for (const address of [user.email, ...user.otherAddresses]) {
      usersByAddress.set(canonical(address), fact);
    }
  }
  const peopleByAddress = new Map<string, PersonFact[]>();
  for (const [index, person] of people.entries()) {
    for (const raw of [person.email, ...person.otherAddresses]) {
      const address = canonical(raw);
      const known = peopleByAddress.get(address) ?? [];
      peopleByAddress.set(address, [...known, { personId: index + 1, kind: person.type }]);
    }
  }
  return facts({
    archiveAddresses: new Set(['archive@letters.northquay.example', 'crm@northquay.example']),
    ownAddresses: new Set(['letterbook@northquay.example']),
    usersByAddress,
    peopleByAddress,
  });
}

export interface Planned {
  readonly read: ReadMailResult;
  readonly forward: ForwardReading | null;
  readonly plan: FilingPlan;
}

/** The way of one original through the pure parts, as the shell takes it. */
export async function planOriginal(raw: Buffer, known: Facts): Promise<Planned> {
  const read = await readMessage(raw);
  const wanted = read.kind === 'mail' && wantsForwardReading(read.mail, known);
  const forward = wanted ? readForward({ text: read.mail.text, html: read.mail.html }) : null;
  return { read, forward, plan: planFiling(read, forward, known) };
}

function canonical(raw: string): string {
  const address = canonicalAddress(raw);
  if (address === null) throw new Error(`${raw} is no address.`);
  return address;
}
