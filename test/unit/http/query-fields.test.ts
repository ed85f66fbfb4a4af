import { expect, test } from 'vitest';
import { z } from 'zod';
import {
  dayInQuery,
  idInQuery,
  longIdInQuery,
  searchInQuery,
  textInQuery,
  tickInQuery,
} from '../../../src/http/query-fields.ts';

const query = z.object({
  id: idInQuery,
  long: longIdInQuery,
  q: searchInQuery,
  text: textInQuery,
  tick: tickInQuery,
  day: dayInQuery,
});
const nothing = { id: null, long: null, q: '', text: null, tick: false, day: null };

test('what is not given, or no such thing, counts as nothing', () => {
  expect(query.parse({})).toEqual(nothing);
  const mangled = {
    id: '2147483648',
    long: '1e3',
    q: ['a'],
    text: {},
    tick: 'yes',
    day: '2026-02-30',
  };
  expect(query.parse(mangled)).toEqual(nothing);
});

test('an empty text is something else than none', () => {
  expect(query.parse({ text: '' })).toEqual({ ...nothing, text: '' });
});

test('what is given is read, without characters that the database refuses', () => {
  const given = {
    id: '12',
    long: '99999999999',
    q: ' a\0 b ',
    text: 'a\0b',
    tick: '1',
    day: '2026-11-24',
  };
  expect(query.parse(given)).toEqual({
    ...{ id: 12, long: 99_999_999_999, q: 'a b', text: 'a b', tick: true, day: '2026-11-24' },
  });
});
