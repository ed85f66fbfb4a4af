import type { Knex } from 'knex';
import type { PersonRow } from '../db/rows.ts';
import type { ImportRow } from '../shared/import-report.ts';
import type { CreatePerson } from './create-person.ts';
import { findKnownPeople, personKey } from './people-store.ts';
import { readPersonLines, type LineProblem, type PersonColumn } from './read-person-line.ts';

/** The lines of a file by what would become of them. */
export interface SortedImport {
  readonly fresh: readonly CreatePerson[];
  /** There already, or further up in the file. */
  readonly known: readonly CreatePerson[];
  readonly problems: readonly LineProblem[];
}

/** Says what an import would do, and changes nothing. */
export async function sortImport(
  db: Knex,
  rows: readonly ImportRow<PersonColumn>[],
  usual: PersonRow['kind'],
): Promise<SortedImport> {
  const { people, problems } = readPersonLines(rows, usual);
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
