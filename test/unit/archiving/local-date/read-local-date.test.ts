import { describe, expect, test } from 'vitest';
import { readLocalDate } from '../../../../src/archiving/local-date/read-local-date.ts';

/** Below labels of which nobody knows the language. */
describe('in any language', () => {
  test.each([
    ['March 3, 2025 at 12:15:00 AM GMT+1', '2025-03-02T23:15:00.000Z'],
    ['March 3, 2025 at 12:15:00 PM GMT+1', '2025-03-03T11:15:00.000Z'],
    ['3. März 2025 um 10:15:00 MEZ', '2025-03-03T09:15:00.000Z'],
    ['3 mars 2025 à 10:15:07 UTC+1', '2025-03-03T09:15:07.000Z'],
    ['3. března 2025 v 10:15:00 SEČ', '2025-03-03T09:15:00.000Z'],
    ['luni, 3 martie 2025 la 10:15 EET', '2025-03-03T08:15:00.000Z'],
    ['22/12/2025  12:58  (GMT+01:00)', '2025-12-22T11:58:00.000Z'],
    ['3/3/25 10:00 (GMT+01:00)', '2025-03-03T09:00:00.000Z'],
    ['3.09.2026  19:46  (GMT+03:00)', '2026-09-03T16:46:00.000Z'],
    ['Tue, 04/03/2025 10:15 (GMT+00:00)', '2025-03-04T10:15:00.000Z'],
    ['Thu, 04/03/2025 10:15 (GMT+00:00)', '2025-04-03T10:15:00.000Z'],
    ['2025年3月3日 星期一 凌晨12:47:00 [GMT+8]', '2025-03-02T16:47:00.000Z'],
    ['2026년 8월 4일 오전 1시 35분 0초 GMT+9', '2026-08-03T16:35:00.000Z'],
    ['平成31年4月30日 23:59 JST', '2019-04-30T14:59:00.000Z'],
    ['令和元年5月1日 午前0:15 JST', '2019-04-30T15:15:00.000Z'],
    ['4 كانون الثاني 2025 10:15 ص GMT+2', '2025-01-04T08:15:00.000Z'],
    ['4/3/2568 10:15 (GMT+07:00)', '2025-03-04T03:15:00.000Z'],
    ['2025-03-03T10:15:30.123Z', '2025-03-03T10:15:30.000Z'],
    ['Mon, 3 Mar 2025 10:15:30 -0330', '2025-03-03T13:45:30.000Z'],
  ])('reads %s', (written, instant) => {
    expect(readLocalDate(written)).toBe(instant);
  });

  test.each([
    ['no zone', 'Monday, March 3, 2025 10:15 AM'],
    ['no time', 'March 3, 2025 GMT+1'],
    ['no year', '3 March 10:15 GMT+1'],
    ['day or month first', '3/4/2025 10:00 (GMT+01:00)'],
    ['day or year first', '25/03/04 10:00 (GMT+01:00)'],
    ['a day that does not exist', '31/02/2025 10:00 (GMT+01:00)'],
    ['a day that another language would have', '04/05/2025 la 10:15 (GMT+03:00)'],
    ['another weekday', 'Tue, 3 March 2025 10:15 CET'],
    ['a month of two languages', '10 listopada 2025 11:17:00 CET'],
    ['two months', 'March or April 3, 2025 10:15 GMT'],
    ['two clocks', '3 March 2025 10:15 or 11:15 GMT'],
    ['two days', '3 March 2025 4 10:15 CET'],
    ['two zones', '3 March 2025 10:15 CET EST'],
    ['two offsets', '3 March 2025 10:15 GMT+1 GMT+2'],
    ['a zone that is several', '3 March 2025 10:15 CST'],
    ['an offset that is none', '3 March 2025 10:15 GMT+99'],
    ['an hour that is none', '3 March 2025 25:15 CET'],
    ['an hour of neither half', '3 March 2025 13:15 AM GMT'],
    ['a word that may be a half', '13/3/2025 3:15 CH GMT+7'],
    ['noon or midnight', '2025年3月3日 晚上12:15 GMT+8'],
    ['another calendar', '3 March 1403 10:15 GMT'],
    ['a year of three figures', '3/13/202 10:15 GMT'],
    ['nothing', ''],
  ])('guesses nothing of %s: %s', (_what, written) => {
    expect(readLocalDate(written)).toBeNull();
  });
});

describe('below labels of a language', () => {
  test.each([
    ['it', '04/03/25  10:15  (GMT+01:00)', '2025-03-04T09:15:00.000Z'],
    ['ja', '25/03/04 10:15 (GMT+09:00)', '2025-03-04T01:15:00.000Z'],
    ['ko', '25. 1. 8. 오후 9:09 (GMT+09:00)', '2025-01-08T12:09:00.000Z'],
    ['pl', '10 listopada 2025 11:17:00 CET', '2025-11-10T10:17:00.000Z'],
    ['hr', '10. listopada 2025. u 11:17:00 CEST', '2025-10-10T09:17:00.000Z'],
    ['es', 'mar, 4 mar 2025 a las 10:15 (GMT+01:00)', '2025-03-04T09:15:00.000Z'],
    ['en', '3 marca 2025, 10:15 CET', '2025-03-03T09:15:00.000Z'],
    ['nl', '03-04-2025 10:15 (GMT+02:00)', '2025-04-03T08:15:00.000Z'],
  ])('reads, in %s, %s', (language, written, instant) => {
    expect(readLocalDate(written, new Set([language]))).toBe(instant);
  });

  test.each([
    ['en', '04/03/25 10:15 (GMT+01:00)'],
    ['en', '10 listopada 2025 11:17:00 CET'],
    ['ja', '04/03/2025 10:15 (GMT+09:00)'],
    ['sv', '10-03-04 10:15 (GMT+01:00)'],
    ['de', 'Di, 03.04.2025 10:15 (GMT+02:00)'],
  ])('guesses nothing, in %s, of %s', (language, written) => {
    expect(readLocalDate(written, new Set([language]))).toBeNull();
  });
});
