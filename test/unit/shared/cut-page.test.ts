import { expect, test } from 'vitest';
import { cutPage } from '../../../src/shared/cut-page.ts';

const size = 2;

test.each([
  { found: [], backwards: false, begun: false, page: { shown: [], earlier: false, later: false } },
  {
    found: [1, 2],
    backwards: false,
    begun: false,
    page: { shown: [1, 2], earlier: false, later: false },
  },
  {
    found: [1, 2, 3],
    backwards: false,
    begun: false,
    page: { shown: [1, 2], earlier: false, later: true },
  },
  { found: [3], backwards: false, begun: true, page: { shown: [3], earlier: true, later: false } },
  {
    found: [4, 3, 2],
    backwards: true,
    begun: true,
    page: { shown: [3, 4], earlier: true, later: true },
  },
  {
    found: [2, 1],
    backwards: true,
    begun: true,
    page: { shown: [1, 2], earlier: false, later: true },
  },
])('$found, backwards: $backwards, begun: $begun', ({ found, backwards, begun, page }) => {
  expect(cutPage(found, { size, backwards, begun })).toEqual(page);
});
