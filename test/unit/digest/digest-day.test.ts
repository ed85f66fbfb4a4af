import { expect, test } from 'vitest';
import { digestDay } from '../../../src/digest/digest-day.ts';

const LONG_AGO = new Date('2020-01-01T00:00:00Z');
const due = (timeZone: string, hour: number, now: string, since = LONG_AGO) =>
  digestDay({ timeZone, hour, since }, new Date(now));

test.each([
  ['before the hour', 'Europe/Berlin', 8, '2026-11-26T06:59:59Z', null],
  ['at the hour', 'Europe/Berlin', 8, '2026-11-26T07:00:00Z', '2026-11-26'],
  ['long after it, the same day', 'Europe/Berlin', 8, '2026-11-26T22:59:59Z', '2026-11-26'],
  ['after midnight there', 'Europe/Berlin', 8, '2026-11-26T23:00:00Z', null],
  ['a day ahead of UTC', 'Pacific/Kiritimati', 7, '2026-11-26T17:00:00Z', '2026-11-27'],
  ['a day behind UTC', 'Pacific/Honolulu', 18, '2026-11-27T04:00:00Z', '2026-11-26'],
  ['at midnight', 'UTC', 0, '2026-11-26T00:00:00Z', '2026-11-26'],
  ['a zone of half hours', 'Asia/Kolkata', 9, '2026-11-26T03:29:00Z', null],
  ['and half past', 'Asia/Kolkata', 9, '2026-11-26T03:30:00Z', '2026-11-26'],
])('%s', (_name, zone, hour, now, expected) => {
  expect(due(zone, hour, now)).toBe(expected);
});

test('an hour that the clock skips is due at the next', () => {
  // 29 March 2026: after 01:59 comes 03:00.
  expect(due('Europe/Berlin', 2, '2026-03-29T00:59:59Z')).toBeNull();
  expect(due('Europe/Berlin', 2, '2026-03-29T01:00:00Z')).toBe('2026-03-29');
});

test('an hour that comes twice is of one day', () => {
  // 25 October 2026: after 02:59 comes 02:00.
  expect(due('Europe/Berlin', 2, '2026-10-25T00:10:00Z')).toBe('2026-10-25');
  expect(due('Europe/Berlin', 2, '2026-10-25T01:10:00Z')).toBe('2026-10-25');
});

test('whoever switches it on after the hour begins on the next day', () => {
  const since = new Date('2026-11-26T12:00:00Z');
  expect(due('UTC', 8, '2026-11-26T12:01:00Z', since)).toBeNull();
  expect(due('UTC', 8, '2026-11-27T07:59:00Z', since)).toBeNull();
  expect(due('UTC', 8, '2026-11-27T08:00:00Z', since)).toBe('2026-11-27');
  expect(due('UTC', 18, '2026-11-26T18:00:00Z', since)).toBe('2026-11-26');
});
