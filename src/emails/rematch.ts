import type { Knex } from 'knex';
import { execute, queryRows } from '../db/query-rows.ts';

/** More mail than this with one gained address is worked off later, in batches of this size. */
const BATCH = 500;

/**
 * Links the mail that has this address to the record that gained it: archived mail always,
 * unmatched mail when the address decides about it (it is archived then, with the records of its
 * other correspondents); discarded mail never, and nothing to a deleted record. An address in
 * Reply-To alone was not on the mail. The caller holds claimAddresses for the address.
 *
 * @returns how many emails were linked now; where there are more, the rest is noted as pending.
 */
export async function rematch(
  trx: Knex.Transaction,
  personId: number,
  address: string,
): Promise<number> {
  const batch = await rematchBatch(trx, personId, address, 0);
  if (batch.more) {
    await trx('pending_rematches')
      .insert({ person_id: personId, address, after_email_id: batch.lastId })
      .onConflict(['person_id', 'address'])
      .merge();
  }
  return batch.linked;
}

/** Works off one batch of one pending rematch. @returns false when there was nothing to do. */
export async function continueRematch(db: Knex): Promise<boolean> {
  return await db.transaction(async (trx) => {
    const pending = await trx('pending_rematches')
      .orderBy('id')
      .forUpdate()
      .skipLocked()
      .first('id', 'person_id', 'address', 'after_email_id');
    if (!pending) return false;
    const batch = await rematchBatch(
      trx,
      pending.person_id,
      pending.address,
      pending.after_email_id,
    );
    const row = trx('pending_rematches').where({ id: pending.id });
    if (batch.more) await row.update({ after_email_id: batch.lastId });
    else await row.delete();
    return true;
  });
}

async function rematchBatch(
  trx: Knex.Transaction,
  personId: number,
  address: string,
  afterId: number,
): Promise<{ linked: number; lastId: number; more: boolean }> {
  const nothing = { linked: 0, lastId: afterId, more: false };
  if (!(await stillHas(trx, personId, address))) return nothing;
  const emails = await lockEmails(trx, address, afterId);
  if (emails.length === 0) return nothing;
  const ids = emails.map((email) => email.id);
  const lastId = ids.at(-1) ?? afterId;
  const waiting = emails.filter((email) => email.state === 'unmatched').map((email) => email.id);
  const archived = emails.filter((email) => email.state === 'archived').map((email) => email.id);
  const decided = await archiveDecided(trx, address, waiting);
  await linkPerson(trx, personId, address, archived);
  await linkEveryone(trx, decided);
  return {
    linked: archived.length + decided.length,
    lastId,
    more: emails.length === BATCH,
  };
}

/** A pending rematch may be worked off long after the address was gained. */
async function stillHas(
  trx: Knex.Transaction,
  personId: number,
  address: string,
): Promise<boolean> {
  const rows = await queryRows(
    trx,
    `select from people p join person_addresses a on a.person_id = p.id
      where p.id = ? and a.address = ? and p.deleted_at is null for share`,
    [personId, address],
  );
  return rows.length > 0;
}

/**
 * The rows stay locked, so that of two records which gain two addresses of one email at the same
 * moment the second sees what the first did.
 */
async function lockEmails(
  trx: Knex.Transaction,
  address: string,
  afterId: number,
): Promise<{ id: number; state: 'unmatched' | 'archived' }[]> {
  const rows = await queryRows<{ id: number; state: 'unmatched' | 'archived' }>(
    trx,
    `select e.id, e.state from emails e
      where e.id > ? and e.state in ('unmatched', 'archived')
        and exists (select from email_participants p
                     where p.email_id = e.id and p.address = ? and p.linkable)
      order by e.id limit ? for update of e`,
    [afterId, address, BATCH],
  );
  return rows;
}

async function archiveDecided(
  trx: Knex.Transaction,
  address: string,
  ids: readonly number[],
): Promise<number[]> {
  const rows = await queryRows<{ id: number }>(
    trx,
    `update emails e set state = 'archived'
      where e.id = any(?)
        and exists (select from email_participants p where p.email_id = e.id
                     and p.address = ? and p.deciding and p.linkable)
      returning e.id`,
    [ids, address],
  );
  return rows.map((row) => row.id);
}

async function linkPerson(
  trx: Knex.Transaction,
  personId: number,
  address: string,
  ids: readonly number[],
): Promise<void> {
  await execute(
    trx,
    `insert into email_people (email_id, person_id, address, sent_at, linked_by)
     select e.id, ?, ?, e.sent_at, 'rematch' from emails e where e.id = any(?)
     on conflict do nothing`,
    [personId, address, ids],
  );
}

/** An email that becomes archived is linked to the records of all its correspondents. */
async function linkEveryone(trx: Knex.Transaction, ids: readonly number[]): Promise<void> {
  await execute(
    trx,
    `insert into email_people (email_id, person_id, address, sent_at, linked_by)
     select distinct on (e.id, a.person_id) e.id, a.person_id, a.address, e.sent_at, 'rematch'
       from emails e
       join email_participants p on p.email_id = e.id and p.linkable
       join person_addresses a on a.address = p.address
       join people on people.id = a.person_id and people.deleted_at is null
      where e.id = any(?)
      order by e.id, a.person_id, p.deciding desc, p.seq
     on conflict do nothing`,
    [ids],
  );
}
