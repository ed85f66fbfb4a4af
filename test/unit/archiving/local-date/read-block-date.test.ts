import { expect, test } from 'vitest';
import { readBlockDate } from '../../../../src/archiving/local-date/read-block-date.ts';

test.each([
  ['as the mail had it', 'Mon, 3 Mar 2025 10:15:00 +0100', '2025-03-03T09:15:00.000Z'],
  ['with a wrong weekday, too', 'Sun, 3 Mar 2025 10:15:00 +0100 (CET)', '2025-03-03T09:15:00.000Z'],
  ['in UTC', '3 Mar 2025 10:15 GMT', '2025-03-03T10:15:00.000Z'],
  ['in a zone RFC 5322 does not have', '3 Mar 2025 10:15 CEST', '2025-03-03T08:15:00.000Z'],
  ['in one that nobody knows', '3 Mar 2025 10:15 XYZT', null],
  ['with a half and no zone', '3 Mar 2025 10:15 PM', null],
])('reads a date %s', (_how, written, instant) => {
  expect(readBlockDate(written, new Set())).toBe(instant);
});
