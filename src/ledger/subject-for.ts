import { visibleTo } from '../emails/visible-to.ts';
import { isSuperAdministrator, type Viewer } from '../shared/viewer.ts';

/**
 * The subject of a message `m` as SQL, or null. The log shows administrators addresses and outcomes,
 * not what people write, and a subject is what people write: it is shown to those who may read the
 * mail anyway. That is its owner; whoever may see every email that was in it; and, of rejected and
 * quarantined mail, Super Administrators, who may look at the originals.
 */
export function subjectFor(viewer: Pick<Viewer, 'id' | 'groups'>): {
  readonly sql: string;
  readonly bindings: readonly unknown[];
} {
  const visible = visibleTo(viewer);
  return {
    sql: `case when m.owner_id = ?
                 or (? and m.outcome in ('rejected', 'quarantined'))
                 or (exists (select from emails e where e.inbound_message_id = m.id)
                     and not exists (select from emails e
                                      where e.inbound_message_id = m.id and not ${visible.sql}))
               then m.subject end`,
    bindings: [viewer.id, isSuperAdministrator(viewer), ...visible.bindings],
  };
}
