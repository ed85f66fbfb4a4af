import { describe, expect, it } from 'vitest';
import { identifyOwner } from '../../../src/archiving/identify-owner.ts';
import { canonicalAddress } from '../../../src/shared/email-address.ts';
import type * as samples from './samples.ts';
import {
  DANA,
  DANA_AT_HOME,
  DANA_ID,
  facts,
  JANE,
  mail,
  OLGA,
  STRANGER,
  TOM,
  TOM_ID,
} from './samples.ts';

describe('identifyOwner', () => {
  it.each<[string, samples.HeaderSketch, number | null, string]>([
    ['primary address', { from: [DANA] }, DANA_ID, DANA],
    ['another verified address', { from: [DANA_AT_HOME] }, DANA_ID, DANA_AT_HOME],
    ['unknown address', { from: [STRANGER] }, null, STRANGER],
    ['inactive user', { from: [OLGA] }, null, OLGA],
    ['address of a contact', { from: [JANE] }, null, JANE],
    ['Reply-To of a user', { from: [STRANGER], replyTo: [DANA] }, null, STRANGER],
    ['redirected by a user', { from: [JANE], resentFrom: [DANA] }, DANA_ID, DANA],
    ["a user redirects a colleague's mail", { from: [DANA], resentFrom: [TOM] }, TOM_ID, TOM],
    ['redirected by an inactive user', { from: [JANE], resentFrom: [OLGA] }, null, OLGA],
    ['redirected by a stranger', { from: [JANE], resentFrom: [STRANGER] }, null, STRANGER],
    ["a stranger redirects a user's mail", { from: [DANA], resentFrom: [STRANGER] }, DANA_ID, DANA],
    ['redirected twice', { from: [JANE], resentFrom: [TOM, DANA] }, TOM_ID, TOM],
    ['redirected again by an alias', { from: [JANE], resentFrom: [STRANGER, DANA] }, DANA_ID, DANA],
    ['two From fields', { from: [DANA, DANA], fromLines: 2 }, null, DANA],
    ['two From fields, redirected', { from: [], fromLines: 2, resentFrom: [DANA] }, null, ''],
    ['a list in From', { from: [DANA, TOM] }, null, DANA],
    ['no From', { from: [], fromLines: 0 }, null, ''],
  ])('%s', (_name, sketch, userId, address) => {
    const owner = identifyOwner(mail(sketch), facts());
    expect(owner.kind === 'owner' ? owner.userId : null).toBe(userId);
    expect(owner.address).toBe(address);
  });

  it('gives a display name no weight', () => {
    const lying = mail({ from: [STRANGER] });
    const header = { ...lying.header, from: [{ address: STRANGER, name: `Dana <${DANA}>` }] };
    expect(identifyOwner({ ...lying, header }, facts()).kind).toBe('nobody');
  });

  it.each([
    ['capitals', 'DANA@Firm.Example', true],
    ['trailing dot', `${DANA}.`, true],
    ['quotes', '"dana"@firm.example', true],
    ['tag', 'dana+crm@firm.example', false],
    ['Cyrillic letter', 'dаna@firm.example', false],
    ['Cyrillic domain', 'dana@fіrm.example', false],
    ['text after the domain', `${DANA}/elsewhere.example`, false],
    ['subdomain', 'dana@mail.firm.example', false],
  ])('compares canonical addresses: %s', (_name, raw, isDana) => {
    const address = canonicalAddress(raw);
    const owner = identifyOwner(mail({ from: address === null ? [] : [address] }), facts());
    expect(owner.kind === 'owner').toBe(isDana);
  });
});
