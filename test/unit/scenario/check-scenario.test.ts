import { describe, expect, it } from 'vitest';
import {
  checkBounces,
  checkScenario,
  expectedBounces,
  readLogCsv,
  type LogRow,
} from '../../support/scenario/check-scenario.ts';
import type { Expected, Scenario } from '../../support/scenario/scenario.ts';

const ARCHIVED: Expected = {
  messageId: '<one@x.example>',
  outcome: 'archived',
  reason: 'matched',
  ownerEmail: 'dana@x.example',
  people: ['a@y.example', 'info@xn--bcher-kva.example'],
  capture: 'copied',
};
const DUPLICATE: Expected = {
  ...ARCHIVED,
  outcome: 'ignored',
  reason: 'duplicate',
  people: [],
  capture: null,
};
const REJECTED: Expected = {
  messageId: '',
  outcome: 'rejected',
  ownerEmail: null,
  people: [],
  capture: null,
  bounceTo: 's@z.example',
};

const scenario: Scenario = {
  users: [],
  people: [],
  deliveries: [
    { name: 'double', raw: Buffer.alloc(0), deliver: 2, expected: [ARCHIVED, DUPLICATE] },
    { name: 'stranger', raw: Buffer.alloc(0), deliver: 1, expected: [REJECTED] },
    { name: 'stranger again', raw: Buffer.alloc(0), deliver: 1, expected: [REJECTED] },
  ],
};

const archived: LogRow = {
  message_id: '<one@x.example>',
  outcome: 'archived',
  reason: 'matched',
  capture: 'copied',
  owner: 'dana@x.example',
  people: 'info@bücher.example;a@y.example;a@y.example',
};
const duplicate: LogRow = { ...archived, outcome: 'ignored', reason: 'duplicate', people: '' };
const rejected: LogRow = {
  message_id: '',
  outcome: 'rejected',
  reason: 'owner-does-not-exist',
  capture: '',
  owner: '',
  people: '',
};
const all = [archived, duplicate, rejected, rejected];

describe('checkScenario', () => {
  it('finds nothing where all is as expected, in any order', () => {
    expect(checkScenario(all, scenario)).toEqual([]);
    expect(checkScenario(all.toReversed(), scenario)).toEqual([]);
    const json = all.map((row) => ({ ...row, people: row.people === '' ? [] : row.people }));
    expect(checkScenario(json, scenario)).toEqual([]);
  });

  const changes: readonly (readonly [string, readonly LogRow[], RegExp])[] = [
    ['a missing row', all.slice(1), /no row in the log/],
    ['a missing row without id', all.slice(0, 3), /stranger again .*no row/],
    ['a row too many', [...all, duplicate], /One too many/],
    [
      'an unexpected row',
      [...all, { ...archived, message_id: '<two@x>' }],
      /Not expected: <two@x>/,
    ],
    ['another outcome', changed({ outcome: 'unmatched' }), /outcome is "unmatched"/],
    ['another owner', changed({ owner: 'tom@x.example' }), /owner is "tom@x.example"/],
    ['no owner', changed({ owner: '' }), /owner is ""/],
    ['a person less', changed({ people: 'a@y.example' }), /people is "a@y.example"/],
    ['a person more', changed({ people: 'a@y.example;info@bücher.example;q@q' }), /people is/],
    ['another capture', changed({ capture: 'forwarded' }), /capture is "forwarded"/],
    ['another reason', changed({ reason: 'no-match' }), /reason is "no-match"/],
    ['both archived', [archived, archived, rejected, rejected], /outcome is "archived"/],
  ];
  it.each(changes)('finds %s', (_, rows, sentence) => {
    const found = checkScenario(rows, scenario);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(sentence);
  });
});

describe('expectedBounces', () => {
  it('names each sender once', () => {
    expect(expectedBounces(scenario)).toEqual(['s@z.example']);
  });
});

describe('checkBounces', () => {
  it('finds what is missing, too many, or doubled', () => {
    expect(checkBounces(['S@Z.example'], scenario)).toEqual([]);
    expect(checkBounces([], scenario)).toEqual(['s@z.example got no bounce.']);
    expect(checkBounces(['s@z.example', 's@z.example', 'q@q.example'], scenario)).toEqual([
      'q@q.example got a bounce and was to get none.',
      's@z.example got 2 bounces.',
    ]);
  });
});

describe('readLogCsv', () => {
  it('reads the columns by name and refuses a file that lacks one', () => {
    const csv =
      'message_id,outcome,reason,capture,owner,people\r\n<a@b>,archived,matched,,x,"p;q"\r\n';
    expect(readLogCsv(csv)[0]).toMatchObject({ message_id: '<a@b>', people: 'p;q' });
    expect(() => readLogCsv('message_id,outcome\n<a@b>,archived\n')).toThrow();
  });
});

function changed(change: Partial<LogRow>): LogRow[] {
  return [{ ...archived, ...change }, ...all.slice(1)];
}
