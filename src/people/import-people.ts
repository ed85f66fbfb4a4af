import type { Knex } from 'knex';

import type { ImportReport, ImportRow } from '../shared/import-report.ts';
import { createPeople } from './create-people.ts';
import { createPerson, type CreatePerson } from './create-person.ts';
import {
  MAX_NAME,
  readPersonLines,
  type LineProblem,
  type PersonColumn,
} from './read-person-line.ts';

/** Records a transaction: their addresses are locked that long, and mail with them waits. */
const BATCH = 100;

/**
 * Imports contacts and leads; waiting and past mail with their addresses is linked. Rows that are
 * wrong hinder no others, and a file that is imported again adds nothing.
 */
export async function importPeople(
  db: Knex,
  rows: readonly ImportRow<PersonColumn>[],
): Promise<ImportReport> {
  const { people, problems } = readPersonLines(rows);
  const created = await addPeople(db, people);
  const sentences = problems.map((one) => ({ line: one.line, sentence: sentenceOf(one) }));
  return { created, known: people.length - created, problems: sentences };
}

/** @returns how many records were made: those that are there already are passed over. */
export async function addPeople(db: Knex, people: readonly CreatePerson[]): Promise<number> {
  let created = 0;
  for (let at = 0; at < people.length; at += BATCH) {
    created += await importBatch(db, people.slice(at, at + BATCH));
  }
  return created;
}

/** @returns how many records were made. */
async function importBatch(db: Knex, people: readonly CreatePerson[]): Promise<number> {
  const many = await db.transaction(async (trx) => await createPeople(trx, people));
  let { created } = many;
  for (const person of many.left) {
    const one = await db.transaction(async (trx) => await createPerson(trx, person));
    if (one.kind === 'created') created += 1;
  }
  return created;
}

function sentenceOf({ kind, values }: LineProblem): string {
  switch (kind) {
    case 'no-type':
      return 'the type is contact or lead';
    case 'no-address':
      return `"${values.email}" is not an email address`;
    case 'no-name':
      return 'a first or last name is needed';
    case 'bad-name':
      return `names are one line of at most ${MAX_NAME} characters`;
  }
}
