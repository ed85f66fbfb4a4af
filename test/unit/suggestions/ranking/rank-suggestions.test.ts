import { describe, expect, it } from 'vitest';
import type { Candidate, Unknown } from '../../../../src/suggestions/ranking/candidate.ts';
import { rankSuggestions } from '../../../../src/suggestions/ranking/rank-suggestions.ts';

const unknown = (part: Partial<Unknown>): Unknown => ({
  address: 'x@somewhere.test',
  name: '',
  isSender: true,
  isOnlyRecipient: false,
  text: '',
  others: [],
  ...part,
});

const jane: Candidate = {
  personId: 1,
  firstName: 'Jane',
  lastName: 'Roe',
  account: null,
  addresses: ['jane.roe@joinery.test'],
  linkedDaysAgo: null,
  conversations: [],
  together: 0,
};
const tom: Candidate = { ...jane, personId: 2, firstName: 'Tom', addresses: ['t.roe@quay.test'] };

describe('rankSuggestions', () => {
  it('takes the same name for a strong sign', () => {
    expect(rankSuggestions(unknown({ name: 'Roe, Jane' }), [tom, jane])).toEqual([
      { personId: 1, strength: 'strong', reasons: [{ kind: 'same-name' }] },
    ]);
  });

  it('tells how many letters of a mistyped address are wrong', () => {
    const typed = unknown({ address: 'jane.roe@jonery.test', isSender: false });
    expect(rankSuggestions(typed, [jane, tom])[0]).toMatchObject({
      personId: 1,
      strength: 'strong',
      reasons: expect.arrayContaining([
        { kind: 'typo', address: 'jane.roe@joinery.test', letters: 1 },
      ]) as unknown,
    });
  });

  it('warns of a sender whose domain imitates that of the record', () => {
    const fake = unknown({ address: 'jane.roe@jolnery-payments.test', name: 'Jane Roe' });
    const real = { ...jane, addresses: ['jane.roe@jolnery.test'] };
    expect(rankSuggestions(fake, [real])).toMatchObject([
      { strength: 'weak', reasons: [{ kind: 'same-name' }, { kind: 'lookalike' }] },
    ]);
  });

  it('says the conversation, and leaves it out of account where another name is shown', () => {
    const sentAt = '2026-05-03T10:00:00.000Z';
    const thread = { emailId: 7, subject: 'Offer 12', sentAt, by: 'header', people: 1 } as const;
    const known = { ...jane, conversations: [thread] };
    const said = { kind: 'conversation', emailId: 7, subject: 'Offer 12', sentAt };
    expect(rankSuggestions(unknown({ name: 'JR' }), [known])[0]?.reasons).toContainEqual(said);
    expect(rankSuggestions(unknown({ name: 'Piers Odell' }), [known])).toEqual([]);
  });

  it('shows no crowd of colleagues of whom nothing but the company is known', () => {
    const colleagues = Array.from({ length: 30 }, (_, at) => ({
      ...jane,
      personId: at + 1,
      firstName: 'Piers',
      lastName: `Odell${String(at)}`,
      addresses: [`p${String(at)}@joinery.test`],
    }));
    const asked = unknown({ address: 'una.faye@joinery.test', name: 'Una Faye' });
    expect(rankSuggestions(asked, colleagues)).toEqual([]);
    expect(rankSuggestions(asked, colleagues.slice(0, 8))).toHaveLength(3);
  });

  it('reads hostile names in little time and takes them for nobody', () => {
    const names = [
      '('.repeat(90_000),
      ' '.repeat(90_000),
      `${'a '.repeat(90_000)}(née`,
      '%'.repeat(500),
    ];
    const text = `${'Hello '.repeat(20_000)}\n${'\t'.repeat(90_000)}`;
    for (const name of names) {
      expect(rankSuggestions(unknown({ name, text, isOnlyRecipient: true }), [jane])).toEqual([]);
    }
  });
});
