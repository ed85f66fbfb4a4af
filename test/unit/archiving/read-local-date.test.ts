import { expect, test } from 'vitest';
import { readLocalDate } from '../../../src/archiving/read-local-date.ts';

test.each([
  ['March 3, 2025 at 12:15:00 AM GMT+1', '2025-03-02T23:15:00.000Z'],
  ['3. März 2025 um 10:15:00 MEZ', '2025-03-03T09:15:00.000Z'],
  ['3 mars 2025 à 10:15:07 UTC+1', '2025-03-03T09:15:07.000Z'],
  ['3. března 2025 v 10:15:00 SEČ', '2025-03-03T09:15:00.000Z'],
  ['22/12/2025  12:58  (GMT+01:00)', '2025-12-22T11:58:00.000Z'],
  ['3.09.2026  19:46  (GMT+03:00)', '2026-09-03T16:46:00.000Z'],
  ['2025年3月3日 星期一 凌晨12:47:00 [GMT+8]', '2025-03-02T16:47:00.000Z'],
  ['2026년 8월 4일 오전 1시 35분 0초 GMT+9', '2026-08-03T16:35:00.000Z'],
])('reads %s', (written, instant) => {
  expect(readLocalDate(written)).toBe(instant);
});

test.each([
  'Monday, March 3, 2025 10:15 AM',
  '3/4/2025 10:00 (GMT+01:00)',
  '31/02/2025 10:00 (GMT+01:00)',
  '3/3/25 10:00 (GMT+01:00)',
  '10 listopada 2025 11:17:00 CET',
  '3 March 2025 10:15 CST',
  '3 March 2025 25:15 CET',
  '3 March 2025 10:15 GMT+99',
  '3 March 2025 4 10:15 CET',
  '',
])('guesses nothing of %s', (written) => {
  expect(readLocalDate(written)).toBeNull();
});
