import { describe, expect, test } from 'vitest';
import { type SuggestionCase, THEMES } from '../../support/suggestions/suggestion-case.ts';
import { SUGGESTION_CASES } from '../../support/suggestions/suggestion-cases.ts';

const share = (cases: readonly SuggestionCase[]) =>
  cases.filter((each) => each.heldOut).length / cases.length;

const idsOf = (each: SuggestionCase) => new Set(each.people.map((person) => person.id));

/** The ids of the cases that break a rule: what a failure should name. */
const breaking = (rule: (each: SuggestionCase) => boolean) =>
  SUGGESTION_CASES.filter((each) => !rule(each)).map((each) => each.id);

const unique = (values: readonly string[]) => new Set(values).size === values.length;

describe('the corpus of suggestions', () => {
  test('is large, and its ids are unique and begin with their theme', () => {
    expect(SUGGESTION_CASES.length).toBeGreaterThanOrEqual(170);
    expect(unique(SUGGESTION_CASES.map((each) => each.id))).toBe(true);
    expect(breaking((each) => each.id.startsWith(`${each.theme}/`))).toEqual([]);
  });

  test('holds out about three in ten, on the whole and of each theme', () => {
    expect(share(SUGGESTION_CASES)).toBeGreaterThan(0.25);
    expect(share(SUGGESTION_CASES)).toBeLessThan(0.35);
    for (const theme of THEMES) {
      const cases = SUGGESTION_CASES.filter((each) => each.theme === theme);
      expect(cases.length, theme).toBeGreaterThanOrEqual(12);
      expect(share(cases), theme).toBeGreaterThan(0.22);
      expect(share(cases), theme).toBeLessThan(0.38);
    }
  });

  test('has somebody and nobody to find, in what is tuned and in what is held out', () => {
    for (const heldOut of [false, true]) {
      const cases = SUGGESTION_CASES.filter((each) => each.heldOut === heldOut);
      const none = cases.filter((each) => each.expected === 'none').length / cases.length;
      expect(none).toBeGreaterThan(0.2);
      expect(none).toBeLessThan(0.5);
    }
  });

  test('expects people who exist, and each of them once', () => {
    const known = (each: SuggestionCase, id: string) => idsOf(each).has(id);
    expect(breaking((each) => unique(each.people.map((person) => person.id)))).toEqual([]);
    expect(breaking((each) => !known(each, 'none'))).toEqual([]);
    expect(breaking((each) => each.expected === 'none' || known(each, each.expected))).toEqual([]);
    expect(
      breaking(({ alsoAcceptable, ...each }) =>
        alsoAcceptable.every((id) => id !== each.expected && idsOf(each as SuggestionCase).has(id)),
      ),
    ).toEqual([]);
    expect(
      breaking((each) => each.expected !== 'none' || each.alsoAcceptable.length === 0),
    ).toEqual([]);
  });

  test('refers to accounts and people who exist', () => {
    expect(
      breaking((each) => {
        const accounts = new Set(each.accounts.map((account) => account.id));
        return each.people.every(({ account }) => account === null || accounts.has(account));
      }),
    ).toEqual([]);
    expect(
      breaking((each) =>
        each.archived.flatMap((mail) => mail.people).every((id) => idsOf(each).has(id)),
      ),
    ).toEqual([]);
  });

  test('asks about addresses that no record and no other participant has', () => {
    expect(
      breaking(({ unmatched, people, others }) => {
        const known = [
          ...people.flatMap((each) => each.addresses),
          ...others.map((each) => each.address),
        ];
        return !known.map((each) => each.toLowerCase()).includes(unmatched.address.toLowerCase());
      }),
    ).toEqual([]);
  });

  test('has mails that somebody could have sent', () => {
    expect(
      breaking(({ unmatched, others, user }) => {
        const all = [unmatched, ...others];
        const writers = all.filter((each) => each.role === 'from');
        const addresses = all.map((each) => each.address);
        return writers.length === 1 && unique(addresses) && addresses.includes(user.address);
      }),
    ).toEqual([]);
    expect(
      breaking(({ mail, archived }) => archived.every((each) => each.sentAt < mail.sentAt)),
    ).toEqual([]);
    expect(
      breaking(({ mail, archived }) =>
        [mail.messageId, ...mail.references, ...archived.map((each) => each.messageId)].every(
          (id) => /^<[^<>\s]+@[^<>\s]+>$/.test(id),
        ),
      ),
    ).toEqual([]);
  });

  test('has no stranger in its crowds with the name that is sought', () => {
    expect(
      breaking(({ unmatched, people }) => {
        const name = unmatched.name.toLowerCase();
        return people
          .filter((each) => each.id.startsWith('crowd-'))
          .every((each) => !name.includes(each.lastName.toLowerCase()));
      }),
    ).toEqual([]);
  });
});
