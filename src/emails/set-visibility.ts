import type { Knex } from 'knex';
import { execute } from '../db/query-rows.ts';
import type { EmailRow } from '../db/rows.ts';
import type { Viewer } from '../shared/viewer.ts';

/** Shares an email of the viewer's own, or keeps it to its owner. @returns false for any other email. */
export async function setVisibility(
  db: Knex,
  viewer: Viewer,
  emailId: number,
  visibility: EmailRow['visibility'],
): Promise<boolean> {
  const changed = await execute(
    db,
    'update emails set visibility = ? where id = ? and owner_id = ?',
    [visibility, emailId, viewer.id],
  );
  return changed > 0;
}
