import type { Knex } from 'knex';
import { execute } from '../../db/query-rows.ts';

/**
 * Takes back the links that carry the decision. One that a later decision has chosen as well is
 * that one's now, one that was called wrong meanwhile stays wrong, and one that was called wrong
 * before is so again.
 */
export async function takeBackLinks(trx: Knex.Transaction, id: number): Promise<void> {
  await execute(
    trx,
    `update email_people l set decision_id = d.id, linked_by = 'decision'
       from decisions d join decision_people n on n.decision_id = d.id
      where l.decision_id = :id and d.email_id = l.email_id and n.person_id = l.person_id
        and d.kind = 'link' and d.undone_at is null and d.id > :id`,
    { id },
  );
  await execute(trx, 'delete from email_people where decision_id = ? and unlinked_by is null', [
    id,
  ]);
  await execute(
    trx,
    `update email_people l set unlinked_by = earlier.id
       from decisions d join decision_people n on n.decision_id = d.id, lateral (
              select o.id, o.kind from decisions o join decision_people m on m.decision_id = o.id
               where o.email_id = d.email_id and m.person_id = n.person_id and o.id <> d.id
                 and o.undone_at is null
               order by o.id desc limit 1) earlier
      where d.id = ? and l.email_id = d.email_id and l.person_id = n.person_id
        and l.unlinked_by is null and earlier.kind = 'unlink'`,
    [id],
  );
}

/** Lets links count again that the decision had called wrong. */
export async function takeBackUnlinking(trx: Knex.Transaction, id: number): Promise<void> {
  // What had made the link is undone itself by now.
  await execute(
    trx,
    `delete from email_people l using decisions d
      where l.unlinked_by = ? and d.id = l.decision_id and d.undone_at is not null`,
    [id],
  );
  await execute(trx, 'update email_people set unlinked_by = null where unlinked_by = ?', [id]);
}
