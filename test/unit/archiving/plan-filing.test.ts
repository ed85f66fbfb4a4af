import { describe, expect, it } from 'vitest';
import type { Facts } from '../../../src/archiving/facts.ts';
import type { ForwardReading } from '../../../src/archiving/parsed-mail.ts';
import { planFiling } from '../../../src/archiving/plan-filing.ts';
import type * as samples from './samples.ts';
import {
  ARCHIVE,
  DANA,
  DANA_ID,
  facts,
  found,
  INSTANCE,
  JANE,
  JANE_PRIVATE,
  LEAD,
  mail,
  named,
  OLGA,
  OUTGOING,
  read,
  rules,
  STRANGER,
  TOM,
  TOM_ID,
} from './samples.ts';

const none: ForwardReading = { kind: 'none' };
const fail: Partial<Facts> = {
  trustPolicy: 'warn',
  trust: { kind: 'checked', verdict: 'fail', why: 'DKIM failed.' },
};
const earlier = (ownerId: number | null, heldBack = false): Partial<Facts> => ({
  sameFingerprint: [{ inboundMessageId: 5, ownerId, heldBack }],
});
const fromJane = mail({ partPath: '2', from: [JANE], to: [DANA] });
const fromStranger = mail({ partPath: '3', from: [STRANGER], to: [DANA] });

interface Case {
  readonly mail: samples.MailSketch;
  readonly forward?: ForwardReading;
  readonly facts?: Partial<Facts>;
  readonly is: string;
  readonly owner?: number | null;
  readonly people?: readonly string[];
  readonly bounce?: string;
}

