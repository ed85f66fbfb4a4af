import type { Knex } from 'knex';
import { queryRows } from '../db/query-rows.ts';
import type { Viewer } from '../shared/viewer.ts';
import { visibleTo } from './visible-to.ts';

/** Whether the viewer may see the email. */
export async function isVisible(db: Knex, viewer: Viewer, emailId: number): Promise<boolean> {
  const visible = visibleTo(viewer);
  const rows = await queryRows(db, `select from emails e where e.id = ? and ${visible.sql}`, [
    emailId,
    ...visible.bindings,
  ]);
  return rows.length > 0;
}
