import type { Knex } from 'knex';
import { execute } from '../../db/query-rows.ts';
import type { DecisionRow } from '../../db/rows.ts';
import { linkEveryone } from '../../emails/link-store.ts';
import type { Viewer } from '../../shared/viewer.ts';
import { insertDecision, type DecidedPerson } from './decision-store.ts';

/** A decision that archives a waiting email, which the caller has locked. */
export interface ArchivingDecision {
  readonly emailId: number;
  readonly kind: Extract<DecisionRow['kind'], 'link' | 'create-contact' | 'create-lead'>;
  /** The records that it is linked to, those that were made for it among them. */
  readonly people: readonly DecidedPerson[];
  readonly made: readonly DecidedPerson[];
}

/**
 * Archives a waiting email on the records that were chosen, and on those of its other correspondents.
 *
 * @returns the number of the decision.
 */
export async function archiveOn(
  trx: Knex.Transaction,
  viewer: Viewer,
  { emailId, kind, people, made }: ArchivingDecision,
): Promise<number> {
  const decision = { actor_id: viewer.id, kind, email_id: emailId };
  const decisionId = await insertDecision(trx, decision, people);
  const ids = made.map(({ personId }) => personId);
  await trx('people').whereIn('id', ids).update({ decision_id: decisionId });
  await trx('emails').where({ id: emailId }).update({ state: 'archived', decision_id: decisionId });
  await linkByDecision(trx, decisionId);
  await linkEveryone(trx, [emailId], decisionId);
  return decisionId;
}

/**
 * Links the email of a decision to the records that it names, each once: as the correspondent who decides,
 * where it is several. A "wrong person" about one of them is overruled: the link counts again, as it was.
 */
export async function linkByDecision(trx: Knex.Transaction, decisionId: number): Promise<void> {
  await execute(
    trx,
    `insert into email_people (email_id, person_id, address, sent_at, linked_by, decision_id)
     select distinct on (n.person_id) e.id, n.person_id, n.address, e.sent_at, 'decision', d.id
       from decisions d join emails e on e.id = d.email_id
       join decision_people n on n.decision_id = d.id
       left join email_participants p
              on p.email_id = e.id and p.address = n.address and p.linkable
      where d.id = ?
      order by n.person_id, coalesce(p.deciding, false) desc, p.seq, n.address
     on conflict (email_id, person_id) do update set unlinked_by = null`,
    [decisionId],
  );
}
