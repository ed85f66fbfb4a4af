import type { Knex } from 'knex';
import type { NoticeKind } from '../db/rows.ts';
import { ALWAYS, kindsOfRole } from '../inbox/notice-kinds.ts';
import type { Viewer } from '../shared/viewer.ts';

export interface Preferences {
  /** Of those that the viewer's role is told, the kinds that they want. */
  readonly notices: readonly NoticeKind[];
  readonly keyboardShortcuts: boolean;
  /** Of the viewer's clock, 0 to 23; null: no digest by mail. */
  readonly digestHour: number | null;
}

export async function findDigestHour(db: Knex, userId: number): Promise<number | null> {
  const user = await db('users').where({ id: userId }).first('digest_hour');
  return user?.digest_hour ?? null;
}

/** What was switched off of other roles' kinds stays so, should the viewer have that role again. */
export async function savePreferences(
  trx: Knex.Transaction,
  viewer: Viewer,
  { notices, keyboardShortcuts, digestHour }: Preferences,
): Promise<void> {
  const offered = kindsOfRole(viewer);
  const kept = viewer.mutedNotices.filter((kind) => !offered.includes(kind as NoticeKind));
  const muted = offered.filter((kind) => !ALWAYS.includes(kind) && !notices.includes(kind));
  await trx('users')
    .where({ id: viewer.id })
    .update({
      keyboard_shortcuts: keyboardShortcuts,
      muted_notices: [...(kept as NoticeKind[]), ...muted],
      digest_hour: digestHour,
      // It goes on from where it was: another hour is no new beginning.
      digest_since: digestHour === null ? null : trx.raw('coalesce(digest_since, now())'),
    });
}
