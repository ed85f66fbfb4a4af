import type { Knex } from 'knex';
import { queryRows } from '../db/query-rows.ts';
import type { AttachmentRow } from '../db/rows.ts';
import type { Viewer } from '../shared/viewer.ts';
import { visibleTo } from './visible-to.ts';

/** A mail may have a thousand. */
const MAX_INLINE = 200;

/** An attachment of an email that the viewer may see; null for any other. */
export async function findAttachment(
  db: Knex,
  viewer: Viewer,
  emailId: number,
  attachmentId: number,
): Promise<AttachmentRow | null> {
  const visible = visibleTo(viewer);
  const [row] = await queryRows<AttachmentRow>(
    db,
    `select a.* from attachments a join emails e on e.id = a.email_id
      where a.id = ? and e.id = ? and ${visible.sql}`,
    [attachmentId, emailId, ...visible.bindings],
  );
  return row ?? null;
}

/** Where the pictures that an email's HTML may name by their Content-ID are; the first of a name counts. */
export async function findInlineImages(
  db: Knex,
  emailId: number,
): Promise<Readonly<Record<string, string>>> {
  const rows = await queryRows<{ id: number; name: string }>(
    db,
    `select id, content_id as name from attachments
      where email_id = ? and content_id is not null order by id desc limit ${MAX_INLINE}`,
    [emailId],
  );
  return Object.fromEntries(rows.map(({ id, name }) => [name, inlineAddress(emailId, id)]));
}

function inlineAddress(emailId: number, attachmentId: number): string {
  return `/emails/${emailId}/attachments/${attachmentId}/picture`;
}
