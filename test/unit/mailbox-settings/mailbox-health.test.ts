import { expect, test } from 'vitest';
import { backOffSeconds } from '../../../src/mailbox-settings/mailbox-health.ts';

test.each([
  [1, 1],
  [2, 2],
  [5, 16],
  [9, 256],
  [10, 300],
  [5000, 300],
])('after %i failures in a row it waits %i seconds', (failures, seconds) => {
  expect(backOffSeconds(failures)).toBe(seconds);
});
