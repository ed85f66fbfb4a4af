import type { PersonRow } from '../db/rows.ts';
import { canonicalAddress } from '../shared/email-address.ts';
import type { ImportRow } from '../shared/import-report.ts';
import { oneLine } from '../shared/one-line.ts';
import type { CreatePerson } from './create-person.ts';

/** The columns of a file of people, in the order that they have without a header line. */
export const PERSON_COLUMNS = ['type', 'firstName', 'lastName', 'email', 'account'] as const;
export type PersonColumn = (typeof PERSON_COLUMNS)[number];

export type PersonLine =
  | { readonly kind: 'person'; readonly person: CreatePerson }
  | { readonly kind: 'no-type' | 'no-address' | 'no-name' | 'bad-name' };

export const MAX_NAME = 200;

/** What a line of an import file says. @param usual what a line without a type is; null: nothing. */
export function readPersonLine(
  values: Readonly<Record<PersonColumn, string>>,
  usual: PersonRow['kind'] | null = null,
): PersonLine {
  const firstName = oneLine(values.firstName);
  const lastName = oneLine(values.lastName);
  const account = oneLine(values.account);
  const kind = values.type === '' ? usual : values.type.toLowerCase();
  if (kind !== 'contact' && kind !== 'lead') return { kind: 'no-type' };
  const email = canonicalAddress(values.email);
  if (email === null) return { kind: 'no-address' };
  if (firstName === '' && lastName === '') return { kind: 'no-name' };
  const names = [firstName, lastName, account];
  if (names.some((name) => name.length > MAX_NAME || /\p{Cc}/u.test(name))) {
    return { kind: 'bad-name' };
  }
  return { kind: 'person', person: { kind, firstName, lastName, email, account: account || null } };
}

/** A line that makes no record. */
export interface LineProblem {
  readonly line: number;
  readonly values: Readonly<Record<PersonColumn, string>>;
  readonly kind: Exclude<PersonLine['kind'], 'person'>;
}

/** Parts the lines of a file into those that say a person and those that are wrong. */
export function readPersonLines(
  rows: readonly ImportRow<PersonColumn>[],
  usual: PersonRow['kind'] | null = null,
): { readonly people: readonly CreatePerson[]; readonly problems: readonly LineProblem[] } {
  const people: CreatePerson[] = [];
  const problems: LineProblem[] = [];
  for (const { line, values } of rows) {
    const read = readPersonLine(values, usual);
    if (read.kind === 'person') people.push(read.person);
    else problems.push({ line, values, kind: read.kind });
  }
  return { people, problems };
}
