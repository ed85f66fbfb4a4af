import { domainToASCII } from 'node:url';
import { describe, expect, test } from 'vitest';
import { addressInName } from '../../../src/emails/address-in-name.ts';
import { marksOf } from '../../../src/emails/participant-marks.ts';
import { latinForm, mixesAlphabets } from '../../../src/shared/latin-form.ts';

const at = (local: string, domain: string) => `${local}@${domainToASCII(domain)}`;

describe('an address that a name shows', () => {
  test.each([
    ['jane@bank.test', 'x@evil.test', 'jane@bank.test'],
    ['Jane Roe (Jane@BANK.test)', 'x@evil.test', 'jane@bank.test'],
    ['<jane@bank.test>', 'x@evil.test', 'jane@bank.test'],
    ['jane＠bank.test', 'x@evil.test', 'jane@bank.test'],
    ['ja\u200Bne@bank.\u202Etest', 'x@evil.test', 'jane@bank.test'],
    ['mail jane@bank.test.', 'x@evil.test', 'jane@bank.test'],
    ['x@evil.test for jane@bank.test', 'x@evil.test', 'jane@bank.test'],
    ['uma@bücher.test', 'x@evil.test', 'uma@xn--bcher-kva.test'],
    ['jane@bank.test', 'jane@bank.test', null],
    ['Jane@Bank.Test', 'jane@bank.test', null],
    ['uma@bücher.test', 'uma@xn--bcher-kva.test', null],
    ['jane@bank.test', 'jane+crm@bank.test', null],
    ['Jane Roe', 'x@evil.test', null],
    ['Jane @ Bank', 'x@evil.test', null],
    ['jane@bank', 'x@evil.test', null],
    ['', 'x@evil.test', null],
  ])('%j beside %s', (name, address, shown) => {
    expect(addressInName(name, address)).toBe(shown);
  });

  test('is looked for in the beginning of a name alone', () => {
    expect(addressInName(`${'a'.repeat(100_000)}@bank.test`, 'x@evil.test')).toBeNull();
    expect(addressInName('a@'.repeat(100_000), 'x@evil.test')).toBeNull();
  });
});

test.each([
  [at('jane', 'аcme.test'), 'jane@acme.test', true],
  [at('jаne', 'acme.test'), 'jane@acme.test', true],
  [at('jane', 'аррӏе.test'), 'jane@apple.test', false],
  [at('jοe', 'acme.test'), 'joe@acme.test', true],
  [at('jane', 'acmе.bank.test'), 'jane@acme.bank.test', true],
  [at('иван', 'пример.test'), 'иbah@npиmep.test', false],
  [at('uma', 'bücher.test'), 'uma@bücher.test', false],
  [at('jane', '東京acme.test'), 'jane@東京acme.test', false],
  ['ivan-иван@acme.test', 'ivan-иbah@acme.test', false],
  ['ｊane@acme.test', 'jane@acme.test', false],
  ['jane@acme.test', 'jane@acme.test', false],
  ['jane@[192.0.2.1]', 'jane@[192.0.2.1]', false],
])('%s reads %s', (address, form, mixed) => {
  expect(mixesAlphabets(address)).toBe(mixed);
  expect(latinForm(address)).toBe(form);
});

describe('marks', () => {
  const known = {
    addresses: ['jane@acme.test', 'tom@modern.test'],
    domains: ['acme.test', 'modern.test', 'wood.test', 'vvood.test'],
  };
  const marks = (address: string, name = '', people: unknown[] = []) =>
    marksOf({ address, name, kind: 'correspondent', people }, known).map(({ key }) => key);

  test.each([
    ['jane@acme.test', []],
    ['someone@else.test', []],
    [at('jane', 'аcme.test'), ['looksLike']],
    [at('jane', 'асmе.test'), ['looksLike']],
    ['ｊane@acme.test', ['looksLike']],
    ['jane@acrne.test', ['looksLike']],
    ['tom@modem.test', ['looksLike']],
    ['t0m@modern.test', ['looksLike']],
    ['jane+1@acme.test', []],
    [at('nobody', 'аcme.test'), ['domainLooksLike']],
    ['nobody@acrne.test', ['domainLooksLike']],
    ['nobody@m0dern.test', ['domainLooksLike']],
    ['nobody@acme.test', []],
    ['nobody@vvood.test', []],
    ['nobody@sub.acrne.test', []],
    [at('nobody', 'аnyone.test'), ['mixed']],
    [at('иван', 'пример.test'), []],
  ])('%s', (address, expected) => {
    expect(marks(address)).toEqual(expected);
  });

  test('one that is on a record is taken for nobody else; its name may still deceive', () => {
    expect(marks('jane@acrne.test', '', [{}])).toEqual([]);
    expect(marks('x@evil.test', 'jane@acme.test', [{}])).toEqual(['nameShows']);
  });

  test('name what is shown and what is meant', () => {
    const one = { address: 'x@evil.test', name: 'jane@bank.test', kind: 'correspondent' as const };
    expect(marksOf({ ...one, people: [] }, { addresses: [], domains: [] })).toEqual([
      { key: 'nameShows', shown: 'jane@bank.test', address: 'x@evil.test' },
    ]);
  });
});