const CASES: Record<string, Case> = {
  'copied to a contact': { mail: { to: [JANE] }, is: 'archived matched copied', people: [JANE] },
  'copied to both addresses of a contact': {
    mail: { to: [JANE], cc: [JANE_PRIVATE] },
    is: 'archived matched copied',
    people: [JANE, JANE_PRIVATE],
  },
  'of a stranger who is ignored': {
    mail: { from: [STRANGER], to: [ARCHIVE] },
    facts: { ignoredSenders: new Set([STRANGER]) },
    is: 'ignored never-archive-rule null',
    owner: null,
  },
  'of a stranger who is ignored, redirected by another stranger': {
    mail: { from: [STRANGER], resentFrom: [LEAD], to: [ARCHIVE] },
    facts: { ignoredSenders: new Set([STRANGER]) },
    is: 'rejected owner-does-not-exist null',
    owner: null,
    bounce: LEAD,
  },
  'of a user whose address is ignored': {
    mail: { to: [JANE] },
    facts: { ignoredSenders: new Set([DANA]) },
    is: 'archived matched copied',
    people: [JANE],
  },
  'to a contact under a rule of the owner': {
    mail: { to: [JANE] },
    facts: { rulesByPattern: rules([JANE, DANA_ID]) },
    is: 'ignored never-archive-rule null',
  },
  'to a stranger whose domain is under a rule for all': {
    mail: { to: [STRANGER] },
    facts: { rulesByPattern: rules(['elsewhere.example', null]) },
    is: 'ignored never-archive-rule null',
  },
  'to a contact under a rule of a colleague': {
    mail: { to: [JANE] },
    facts: { rulesByPattern: rules([JANE, TOM_ID]) },
    is: 'archived matched copied',
    people: [JANE],
  },
  'to a contact under a rule, and to a stranger': {
    mail: { to: [JANE, STRANGER] },
    facts: { rulesByPattern: rules(['client.example', DANA_ID]) },
    is: 'unmatched no-match copied',
  },
  'to a contact under a rule, and to another': {
    mail: { to: [JANE], cc: [LEAD] },
    facts: { rulesByPattern: rules([JANE, null]) },
    is: 'archived matched copied',
    people: [LEAD],
  },
  'two attached mails, one of somebody under a rule': {
    mail: { to: [ARCHIVE], forwarded: [fromJane, fromStranger] },
    facts: { rulesByPattern: rules([STRANGER, DANA_ID]) },
    is: 'archived matched forwarded',
    people: [JANE],
  },
  'two attached mails, both under rules': {
    mail: { to: [ARCHIVE], forwarded: [fromJane, fromStranger] },
    facts: { rulesByPattern: rules([STRANGER, null], ['client.example', DANA_ID]) },
    is: 'ignored never-archive-rule null',
  },
  'copied to a stranger': { mail: { to: [STRANGER] }, is: 'unmatched no-match copied' },
  'copied to a stranger, contact in Bcc': {
    mail: { to: [STRANGER], bcc: [JANE] },
    is: 'unmatched no-match copied',
  },
  'to a colleague': { mail: { to: [TOM] }, forward: none, is: 'unmatched only-colleagues copied' },
  'to a colleague, ignored by the setting': {
    mail: { to: [TOM] },
    forward: none,
    facts: { ignoreColleaguesOnly: true },
    is: 'ignored only-colleagues null',
  },
  'setting on, search failed': {
    mail: { to: [TOM] },
    forward: { kind: 'failed', why: 'Too long.' },
    facts: { ignoreColleaguesOnly: true },
    is: 'unmatched no-forward-found forwarded',
  },
  'setting on, colleague and contact': {
    mail: { to: [TOM, JANE] },
    facts: { ignoreColleaguesOnly: true },
    is: 'archived matched copied',
    people: [JANE],
  },
  'note to self': { mail: { to: [DANA] }, forward: none, is: 'unmatched nobody-on-it copied' },
  'forwarded, known sender': {
    mail: { to: [ARCHIVE] },
    forward: found(),
    is: 'archived matched forwarded',
    people: [JANE],
  },
  'forwarded, unknown sender, known recipient': {
    mail: { to: [ARCHIVE] },
    forward: found({ from: named(STRANGER)[0] ?? null, to: named(JANE) }),
    is: 'unmatched no-match forwarded',
  },
  'forwarded, sent by the owner': {
    mail: { to: [ARCHIVE] },
    forward: found({ from: named(DANA)[0] ?? null, to: named(JANE, LEAD) }),
    is: 'archived matched forwarded',
    people: [JANE, LEAD],
  },
  'forwarded, nothing found': {
    mail: { to: [ARCHIVE] },
    forward: none,
    is: 'unmatched no-forward-found forwarded',
  },
  'attached, all known': {
    mail: { to: [ARCHIVE], forwarded: [fromJane, fromJane] },
    is: 'archived matched forwarded',
    people: [JANE],
  },
  'attached, one known': {
    mail: { to: [ARCHIVE], forwarded: [fromJane, fromStranger] },
    is: 'unmatched partly-matched forwarded',
    people: [JANE],
  },
  'attached, all known, others not read': {
    mail: { to: [ARCHIVE], forwarded: [fromJane, fromJane], mailsLeftOut: 5 },
    is: 'unmatched partly-matched forwarded',
    people: [JANE],
  },
  'attached, none known, others not read': {
    mail: { to: [ARCHIVE], forwarded: [fromStranger], mailsLeftOut: 1 },
    is: 'unmatched no-match forwarded',
  },
  'attached, none read': {
    mail: { to: [ARCHIVE], mailsLeftOut: 2 },
    forward: found(),
    is: 'unmatched no-forward-found forwarded',
  },
  'attached, all under a rule, others not read': {
    mail: { to: [ARCHIVE], forwarded: [fromJane], mailsLeftOut: 1 },
    facts: { rulesByPattern: rules([JANE, DANA_ID]) },
    is: 'unmatched no-forward-found forwarded',
  },
  'setting on, attached among us, others not read': {
    mail: {
      to: [TOM],
      forwarded: [mail({ partPath: '2', from: [TOM], to: [DANA] })],
      mailsLeftOut: 1,
    },
    facts: { ignoreColleaguesOnly: true },
    is: 'unmatched no-forward-found forwarded',
  },
  'copied to a contact, attached mails not read': {
    mail: { to: [JANE], mailsLeftOut: 5 },
    is: 'archived matched copied',
    people: [JANE],
  },
  'attached, others not read, again': {
    mail: { to: [ARCHIVE], forwarded: [fromJane], mailsLeftOut: 5 },
    facts: earlier(DANA_ID),
    is: 'ignored duplicate null',
  },
  'redirected by a user': {
    mail: { from: [JANE], to: [DANA], resentFrom: [TOM] },
    is: 'archived matched forwarded',
    owner: TOM_ID,
    people: [JANE],
  },
  stranger: {
    mail: { from: [STRANGER], to: [ARCHIVE] },
    is: 'rejected owner-does-not-exist null',
    owner: null,
    bounce: STRANGER,
  },
  'stranger who writes to a contact': {
    mail: { from: [STRANGER], to: [JANE] },
    is: 'rejected owner-does-not-exist null',
    owner: null,
    bounce: STRANGER,
  },
  'contact who writes to the archive': {
    mail: { from: [JANE], to: [ARCHIVE] },
    is: 'rejected owner-does-not-exist null',
    owner: null,
    bounce: JANE,
  },
  'user who is not active': {
    mail: { from: [OLGA], to: [JANE] },
    is: 'rejected owner-does-not-exist null',
    owner: null,
    bounce: OLGA,
  },
  'redirected by a stranger': {
    mail: { from: [JANE], resentFrom: [STRANGER] },
    is: 'rejected owner-does-not-exist null',
    owner: null,
    bounce: STRANGER,
  },
  'stranger, forged': {
    mail: { from: [STRANGER] },
    facts: fail,
    is: 'rejected owner-does-not-exist null',
    owner: null,
  },
  'stranger, before the set-up': {
    mail: { from: [STRANGER] },
    facts: { receivedBeforeSetUp: true },
    is: 'rejected owner-does-not-exist null',
    owner: null,
  },
  'stranger who wants no answer': {
    mail: { from: [STRANGER], fields: [['x-auto-response-suppress', 'All']] },
    is: 'rejected owner-does-not-exist null',
    owner: null,
  },
  'stranger, automatic': {
    mail: { from: [STRANGER], fields: [['auto-submitted', 'auto-replied']] },
    is: 'ignored automatic null',
    owner: null,
  },
  'no-reply address': {
    mail: { from: ['no-reply@elsewhere.example'] },
    is: 'ignored automatic null',
    owner: null,
  },
  'our outgoing address': {
    mail: { from: [OUTGOING] },
    is: 'rejected owner-does-not-exist null',
    owner: null,
  },
  'stranger, again': {
    mail: { from: [STRANGER] },
    facts: earlier(null),
    is: 'ignored duplicate null',
    owner: null,
  },
  'stranger, after a user': {
    mail: { from: [STRANGER] },
    facts: earlier(DANA_ID),
    is: 'rejected owner-does-not-exist null',
    owner: null,
    bounce: STRANGER,
  },
  duplicate: { mail: { to: [JANE] }, facts: earlier(DANA_ID), is: 'ignored duplicate null' },
  "not a duplicate: a colleague's": {
    mail: { to: [JANE] },
    facts: earlier(TOM_ID),
    is: 'archived matched copied',
    people: [JANE],
  },
  "not a duplicate: a stranger's": {
    mail: { to: [JANE] },
    facts: earlier(null),
    is: 'archived matched copied',
    people: [JANE],
  },
  'our own notice': {
    mail: { to: [JANE], fields: [['x-letterbook-instance', INSTANCE]] },
    is: 'ignored own-notice null',
  },
  'two From fields': {
    mail: { from: [DANA, DANA], fromLines: 2, to: [JANE] },
    is: 'quarantined no-single-from null',
    owner: null,
  },
  'two From fields, redirected': {
    mail: { from: [JANE], fromLines: 2, resentFrom: [DANA] },
    is: 'quarantined no-single-from null',
    owner: null,
  },
  'owner, forged, policy warn': {
    mail: { to: [JANE] },
    facts: fail,
    is: 'archived matched copied',
    people: [JANE],
  },
  'owner, forged, policy require': {
    mail: { to: [JANE] },
    facts: { ...fail, trustPolicy: 'require' },
    is: 'quarantined sender-not-trusted null',
  },
  'owner, forged, policy require, of which one was held back': {
    mail: { to: [JANE] },
    facts: { ...fail, trustPolicy: 'require', ...earlier(DANA_ID, true) },
    is: 'ignored duplicate null',
  },
  'owner, let in, of which one was held back': {
    mail: { to: [JANE] },
    facts: { ...fail, trustPolicy: 'require', letIn: 'released', ...earlier(DANA_ID, true) },
    is: 'archived matched copied',
    people: [JANE],
  },
  'owner, automatic': {
    mail: { to: [JANE], fields: [['list-id', '<a.b.example>']] },
    is: 'archived matched copied',
    people: [JANE],
  },
};

