import { canonicalAddress } from '../shared/email-address.ts';
import { parseGroupKey, type GroupKey } from '../shared/group-key.ts';
import { oneLine } from '../shared/one-line.ts';
import type { InvitedUser } from './user-store.ts';

/** The columns of a file of users, in the order that they have without a header line. */
export const USER_COLUMNS = ['name', 'email', 'group'] as const;
export type UserColumn = (typeof USER_COLUMNS)[number];

export type UserLine =
  | ({ readonly kind: 'user' } & InvitedUser)
  | { readonly kind: 'no-address' | 'no-name' }
  | { readonly kind: 'no-group'; readonly group: string };

/** What a line of an import file says. */
export function readUserLine(values: Readonly<Record<UserColumn, string>>): UserLine {
  const name = oneLine(values.name);
  const email = canonicalAddress(values.email);
  if (email === null) return { kind: 'no-address' };
  if (name === '' || name.length > 200 || /\p{Cc}/u.test(name)) return { kind: 'no-name' };
  const groups = parseGroups(values.group);
  return typeof groups === 'string'
    ? { kind: 'no-group', group: groups }
    : { kind: 'user', name, email, groups };
}

/** Several groups stand in one cell, parted by semicolons. @returns the name that is no group. */
function parseGroups(cell: string): GroupKey[] | string {
  const groups: GroupKey[] = [];
  for (const name of cell.split(';').map((one) => one.trim())) {
    if (name === '') continue;
    const key = parseGroupKey(name);
    if (key === null) return name;
    groups.push(key);
  }
  return groups;
}
