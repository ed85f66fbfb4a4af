import { describe, expect, test } from 'vitest';
import { canonicalAddress } from '../../../src/shared/email-address.ts';
import { THEMES } from '../../support/trust/trust-case.ts';
import { buildTrustCases } from '../../support/trust/trust-cases.ts';

const cases = await buildTrustCases();

describe('the cases of sender trust', () => {
  test('are many, of every theme, each with its own name and reason', () => {
    expect(cases.length).toBeGreaterThanOrEqual(140);
    expect(new Set(cases.map((each) => each.id)).size).toBe(cases.length);
    for (const theme of THEMES) {
      expect(cases.filter((each) => each.theme === theme).length, theme).toBeGreaterThan(4);
    }
    expect(cases.filter((each) => each.why.length < 3).map((each) => each.id)).toEqual([]);
  });

  test('never let a forged mail pass', () => {
    const passing = cases.filter((each) => [each.expected, ...each.alsoRight].includes('pass'));
    expect(passing.filter((each) => each.forged).map((each) => each.id)).toEqual([]);
    expect(passing.length).toBeGreaterThan(100);
    expect(cases.filter((each) => each.forged).length).toBeGreaterThan(100);
  });

  test('decide something each: no case takes every verdict', () => {
    const open = cases.filter((each) => new Set([each.expected, ...each.alsoRight]).size > 3);
    expect(open.map((each) => each.id)).toEqual([]);
  });

  test('name their owners as users are stored', () => {
    for (const each of cases) {
      expect(each.users.map(canonicalAddress), each.id).toEqual(each.users);
      if (each.owner !== null) expect(each.users, each.id).toContain(each.owner);
    }
  });

  test('are mails: a header, an empty line, a body', () => {
    const broken = cases.filter((each) => !each.raw.includes('\r\n\r\n'));
    expect(broken.map((each) => each.id)).toEqual([]);
  });

  test('differ from each other in mail, zone or settings', () => {
    const sums = cases.map(({ raw, zone, settings, receivedAt }) =>
      JSON.stringify([raw.toString('latin1'), zone, settings, receivedAt]),
    );
    const double = cases.filter((_, at) => sums.indexOf(sums[at]!) !== at);
    expect(double.map((each) => each.id)).toEqual([]);
  });
});
