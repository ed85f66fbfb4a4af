import { expect, test } from 'vitest';
import { oneLine } from '../../../src/shared/one-line.ts';

test.each([
  ['  Tom \n Baker ', 'Tom Baker'],
  ['Tom\u200b', 'Tom'],
  ['\u200b\u200d', ''],
  ['\u202eTom\u2066', 'Tom'],
  ['To\u00adm', 'Tom'],
  ['Tom\u200d \u200c', 'Tom'],
  [
    '\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645',
    '\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645',
  ],
  ['\ud800Tom', '\ufffdTom'],
])('%j is one line: %j', (typed, line) => {
  expect(oneLine(typed)).toBe(line);
});