describe('planFiling', () => {
  it.each(Object.entries(CASES))(
    '%s',
    (_name, { mail: sketch, forward, facts: changes, is, owner, people, bounce }) => {
      const plan = planFiling(read(mail(sketch)), forward ?? null, facts(changes));
      expect(`${plan.outcome} ${plan.reason} ${String(plan.capture)}`).toBe(is);
      expect(plan.ownerId).toBe(owner === undefined ? DANA_ID : owner);
      expect(plan.matchedAddresses).toEqual(people ?? []);
      expect(plan.bounce).toEqual(bounce === undefined ? null : { to: bounce, language: 'en' });
      const filed = plan.outcome === 'archived' || plan.outcome === 'unmatched';
      expect(plan.emails.length > 0).toBe(filed);
      expect(plan.trace).toMatchObject({ outcome: plan.outcome, reason: plan.reason });
    },
  );

  it('names an unreadable mail by its header, and decides nothing by it', () => {
    const header = mail({ from: [DANA], to: [JANE], resentFrom: [TOM] }).header;
    const unreadable = {
      kind: 'unreadable',
      why: 'It is too deep.',
      fingerprint: '',
      header,
    } as const;
    const sameFingerprint = [{ inboundMessageId: 1, ownerId: DANA_ID, heldBack: false }];
    expect(planFiling(unreadable, null, facts({ sameFingerprint }))).toMatchObject({
      outcome: 'quarantined',
      reason: 'unreadable',
      ownerId: null,
      capture: null,
      fromAddress: DANA,
      subject: 'Chairs',
      messageId: '<1@firm.example>',
      emails: [],
      bounce: null,
    });
  });

  it('quarantines what cannot be read, and says why', () => {
    const plan = planFiling(
      { kind: 'unreadable', why: 'It has no header.', fingerprint: '', header: null },
      null,
      facts(),
    );
    expect(plan).toMatchObject({
      outcome: 'quarantined',
      reason: 'unreadable',
      ownerId: null,
      fromAddress: null,
      subject: '',
      messageId: null,
      emails: [],
      bounce: null,
    });
    expect(plan.trace.steps).toEqual([
      { step: 'read', verdict: 'unreadable', why: 'It has no header.' },
    ]);
  });

  it('names the address by which the owner was sought', () => {
    const from = (sketch: samples.MailSketch) =>
      planFiling(read(mail(sketch)), null, facts()).fromAddress;
    expect(from({ from: [DANA] })).toBe(DANA);
    expect(from({ from: [JANE], resentFrom: [TOM] })).toBe(TOM);
    expect(from({ from: [JANE], resentFrom: [STRANGER] })).toBe(STRANGER);
    expect(from({ from: [], fromLines: 0 })).toBeNull();
  });

  it('plans 100,000 recipients, each with a record', () => {
    const to = Array.from({ length: 100_000 }, (_, i) => `p${String(i)}@client.example`);
    const peopleByAddress = new Map(
      to.map((address, personId) => [address, [{ personId, kind: 'lead' as const }]]),
    );
    const plan = planFiling(read(mail({ to, cc: to })), null, facts({ peopleByAddress }));
    expect(plan.emails[0]?.links).toHaveLength(100_000);
    expect(plan.matchedAddresses).toHaveLength(100_000);
  });
});
