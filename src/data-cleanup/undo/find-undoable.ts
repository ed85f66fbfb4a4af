import type { Knex } from 'knex';
import { queryRows } from '../../db/query-rows.ts';
import type { DecisionRow } from '../../db/rows.ts';
import type { Viewer } from '../../shared/viewer.ts';

/** A decision that the viewer may undo. */
export interface UndoableDecision {
  readonly id: number;
  readonly kind: DecisionRow['kind'];
  readonly emailId: number;
  /** The records that it is about. */
  readonly personIds: readonly number[];
  readonly actorId: number;
  readonly actor: string;
  readonly ownerId: number;
  readonly undone: { readonly by: string; readonly at: Date } | null;
}

/**
 * null for a decision that is neither about the viewer's email nor one that the viewer made about an
 * email which its owner shares: whoever is kept out of an email does nothing to it any more.
 * A hand-over is taken back by whoever made it: the email is still to be seen by neither of the two alone.
 */
export async function findUndoable(
  db: Knex,
  viewer: Viewer,
  decisionId: number,
): Promise<UndoableDecision | null> {
  const [row] = await queryRows<
    Omit<UndoableDecision, 'undone'> & { undoneBy: string | null; undoneAt: Date | null }
  >(
    db,
    `select d.id, d.kind, d.email_id as "emailId",
            array(select n.person_id from decision_people n where n.decision_id = d.id
                   order by n.person_id) as "personIds",
            d.actor_id as "actorId", a.name as actor, e.owner_id as "ownerId", u.name as "undoneBy", d.undone_at as "undoneAt"
       from decisions d join emails e on e.id = d.email_id
       join users a on a.id = d.actor_id left join users u on u.id = d.undone_by
      where d.id = :id
        and (e.owner_id = :viewer or (d.actor_id = :viewer
             and (e.visibility = 'shared' or d.kind = 'hand-over')))`,
    { id: decisionId, viewer: viewer.id },
  );
  if (!row) return null;
  const { undoneBy, undoneAt, ...decision } = row;
  const undone = undoneBy === null || undoneAt === null ? null : { by: undoneBy, at: undoneAt };
  return { ...decision, undone };
}
