import type { Knex } from 'knex';
import { queryRows } from '../../db/query-rows.ts';
import type { BulkActionRow } from '../../db/rows.ts';
import type { Viewer } from '../../shared/viewer.ts';
import { findBulkPeople, findDecider, type EmailOutcome } from './bulk-store.ts';
import { createFromEmail } from '../decisions/create-from-email.ts';
import { claimEmail, type Handled, type NotFound } from '../decisions/decision-store.ts';
import { discardEmail } from '../decisions/discard-email.ts';
import { guessNewRecord } from '../decisions/guess-new-record.ts';
import { handOverEmail, lockActive } from '../decisions/hand-over-email.ts';
import { linkEmail } from '../decisions/link-email.ts';

/** Decides about one email of a bulk action, as its owner would by hand. */
export async function decideOne(
  trx: Knex.Transaction,
  viewer: Viewer,
  bulk: BulkActionRow,
  emailId: number,
): Promise<EmailOutcome> {
  // Users before addresses, as everywhere.
  if (bulk.to_user_id !== null) await lockActive(trx, bulk.to_user_id);
  // Before it is asked who was faster; the decision itself claims the same again.
  await claimEmail(trx, emailId);
  if ((await findDecider(trx, emailId))?.bulkId === bulk.id) return { result: 'along' };
  if (bulk.kind === 'discard') {
    return await outcomeOf(trx, bulk, emailId, await discardEmail(trx, viewer, emailId));
  }
  if (bulk.kind === 'hand-over') {
    const toUserId = bulk.to_user_id ?? 0;
    return await outcomeOf(trx, bulk, emailId, await handOverEmail(trx, viewer, emailId, toUserId));
  }
  const email = await trx('emails').where({ id: emailId }).first('about_address');
  const address = email?.about_address === '' ? null : (email?.about_address ?? null);
  if (bulk.kind === 'link') {
    const personIds = await findBulkPeople(trx, bulk.id);
    const people = personIds.map((personId) => ({ personId, address: address ?? '' }));
    const choice = { people, addAddress: bulk.add_addresses };
    return await outcomeOf(trx, bulk, emailId, await linkEmail(trx, viewer, emailId, choice));
  }
  if (address === null) return { result: 'nobody' };
  return await leadFrom(trx, viewer, bulk, { emailId, address });
}

type Decided =
  | {
      readonly kind: 'linked' | 'created' | 'discarded' | 'handed-over';
      readonly decisionId: number;
    }
  | { readonly kind: 'no-person' | 'no-colleague' | 'no-address' | 'no-rule' }
  | Handled
  | NotFound;

async function outcomeOf(
  trx: Knex.Transaction,
  bulk: BulkActionRow,
  emailId: number,
  done: Decided,
): Promise<EmailOutcome> {
  if ('decisionId' in done) return { result: 'done', decisionId: done.decisionId };
  if (done.kind === 'no-person' || done.kind === 'no-colleague') return { result: done.kind };
  if (done.kind === 'no-address') return { result: 'nobody' };
  if (done.kind === 'no-rule') throw new Error('A rule was refused, though many make none.');
  if (done.kind === 'not-found') return { result: 'gone' };
  const decider = await findDecider(trx, emailId);
  if (decider?.bulkId === bulk.id) return { result: 'along' };
  return { result: 'handled', handledBy: decider?.by ?? null, handledAt: decider?.at ?? null };
}

/** One lead an address: the others with it come along, or are linked where there are very many. */
async function leadFrom(
  trx: Knex.Transaction,
  viewer: Viewer,
  bulk: BulkActionRow,
  { emailId, address }: { readonly emailId: number; readonly address: string },
): Promise<EmailOutcome> {
  const known = await findRecord(trx, address);
  if (known && known.bulkId !== bulk.id) return { result: 'known' };
  if (known) {
    const choice = { people: [{ personId: known.id, address }], addAddress: false };
    return await outcomeOf(trx, bulk, emailId, await linkEmail(trx, viewer, emailId, choice));
  }
  const record = await guessNewRecord(trx, viewer, emailId, { kind: 'lead', address });
  const done = await createFromEmail(trx, viewer, emailId, record);
  return await outcomeOf(trx, bulk, emailId, done);
}

/** A record that has the address already, and the bulk action that made it. */
async function findRecord(
  trx: Knex.Transaction,
  address: string,
): Promise<{ readonly id: number; readonly bulkId: number | null } | null> {
  const [row] = await queryRows<{ id: number; bulkId: number | null }>(
    trx,
    `select p.id, d.bulk_id as "bulkId"
       from person_addresses a join people p on p.id = a.person_id
       left join decisions d on d.id = p.decision_id
      where a.address = ? and p.deleted_at is null order by d.bulk_id desc nulls last limit 1`,
    [address],
  );
  return row ?? null;
}
