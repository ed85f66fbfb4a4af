import type { Knex } from 'knex';
import { queryRows } from '../../db/query-rows.ts';
import type { DecisionRow } from '../../db/rows.ts';
import type { Viewer } from '../../shared/viewer.ts';

/** The decision that brought the email into its state. */
export interface StandingDecision {
  readonly id: number;
  readonly kind: DecisionRow['kind'];
  readonly by: string;
  readonly at: Date;
  /** The viewer's bulk action that it is a part of, and how many emails are as that has left them. */
  readonly bulk: { readonly id: number; readonly emails: number } | null;
}

export type HandOver = Omit<StandingDecision, 'kind' | 'bulk'>;

/** The decision about an email that counts; null where none has been made. */
export async function findStandingDecision(
  db: Knex,
  viewer: Viewer,
  emailId: number,
): Promise<StandingDecision | null> {
  const [row] = await queryRows<StandingDecision>(
    db,
    `select d.id, d.kind, u.name as by, d.at,
            case when b.id is null then null else jsonb_build_object('id', b.id, 'emails', (
              select count(*) from decisions o join emails c on c.decision_id = o.id
               where o.bulk_id = b.id)) end as bulk
       from emails e join decisions d on d.id = e.decision_id join users u on u.id = d.actor_id
       left join bulk_actions b
         on b.id = d.bulk_id and b.actor_id = :viewer and b.state in ('running', 'done')
      where e.id = :emailId`,
    { viewer: viewer.id, emailId },
  );
  return row ?? null;
}

/** The hand-over by which an email came to its owner; null where it came by itself. */
export async function findHandOver(db: Knex, emailId: number): Promise<HandOver | null> {
  const [row] = await queryRows<HandOver>(
    db,
    `select d.id, u.name as by, d.at
       from emails e join decisions d on d.id = e.handed_over_by join users u on u.id = d.actor_id
      where e.id = ?`,
    [emailId],
  );
  return row ?? null;
}
