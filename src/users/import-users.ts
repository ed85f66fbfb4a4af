import type { Knex } from 'knex';

import { parseGroupKey, type GroupKey } from '../groups/group-key.ts';
import { canonicalAddress } from '../shared/email-address.ts';
import {
  importRows,
  type ImportOutcome,
  type ImportReport,
  type ImportRow,
} from '../shared/import-report.ts';
import { createUser } from './create-user.ts';
import { findUserIdByAddress } from './user-store.ts';

type UserColumn = 'name' | 'email' | 'group';

/** Imports users with verified addresses and no password: they can sign in once invited. */
export async function importUsers(
  db: Knex,
  rows: readonly ImportRow<UserColumn>[],
): Promise<ImportReport> {
  return await importRows(rows, async (values) => await importUser(db, values));
}

async function importUser(
  db: Knex,
  { name, email, group }: Readonly<Record<UserColumn, string>>,
): Promise<ImportOutcome> {
  const address = canonicalAddress(email);
  if (address === null) return { problem: `"${email}" is not an e-mail address` };
  if (name === '' || name.length > 200 || /\p{Cc}/u.test(name)) {
    return { problem: 'a name of 1 to 200 characters on one line is needed' };
  }
  const groups = parseGroups(group);
  if (typeof groups === 'string') return { problem: `there is no group "${groups}"` };
  if ((await findUserIdByAddress(db, address)) !== null) return 'known';
  const result = await createUser(db, { name, email: address, groups, passwordHash: null });
  return result.kind === 'created' ? 'created' : 'known';
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
