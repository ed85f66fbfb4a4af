import { expect, test } from 'vitest';
import { parseGroupKey } from '../../../src/shared/group-key.ts';

test.each([
  ['Super Administrators', 'super-administrators'],
  ['super-administrators', 'super-administrators'],
  [' SUPER_ADMINISTRATORS ', 'super-administrators'],
  ['Administrators', 'administrators'],
  ['everyone', 'everyone'],
  ['superadministrators', null],
  ['bosses', null],
  ['', null],
])('"%s" is the group %s', (text, key) => {
  expect(parseGroupKey(text)).toBe(key);
});
