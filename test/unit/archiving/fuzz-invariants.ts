import { expect } from 'vitest';
import { addressesToLookUp } from '../../../src/archiving/addresses-to-look-up.ts';
import type { Facts } from '../../../src/archiving/facts.ts';
import type { FilingPlan } from '../../../src/archiving/filing-plan.ts';
import type { ForwardReading, ReadMailResult } from '../../../src/archiving/parsed-mail.ts';
import { planFiling } from '../../../src/archiving/plan-filing.ts';
import type { PlannedEmail } from '../../../src/archiving/planned-email.ts';
import { domainOf } from '../../../src/shared/email-address.ts';
import { OUTCOMES } from '../../../src/shared/outcome.ts';
import { expectedLine, isOurs, isRuled } from './expected-line.ts';

/** What must hold of every plan, however broken the message. */
export function expectSound(
  read: ReadMailResult,
  forward: ForwardReading | null,
  facts: Facts,
): FilingPlan {
  const plan = planFiling(read, forward, facts);
  expect(OUTCOMES).toContain(plan.outcome);
  expect(plan.trace.line).toBe(expectedLine(read, forward, facts));
  expect(plan.trace).toMatchObject({ outcome: plan.outcome, reason: plan.reason });
  const filed = plan.outcome === 'archived' || plan.outcome === 'unmatched';
  expect([plan.emails.length > 0, plan.capture !== null]).toEqual([filed, filed]);
  if (filed) expect(plan.ownerId).not.toBeNull();
  for (const email of plan.emails) expectSoundEmail(email, read, forward, facts, plan.ownerId);
  const states = new Set(plan.emails.map(({ state }) => state));
  if (plan.outcome === 'archived') expect([...states]).toEqual(['archived']);
  if (plan.outcome === 'unmatched') expect(states).toContain('unmatched');
  if (plan.trace.steps.some(({ step }) => step === 'attached') && filed) {
    const whole = plan.emails.filter(({ partPath }) => partPath === '');
    expect(whole).toMatchObject([{ state: 'unmatched', attachments: attachmentsOf(read) }]);
  }
  const paths = plan.emails.map(({ partPath }) => partPath);
  expect(new Set(paths).size).toBe(paths.length);
  expectSoundBounce(plan, read, facts);
  const trace = JSON.stringify(plan.trace);
  expect(trace.length).toBeLessThan(200_000);
  expect(trace.isWellFormed()).toBe(true);
  if (read.kind === 'mail') expectEnoughLookedUp(plan, read, forward, facts);
  return plan;
}

function expectSoundEmail(
  email: PlannedEmail,
  read: ReadMailResult,
  forward: ForwardReading | null,
  facts: Facts,
  ownerId: number | null,
): void {
  const seen = new Set<string>();
  for (const { role, address, kind, deciding } of email.participants) {
    expect(seen).not.toContain(`${role} ${address}`);
    seen.add(`${role} ${address}`);
    expect(kind === 'correspondent' || kind === 'ruled-out').toBe(!isOurs(address, facts));
    if (kind === 'ruled-out') expect(isRuled(address, ownerId, facts)).toBe(true);
    if (deciding) expect(kind).toBe('correspondent');
  }
  expect(email.links.length > 0).toBe(email.state === 'archived');
  const onIt = addressesOn(email, read, forward);
  for (const { personId, address } of email.links) {
    expect(onIt).toContain(address);
    expect(isOurs(address, facts) || isRuled(address, ownerId, facts)).toBe(false);
    const people = facts.peopleByAddress.get(address) ?? [];
    expect(people.map((person) => person.personId)).toContain(personId);
  }
  const people = email.links.map(({ personId }) => personId);
  expect(new Set(people).size).toBe(people.length);
}

function expectSoundBounce(plan: FilingPlan, read: ReadMailResult, facts: Facts): void {
  if (plan.bounce === null) return;
  expect([plan.outcome, plan.ownerId, plan.verdict === 'fail']).toEqual(['rejected', null, false]);
  expect(facts.receivedBeforeSetUp).toBe(false);
  expect(facts.archiveAddresses).not.toContain(plan.bounce.to);
  expect(facts.ownAddresses).not.toContain(plan.bounce.to);
  const header = read.kind === 'mail' ? read.mail.header : null;
  const senders = [...(header?.from ?? []), ...(header?.resentFrom ?? [])];
  expect(senders.map(({ address }) => address)).toContain(plan.bounce.to);
  expect(header?.fields.map(({ name }) => name)).not.toContain('list-unsubscribe');
}

/** Knowing only what addressesToLookUp names must lead to the same plan. */
function expectEnoughLookedUp(
  plan: FilingPlan,
  read: Extract<ReadMailResult, { kind: 'mail' }>,
  forward: ForwardReading | null,
  facts: Facts,
): void {
  const asked = new Set(addressesToLookUp(read.mail, forward));
  const only = <T>(all: ReadonlyMap<string, T>): Map<string, T> =>
    new Map([...all].filter(([address]) => asked.has(address)));
  const usersByAddress = only(facts.usersByAddress);
  const peopleByAddress = only(facts.peopleByAddress);
  const ignoredSenders = new Set([...facts.ignoredSenders].filter((one) => asked.has(one)));
  const patterns = new Set([...asked].flatMap((one) => [one, domainOf(one)]));
  const rulesByPattern = new Map(
    [...facts.rulesByPattern].filter(([pattern]) => patterns.has(pattern)),
  );
  const known = { ...facts, usersByAddress, peopleByAddress, ignoredSenders, rulesByPattern };
  expect(planFiling(read, forward, known)).toEqual(plan);
}

function attachmentsOf(read: ReadMailResult) {
  return read.kind === 'mail' ? read.mail.attachments : [];
}

/** Where the addresses of an email's links may come from: its header lines or the block's. */
function addressesOn(
  email: PlannedEmail,
  read: ReadMailResult,
  forward: ForwardReading | null,
): string[] {
  if (read.kind !== 'mail') return [];
  if (email.participants.some(({ source }) => source === 'block')) {
    const block = forward?.kind === 'found' ? forward.block : null;
    const lines = [block?.from ?? null, ...(block?.to ?? []), ...(block?.cc ?? [])];
    return lines.flatMap((line) => (line === null ? [] : [line.address]));
  }
  const mails = [read.mail, ...read.mail.forwarded];
  return mails
    .filter(({ partPath }) => partPath === email.partPath)
    .flatMap(({ header }) => [header.from, header.resentFrom, header.to, header.cc, header.bcc])
    .flat()
    .map(({ address }) => address);
}
