import type { Knex } from 'knex';
import { claimAddresses } from '../db/advisory-locks.ts';
import { queryRows } from '../db/query-rows.ts';
import { clearUnmatchedNotices } from '../inbox/notice-store.ts';
import { archiveMatched, linkEveryone, linkPerson } from './link-store.ts';

/** More mail than this with gained addresses is worked off later, in batches of this size. */
const BATCH = 500;

/** Which record has gained which address. */
export interface GainedAddress {
  readonly personId: number;
  readonly address: string;
}

/**
 * Links the mail that has these addresses to the records that gained them: archived mail always,
 * unmatched mail when the address decides about it (it is archived then, with the records of its
 * other correspondents); discarded mail never, nothing to a deleted record, and nothing that
 * somebody has unlinked from it. An address in Reply-To alone was not on the mail. The caller holds
 * claimAddresses for all of the addresses. What is made carries the decision.
 *
 * @returns how many emails were linked now; where there are more, the rest is noted as pending.
 */
export async function rematch(
  trx: Knex.Transaction,
  gains: readonly GainedAddress[],
  decisionId: number | null = null,
): Promise<number> {
  const batch = await rematchBatch(trx, gains, decisionId, 0);
  if (batch.more) {
    await trx('pending_rematches')
      .insert(
        gains.map(({ personId, address }) => ({
          person_id: personId,
          address,
          after_email_id: batch.lastId,
          decision_id: decisionId,
        })),
      )
      .onConflict(['person_id', 'address'])
      .merge();
  }
  return batch.linked;
}

/** Works off one batch of one pending rematch. @returns false when there was nothing to do. */
export async function continueRematch(db: Knex): Promise<boolean> {
  const next = await db('pending_rematches').orderBy('id').first('id', 'address');
  if (!next) return false;
  await db.transaction(async (trx) => {
    // Before its row, as whoever gains the address or takes it back.
    await claimAddresses(trx, [next.address]);
    const pending = await trx('pending_rematches').where({ id: next.id }).forUpdate().first();
    // Another worker has finished it, or its decision was undone.
    if (!pending) return;
    const { person_id: personId, address, decision_id: decisionId } = pending;
    const batch = await rematchBatch(
      trx,
      [{ personId, address }],
      decisionId,
      pending.after_email_id,
    );
    const row = trx('pending_rematches').where({ id: pending.id });
    if (batch.more) await row.update({ after_email_id: batch.lastId });
    else await row.delete();
  });
  return true;
}

async function rematchBatch(
  trx: Knex.Transaction,
  given: readonly GainedAddress[],
  decisionId: number | null,
  afterId: number,
): Promise<{ linked: number; lastId: number; more: boolean }> {
  const nothing = { linked: 0, lastId: afterId, more: false };
  const gains = await stillThere(trx, given);
  if (gains.length === 0) return nothing;
  const addresses = gains.map(({ address }) => address);
  const found = await findEmails(trx, addresses, afterId);
  if (found.length === 0) return nothing;
  const lastId = found.at(-1) ?? afterId;
  const emails = await lockEmails(trx, found);
  const waiting = emails.filter((email) => email.state === 'unmatched').map((email) => email.id);
  const archived = emails.filter((email) => email.state === 'archived').map((email) => email.id);
  const decided = await archiveMatched(trx, waiting, decisionId);
  let linked = 0;
  for (const gain of gains) linked += await linkPerson(trx, { ...gain, decisionId }, archived);
  const ids = decided.map(({ id }) => id);
  await linkEveryone(trx, ids, decisionId);
  await clearUnmatchedNotices(
    trx,
    decided.map(({ ownerId }) => ownerId),
  );
  return { linked: linked + ids.length, lastId, more: found.length === BATCH };
}

/** A pending rematch may be worked off long after the address was gained. */
async function stillThere(
  trx: Knex.Transaction,
  gains: readonly GainedAddress[],
): Promise<GainedAddress[]> {
  return await queryRows<GainedAddress>(
    trx,
    `select a.person_id as "personId", a.address
       from unnest(?::integer[], ?::text[]) as g(person_id, address)
       join person_addresses a on a.person_id = g.person_id and a.address = g.address
       join people p on p.id = a.person_id and p.deleted_at is null
      order by p.id, a.address for share of p, a`,
    [gains.map(({ personId }) => personId), gains.map(({ address }) => address)],
  );
}

/**
 * The next emails with one of the addresses, by their numbers: each address is read in the order of its
 * index, and no further than that.
 */
async function findEmails(
  trx: Knex.Transaction,
  addresses: readonly string[],
  afterId: number,
): Promise<number[]> {
  const rows = await queryRows<{ id: number }>(
    trx,
    `select distinct f.id from unnest(?::text[]) as a(address)
      cross join lateral (
            select distinct p.email_id as id from email_participants p
              join emails e on e.id = p.email_id and e.state in ('unmatched', 'archived')
             where p.address = a.address and p.linkable and p.email_id > ?
             order by p.email_id limit ${BATCH}) f
      order by f.id limit ${BATCH}`,
    [addresses, afterId],
  );
  return rows.map(({ id }) => id);
}

/**
 * The rows stay locked, so that of two records which gain two addresses of one email at the same
 * moment the second sees what the first did. Those of all addresses are locked in one order.
 */
async function lockEmails(
  trx: Knex.Transaction,
  ids: readonly number[],
): Promise<{ id: number; state: 'unmatched' | 'archived' }[]> {
  return await queryRows<{ id: number; state: 'unmatched' | 'archived' }>(
    trx,
    `select id, state from emails where id = any(?) and state in ('unmatched', 'archived')
      order by id for update`,
    [ids],
  );
}
