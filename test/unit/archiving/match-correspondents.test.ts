import { describe, expect, it } from 'vitest';
import {
  matchCorrespondents,
  matchedAddresses,
} from '../../../src/archiving/match-correspondents.ts';
import type { DraftEmail, Participant } from '../../../src/archiving/planned-email.ts';
import { ARCHIVE, facts, JANE, JANE_PRIVATE, LEAD, OFFICE, STRANGER, TOM } from './samples.ts';

type Sketch = readonly [role: Participant['role'], address: string, deciding: boolean];

function draft(...sketches: readonly Sketch[]): DraftEmail {
  return {
    partPath: '',
    subject: '',
    messageId: null,
    conversation: [],
    sentAt: null,
    dateRaw: null,
    text: '',
    remark: '',
    bodyParts: [],
    attachments: [],
    participants: sketches.map(([role, address, deciding]) => ({
      role,
      address,
      name: '',
      kind: address === TOM ? 'colleague' : address === ARCHIVE ? 'archive' : 'correspondent',
      deciding,
      source: 'header',
    })),
  };
}

describe('matchCorrespondents', () => {
  it.each<[string, Sketch[], string, string[]]>([
    ['nobody', [], 'unmatched', []],
    ['one who decides matches', [['to', JANE, true]], 'archived', [`11 ${JANE}`]],
    ['one who decides does not', [['to', STRANGER, true]], 'unmatched', []],
    [
      'only one who does not decide matches',
      [
        ['to', STRANGER, true],
        ['bcc', JANE, false],
      ],
      'unmatched',
      [],
    ],
    [
      'the others become links too',
      [
        ['from', JANE, true],
        ['cc', LEAD, false],
      ],
      'archived',
      [`11 ${JANE}`, `14 ${LEAD}`],
    ],
    [
      'every record that has the address',
      [['to', OFFICE, true]],
      'archived',
      [`12 ${OFFICE}`, `13 ${OFFICE}`],
    ],
    [
      'a record once, by who decided',
      [
        ['from', JANE_PRIVATE, false],
        ['to', JANE, true],
      ],
      'archived',
      [`11 ${JANE}`],
    ],
    [
      'Reply-To is never linked',
      [
        ['from', LEAD, true],
        ['reply-to', JANE, false],
      ],
      'archived',
      [`14 ${LEAD}`],
    ],
  ])('%s', (_name, sketches, state, links) => {
    const email = matchCorrespondents(draft(...sketches), facts());
    expect(email.state).toBe(state);
    expect(email.links.map(({ personId, address }) => `${String(personId)} ${address}`)).toEqual(
      links,
    );
  });

  it('never links a colleague or the archive, even if a record has the address', () => {
    const person = [{ personId: 20, kind: 'contact' as const }];
    const peopleByAddress = new Map([
      [TOM, person],
      [ARCHIVE, person],
      [JANE, person],
    ]);
    const email = matchCorrespondents(
      draft(['to', JANE, true], ['cc', TOM, false], ['cc', ARCHIVE, false]),
      facts({ peopleByAddress }),
    );
    expect(email.links).toEqual([{ personId: 20, address: JANE }]);
    expect(matchedAddresses([email], facts({ peopleByAddress }))).toEqual([JANE]);
  });

  it('takes an address without records for no match', () => {
    const peopleByAddress = new Map([[JANE, []]]);
    expect(matchCorrespondents(draft(['to', JANE, true]), facts({ peopleByAddress })).state).toBe(
      'unmatched',
    );
  });
});

describe('matchedAddresses', () => {
  it('names all that matched on archived emails, sorted, each once', () => {
    const emails = [
      matchCorrespondents(
        draft(['to', LEAD, true], ['cc', JANE_PRIVATE, true], ['cc', STRANGER, true]),
        facts(),
      ),
      matchCorrespondents(draft(['from', JANE, true], ['to', LEAD, false]), facts()),
      matchCorrespondents(draft(['from', STRANGER, true], ['to', OFFICE, false]), facts()),
    ];
    expect(matchedAddresses(emails, facts())).toEqual([JANE, JANE_PRIVATE, LEAD]);
  });
});
