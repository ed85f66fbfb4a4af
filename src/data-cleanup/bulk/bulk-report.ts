import type { Knex } from 'knex';
import { queryRows } from '../../db/query-rows.ts';
import type { BulkActionRow, BulkResult } from '../../db/rows.ts';
import type { NamedPerson } from '../../people/named-person.ts';
import type { Viewer } from '../../shared/viewer.ts';

/** Emails that were passed over for one reason. */
export interface Skipped {
  readonly result: Exclude<BulkResult, 'done' | 'along'>;
  readonly count: number;
  /** Who was faster, and when, to the minute; null where nobody decided. */
  readonly by: string | null;
  readonly at: Date | null;
}

/** What has become of a bulk action so far. */
export interface BulkReport {
  readonly id: number;
  readonly kind: BulkActionRow['kind'];
  readonly state: BulkActionRow['state'];
  readonly total: number;
  /** Emails that it has not come to yet. */
  readonly left: number;
  /** Emails that were settled. */
  readonly done: number;
  /** Records that were made. */
  readonly created: number;
  /** The first of those that are still there. */
  readonly made: readonly NamedPerson[];
  /** Decisions that stand: once it is undone, those that could not be taken back. */
  readonly standing: number;
  /** Of a link: the names of the records, without those that are gone. */
  readonly people: readonly string[];
  /** To whom they were handed over. */
  readonly colleague: string | null;
  readonly skipped: readonly Skipped[];
}

/** More reasons than this are not told one by one; those that are passed over are counted all the same. */
const MAX_REASONS = 20;

const MAX_MADE = 50;

/** null for an action that is not the viewer's. */
export async function findBulkReport(
  db: Knex,
  viewer: Viewer,
  bulkId: number,
): Promise<BulkReport | null> {
  const [bulk] = await queryRows<Omit<BulkReport, 'skipped' | 'made'>>(
    db,
    `select b.id, b.kind, b.state, n.total, n.left, n.done, d.created, d.standing,
            array(select trim(p.first_name || ' ' || p.last_name)
                    from bulk_people q join people p on p.id = q.person_id
                   where q.bulk_id = b.id and p.deleted_at is null
                   order by p.sort_name, p.id) as people,
            c.name as colleague
       from bulk_actions b
       left join users c on c.id = b.to_user_id,
       lateral (select count(*) as total, count(*) filter (where result is null) as left,
                       count(*) filter (where result in ('done', 'along')) as done
                  from bulk_emails where bulk_id = b.id) n,
       lateral (select count(*) filter (where kind in ('create-contact', 'create-lead')) as created,
                       count(*) filter (where undone_at is null) as standing
                  from decisions where bulk_id = b.id) d
      where b.id = :bulkId and b.actor_id = :viewer`,
    { bulkId, viewer: viewer.id },
  );
  if (!bulk) return null;
  const skipped = await queryRows<Skipped>(
    db,
    `select i.result, u.name as by, date_trunc('minute', i.handled_at) as at, count(*) as count
       from bulk_emails i left join users u on u.id = i.handled_by
      where i.bulk_id = ? and i.result not in ('done', 'along')
      group by 1, 2, 3 order by count(*) desc, 1, 2, 3 limit ${MAX_REASONS}`,
    [bulkId],
  );
  return { ...bulk, made: await findMade(db, bulkId), skipped };
}

async function findMade(db: Knex, bulkId: number): Promise<NamedPerson[]> {
  return await queryRows(
    db,
    `select p.id, p.kind, trim(p.first_name || ' ' || p.last_name) as name
       from decisions d join people p on p.decision_id = d.id
      where d.bulk_id = ? and d.undone_at is null and p.deleted_at is null
      order by p.id limit ${MAX_MADE}`,
    [bulkId],
  );
}
