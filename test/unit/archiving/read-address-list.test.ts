import { describe, expect, test } from 'vitest';
import { readAddressList } from '../../../src/archiving/read-address-list.ts';

function read(text: string): string[] {
  return readAddressList(text, 1_000).addresses.map(({ address, name }) => `${name}|${address}`);
}

describe('readAddressList', () => {
  // Looking for the @ anew at each colon took a minute; the test's own limit is 20 s.
  test.each([':', ';', ',', '<', '(', '"', '[', '@', ' '])('takes a megabyte of %s', (char) => {
    expect(read(`@${char.repeat(1_000_000)}`)).toEqual([]);
  });

  test.each([
    ['jane@acme.example', ['|jane@acme.example']],
    ['Jane Roe <Jane@ACME.example>', ['Jane Roe|jane@acme.example']],
    ['"Roe, Jane" <jane@acme.example>', ['Roe, Jane|jane@acme.example']],
    ['Roe, Jane <jane@acme.example>', ['Roe, Jane|jane@acme.example']],
    ['"Jane \\"J\\" Roe" <jane@acme.example>', ['Jane "J" Roe|jane@acme.example']],
    ['jane@acme.example (Jane (J) Roe)', ['Jane (J) Roe|jane@acme.example']],
    ['<jane@acme.example>, <bob@acme.example>', ['|jane@acme.example', '|bob@acme.example']],
    ['a@acme.example;b@acme.example', ['|a@acme.example', '|b@acme.example']],
    ['A <a@acme.example> B <b@acme.example>', ['A|a@acme.example', 'B|b@acme.example']],
    ['undisclosed-recipients:;', []],
    [
      'Team: a@acme.example, B <b@acme.example>;, c@acme.example',
      ['|a@acme.example', 'B|b@acme.example', '|c@acme.example'],
    ],
    ['=?utf-8?Q?J=C3=BCrg?= <j@acme.example>', ['Jürg|j@acme.example']],
    ['<@relay.example,@other.example:jane@acme.example>', ['|jane@acme.example']],
    ['"john doe"@acme.example', ['|"john doe"@acme.example']],
    ['jane@bücher.example', ['|jane@xn--bcher-kva.example']],
    ['', []],
    [' , ,;', []],
  ])('%j', (text, expected) => {
    expect(read(text)).toEqual(expected);
  });

  test.each([
    ['a name that is an address', '"dana@house.example" <eve@evil.example>'],
    ['an unquoted name that is an address', 'dana@house.example <eve@evil.example>'],
    ['a comment', '(dana@house.example) eve@evil.example'],
    ['an encoded name', '=?utf-8?Q?dana=40house.example?= <eve@evil.example>'],
    ['an encoded name with brackets', '=?utf-8?Q?=3Cdana=40house.example=3E,?= <eve@evil.example>'],
    ['an encoded list', '=?utf-8?B?ZGFuYUBob3VzZS5leGFtcGxlLCA=?= <eve@evil.example>'],
    ['a quoted bracket', '"x <dana@house.example>" <eve@evil.example>'],
  ])('%s puts no address into the list', (_name, text) => {
    const { addresses } = readAddressList(text, 10);
    expect(addresses.map(({ address }) => address)).toEqual(['eve@evil.example']);
  });

  test.each([
    '=?utf-8?Q?dana=40house.example?=',
    '<=?utf-8?Q?dana=40house.example?=>',
    '"dana@house.example"',
    'dana@house.example@evil.example',
    '"unclosed <dana@house.example>',
    '(unclosed dana@house.example',
  ])('no address in %j', (text) => {
    expect(read(text)).not.toContain('|dana@house.example');
    expect(
      readAddressList(text, 10).addresses.filter((a) => a.address === 'dana@house.example'),
    ).toEqual([]);
  });

  test.each([
    ['Jane <jane@acme.example>', 1],
    ['Roe, Jane <jane@acme.example>', 1],
    ['Jane', 1],
    ['jane@acme.example, bob', 2],
    ['a@acme.example, b@acme.example', 2],
    ['<a@acme.example> <b@acme.example>', 2],
    ['Team: a@acme.example, b@acme.example;', 2],
    ['', 0],
    ['undisclosed-recipients:;', 0],
  ])('mailboxes of %j', (text, expected) => {
    expect(readAddressList(text, 10).mailboxes).toBe(expected);
  });

  test('stops at the limit', () => {
    const text = Array.from({ length: 50 }, (_, i) => `p${i}@acme.example`).join(',');
    expect(readAddressList(text, 20).addresses).toHaveLength(20);
  });
});
