import type { Knex } from 'knex';
import type { PersonRow } from '../db/rows.ts';
import type { ImportRow } from '../shared/import-report.ts';
import type { CreatePerson } from './create-person.ts';
import { findKnownPeople, personKey } from './people-store.ts';
import { readPersonLine, type PersonColumn, type PersonLine } from './read-person-line.ts';

export interface ImportProblem {
  readonly line: number;
  readonly values: Readonly<Record<PersonColumn, string>>;
  readonly kind: Exclude<PersonLine['kind'], 'person'>;
}

/** The lines of a file by what would become of them. */
export interface SortedImport {
  readonly fresh: readonly CreatePerson[];
  /** There already, or further up in the file. */
  readonly known: readonly CreatePerson[];
  readonly problems: readonly ImportProblem[];
}

/** Says what an import would do, and changes nothing. */
export async function sortImport(
  db: Knex,
  rows: readonly ImportRow<PersonColumn>[],
  usual: PersonRow['kind'],
): Promise<SortedImport> {
  const people: CreatePerson[] = [];
  const problems: ImportProblem[] = [];
  for (const { line, values } of rows) {
    const read = readPersonLine(values, usual);
    if (read.kind === 'person') people.push(read.person);
    else problems.push({ line, values, kind: read.kind });
  }
  const seen = await findKnownPeople(
    db,
    people.map(({ email }) => email),
  );
  const fresh: CreatePerson[] = [];
  const known: CreatePerson[] = [];
  for (const person of people) {
    const key = personKey(person);
    (seen.has(key) ? known : fresh).push(person);
    seen.add(key);
  }
  return { fresh, known, problems };
}
