import type { Knex } from 'knex';

import {
  importRows,
  type ImportOutcome,
  type ImportReport,
  type ImportRow,
} from '../shared/import-report.ts';
import type { Viewer } from '../shared/viewer.ts';
import { admitUsers, type AdmitUserResult } from './admit-users.ts';
import { createUser } from './create-user.ts';
import { readUserLine, type UserColumn, type UserLine } from './read-user-line.ts';
import { findUserIdByAddress } from './user-store.ts';

/** Imports users with verified addresses and no password: they can sign in once invited. */
export async function importUsers(
  db: Knex,
  rows: readonly ImportRow<UserColumn>[],
): Promise<ImportReport> {
  return await importRows(rows, async (values) => await importUser(db, values));
}

async function importUser(
  db: Knex,
  values: Readonly<Record<UserColumn, string>>,
): Promise<ImportOutcome> {
  const line = readUserLine(values);
  switch (line.kind) {
    case 'no-address':
      return { problem: `"${values.email}" is not an email address` };
    case 'no-name':
      return { problem: 'a name of 1 to 200 characters on one line is needed' };
    case 'no-group':
      return { problem: `there is no group "${line.group}"` };
    case 'user': {
      if ((await findUserIdByAddress(db, line.email)) !== null) return 'known';
      const result = await createUser(db, { ...line, passwordHash: null });
      if (result.kind === 'archive') {
        return { problem: `${line.email} is an address of the archive mailbox` };
      }
      return result.kind === 'created' ? 'created' : 'known';
    }
  }
}

/** A transaction each: so many addresses are held back from filing for a moment only. */
const LINES_AT_ONCE = 500;

/** What became of a line of the file that an administrator gave. */
export interface ImportedLine {
  readonly line: number;
  readonly values: Readonly<Record<UserColumn, string>>;
  readonly result: AdmitUserResult | Exclude<UserLine, { kind: 'user' }>;
}

/** The same for an administrator, who hears about each line; wrong ones hinder no others. */
export async function importUserLines(
  db: Knex,
  actor: Viewer,
  rows: readonly ImportRow<UserColumn>[],
): Promise<ImportedLine[]> {
  const lines: ImportedLine[] = [];
  for (let at = 0; at < rows.length; at += LINES_AT_ONCE) {
    lines.push(...(await importSome(db, actor, rows.slice(at, at + LINES_AT_ONCE))));
  }
  return lines;
}

async function importSome(
  db: Knex,
  actor: Viewer,
  rows: readonly ImportRow<UserColumn>[],
): Promise<ImportedLine[]> {
  const read = rows.map((row) => readUserLine(row.values));
  const users = read.filter((line) => line.kind === 'user');
  const admitted = await admitUsers(db, actor, users);
  return rows.map(({ line, values }, index) => {
    const said = read[index];
    const result = said?.kind === 'user' ? admitted[users.indexOf(said)] : said;
    if (!result) throw new Error('A line of an import has no result.');
    return { line, values, result };
  });
}
