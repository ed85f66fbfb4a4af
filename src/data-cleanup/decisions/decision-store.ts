import type { Knex } from 'knex';
import { claimAddresses } from '../../db/advisory-locks.ts';
import { queryRows } from '../../db/query-rows.ts';
import type { DecisionRow } from '../../db/rows.ts';
import { visibleTo } from '../../emails/visible-to.ts';
import type { EmailState } from '../../shared/outcome.ts';
import type { Viewer } from '../../shared/viewer.ts';

/** Somebody, or a new address, was faster. */
export interface Handled {
  readonly kind: 'handled';
  readonly state: EmailState;
  /** null: no decision brought it there; a record has gained its address. */
  readonly by: string | null;
  readonly at: Date | null;
}

/** Not there, or not theirs: which of the two is not told. */
export interface NotFound {
  readonly kind: 'not-found';
}

/** Whether there is something to decide about an email. */
export type WhetherWaiting = { readonly kind: 'waiting' } | Handled | NotFound;

/**
 * What every decision begins with. The addresses are claimed before anything is read, as filing and
 * gaining do, so that whoever touches several emails at once is never met half way; then the rows.
 *
 * @param more other addresses that the decision is about
 * @returns the addresses of its correspondents.
 */
export async function claimEmail(
  trx: Knex.Transaction,
  emailId: number,
  more: readonly string[] = [],
): Promise<string[]> {
  // Who is on an email never changes: reading before the lock is safe.
  const addresses = await findLinkableAddresses(trx, [emailId]);
  await claimAddresses(trx, [...addresses, ...more]);
  return addresses;
}

/** Locks an email of the viewer's own, to decide about it: only one that waits can be decided about. */
export async function lockWaiting(
  trx: Knex.Transaction,
  viewer: Viewer,
  emailId: number,
): Promise<WhetherWaiting> {
  await trx('emails').where({ id: emailId, owner_id: viewer.id }).forUpdate().first('id');
  return await checkWaiting(trx, viewer, emailId);
}

/** Whether an email of the viewer's own still waits, else who was faster. */
export async function checkWaiting(
  db: Knex,
  viewer: Viewer,
  emailId: number,
): Promise<WhetherWaiting> {
  const [email] = await queryRows<{ state: EmailState; decisionId: number | null }>(
    db,
    `select state, decision_id as "decisionId" from emails where id = ? and owner_id = ?`,
    [emailId, viewer.id],
  );
  if (!email) return { kind: 'not-found' };
  if (email.state === 'unmatched') return { kind: 'waiting' };
  const [decision] = await queryRows<{ by: string; at: Date }>(
    db,
    `select u.name as by, d.at from decisions d join users u on u.id = d.actor_id where d.id = ?`,
    [email.decisionId],
  );
  const { by, at } = decision ?? { by: null, at: null };
  return { kind: 'handled', state: email.state, by, at };
}

/** Whether the email is the viewer's own, in whatever state. */
export async function isOwnEmail(db: Knex, viewer: Viewer, emailId: number): Promise<boolean> {
  const row = await db('emails').where({ id: emailId, owner_id: viewer.id }).first('id');
  return row !== undefined;
}

/** The addresses of all correspondents who may be linked to the emails. */
export async function findLinkableAddresses(
  db: Knex,
  emailIds: readonly number[],
): Promise<string[]> {
  const rows = await queryRows<{ address: string }>(
    db,
    `select distinct address from email_participants where email_id = any(?) and linkable`,
    [emailIds],
  );
  return rows.map(({ address }) => address);
}

/** A record that a decision is about. */
export interface DecidedPerson {
  readonly personId: number;
  /** As which correspondent; '' where the mail names none. */
  readonly address: string;
}

/** Notes a decision, and the records that it is about. @returns its number. */
export async function insertDecision(
  trx: Knex.Transaction,
  decision: Pick<DecisionRow, 'actor_id' | 'kind' | 'email_id'>,
  people: readonly DecidedPerson[] = [],
): Promise<number> {
  const [row] = await trx('decisions').insert(decision).returning('id');
  if (!row) throw new Error('The database gave no id for a decision.');
  if (people.length > 0) {
    await trx('decision_people')
      .insert(
        people.map(({ personId, address }) => ({
          decision_id: row.id,
          person_id: personId,
          address,
        })),
      )
      .onConflict()
      .ignore();
  }
  return row.id;
}

/** What came along with the email that was decided about. */
export interface Followers {
  /** Other emails that the viewer may see. */
  readonly others: number;
  /** Whether there is so much that the rest follows later. */
  readonly more: boolean;
}

export async function countFollowers(
  trx: Knex.Transaction,
  viewer: Viewer,
  decision: { readonly id: number; readonly emailId: number },
): Promise<Followers> {
  const visible = visibleTo(viewer);
  const rows = await queryRows<Followers>(
    trx,
    `select (select count(distinct e.id) from email_people l join emails e on e.id = l.email_id
              where l.decision_id = ? and e.id <> ? and ${visible.sql}) as others,
            exists (select from pending_rematches where decision_id = ?) as more`,
    [decision.id, decision.emailId, ...visible.bindings, decision.id],
  );
  return rows[0] ?? { others: 0, more: false };
}
