import type { Knex } from 'knex';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { refreshChangedPeople } from '../../../src/suggestions/person-key-store.ts';
import { suggestForEmails } from '../../../src/suggestions/suggest-for-emails.ts';
import type { Suggestion } from '../../../src/suggestions/ranking/suggestion.ts';
import { createFilingBench } from '../../support/filing-bench.ts';
import { createTestDatabase, type TestDatabase } from '../../support/postgres.ts';
import { insertCase } from '../../support/suggestions/insert-case.ts';
import { judgeRanking, type JudgedCase } from '../../support/suggestions/judge-cases.ts';
import { SUGGESTION_CASES } from '../../support/suggestions/suggestion-cases.ts';
import type { SuggestionCase } from '../../support/suggestions/suggestion-case.ts';
import { tallySuggestions } from '../../support/suggestions/tally-suggestions.ts';
import { mail } from '../../unit/archiving/samples.ts';

let database: TestDatabase;
let db: Knex;
let place: { ownerId: number; inboundId: number };

beforeAll(async () => {
  database = await createTestDatabase();
  ({ db } = database);
  const bench = await createFilingBench(db);
  const ownerId = await bench.user('dana@crm.example');
  place = { ownerId, inboundId: await bench.storeMail(mail({ from: ['dana@crm.example'] })) };
});
afterAll(() => database.drop());

/** A case with its own records only, and nothing left of it. */
async function judgeInDatabase(one: SuggestionCase): Promise<JudgedCase> {
  const trx = await db.transaction();
  try {
    const { emailId, idOf } = await insertCase(trx, one, place);
    while (await refreshChangedPeople(trx));
    await suggestForEmails(trx, [emailId]);
    const rows = await trx('email_suggestions')
      .where({ email_id: emailId, address: one.unmatched.address })
      .orderBy('rank');
    const ranked = rows.map((row) => ({
      id: idOf.get(row.person_id) ?? '',
      suggestion: {
        personId: row.person_id,
        strength: row.strength,
        reasons: row.reasons,
      } as Suggestion,
    }));
    return judgeRanking(one, ranked);
  } finally {
    await trx.rollback();
  }
}

test('indexed questions find whom the ranking needs', async () => {
  const judged: JudgedCase[] = [];
  for (const one of SUGGESTION_CASES) judged.push(await judgeInDatabase(one));
  for (const part of [judged, judged.filter((each) => each.case.heldOut)]) {
    const tally = tallySuggestions(part);
    expect(tally).toMatchObject({ cases: part.length, wronglyStrong: 0 });
    expect(tally.first).toBeGreaterThanOrEqual(0.85);
    expect(tally.firstThree).toBeGreaterThanOrEqual(0.95);
  }
});
