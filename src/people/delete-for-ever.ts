import type { Knex } from 'knex';
import { recordAudit } from '../audit/audit-store.ts';
import { claimAddresses } from '../db/advisory-locks.ts';
import { execute, queryRows } from '../db/query-rows.ts';
import { settleEmails } from '../emails/link-store.ts';
import { raiseNotices } from '../inbox/notice-store.ts';
import type { Viewer } from '../shared/viewer.ts';
import { findPerson, type PersonRecord } from './person-store.ts';

export type DeleteForEverResult =
  | { readonly kind: 'gone'; readonly person: PersonRecord }
  | { readonly kind: 'not-in-bin'; readonly person: PersonRecord }
  | { readonly kind: 'not-found' };

/** Emails a transaction: their addresses are locked that long, and mail with them waits. */
const BATCH = 200;

/**
 * Deletes a record that is in the bin. Emails that nobody else is linked to wait in their owners'
 * Data Cleanup again; each owner gets a notice. Cut off in the middle, the record is in the bin still.
 */
export async function deleteForEver(
  db: Knex,
  viewer: Viewer,
  id: number,
): Promise<DeleteForEverResult> {
  for (;;) {
    const person = await findPerson(db, id);
    if (!person) return { kind: 'not-found' };
    if (person.deletedAt === null) return { kind: 'not-in-bin', person };
    const step = await db.transaction(async (trx) => await deleteStep(trx, viewer, person));
    if (step === 'gone') return { kind: 'gone', person };
  }
}

/** Takes some emails from the record; without any left, it goes itself. */
async function deleteStep(
  trx: Knex.Transaction,
  viewer: Viewer,
  { id, name, kind }: PersonRecord,
): Promise<'gone' | 'again'> {
  const emails = await findLinked(trx, id);
  // Who is on an email never changes: reading before the lock is safe.
  await claimAddresses(trx, await findClaims(trx, id, emails));
  const [row] = await queryRows<{ inBin: boolean }>(
    trx,
    'select deleted_at is not null as "inBin" from people where id = ? for update',
    [id],
  );
  if (row?.inBin !== true) return 'again';
  if (emails.length > 0) await takeEmails(trx, id, emails);
  if ((await findLinked(trx, id)).length > 0) return 'again';
  await trx('people').where({ id }).delete();
  await recordAudit(trx, 'person.deleted-for-ever', { personId: id, kind, name }, viewer.id);
  return 'gone';
}

async function findLinked(trx: Knex.Transaction, personId: number): Promise<number[]> {
  const rows = await queryRows<{ id: number }>(
    trx,
    `select email_id as id from email_people where person_id = ? and unlinked_by is null
      order by sent_at desc, email_id desc limit ${BATCH}`,
    [personId],
  );
  return rows.map((row) => row.id);
}

async function findClaims(
  trx: Knex.Transaction,
  personId: number,
  emails: readonly number[],
): Promise<string[]> {
  const rows = await queryRows<{ address: string }>(
    trx,
    `select address from email_participants where email_id = any(?) and linkable
      union select address from person_addresses where person_id = ?`,
    [emails, personId],
  );
  return rows.map(({ address }) => address);
}

async function takeEmails(
  trx: Knex.Transaction,
  personId: number,
  emails: readonly number[],
): Promise<void> {
  await trx.raw('select from emails where id = any(?) order by id for update', [[...emails]]);
  await execute(trx, 'delete from email_people where person_id = ? and email_id = any(?)', [
    personId,
    emails,
  ]);
  const owners = await settleEmails(trx, emails);
  await raiseNotices(
    trx,
    owners.map((userId) => ({ userId, kind: 'unmatched', subject: '' })),
  );
}
