import type { Knex } from 'knex';
import { queryRows } from '../db/query-rows.ts';
import type { EmailRow } from '../db/rows.ts';
import type { Viewer } from '../shared/viewer.ts';
import { visibleTo } from './visible-to.ts';

/** What an email's body is read from. */
export interface StoredBody {
  readonly id: number;
  readonly subject: string;
  readonly text: string;
  /** Whether the text goes on. */
  readonly cut: boolean;
  /** Whether its HTML is the whole forward: with what stands above the original mail. */
  readonly isForward: boolean;
  readonly bodyParts: NonNullable<EmailRow['body_parts']>;
}

/** The body of an email that the viewer may see, with so much of its text; null for any other email. */
export async function findBody(
  db: Knex,
  viewer: Viewer,
  emailId: number,
  maxText: number,
): Promise<StoredBody | null> {
  const visible = visibleTo(viewer);
  const [row] = await queryRows<StoredBody>(
    db,
    `select e.id, e.subject, left(e.text, ?) as text, length(e.text) > ? as cut,
            e.capture = 'forwarded' and e.part_path = '' as "isForward",
            coalesce(e.body_parts, '[]') as "bodyParts"
       from emails e where e.id = ? and ${visible.sql}`,
    [maxText, maxText, emailId, ...visible.bindings],
  );
  return row ?? null;
}
