import type { Knex } from 'knex';
import { findActiveMailbox } from '../mailbox-settings/mailbox-store.ts';
import { isAdministrator, type Viewer } from '../shared/viewer.ts';
import { findVerifiedAddresses } from '../users/user-change-store.ts';
import { hasArchived } from './archived-lately-store.ts';

/** How a user archives mail. */
export interface HowToArchive {
  /** Where to send it; null until an archive mailbox is set up. */
  readonly archiveAddress: string | null;
  /** Whether the viewer is one who sets it up. */
  readonly mayConnect: boolean;
  /** Where to send it from. */
  readonly ownAddresses: readonly string[];
}

/** null for whoever has done it already. */
export async function loadHowToArchive(db: Knex, viewer: Viewer): Promise<HowToArchive | null> {
  if (await hasArchived(db, viewer)) return null;
  const mailbox = await findActiveMailbox(db);
  return {
    archiveAddress: mailbox?.archive_address ?? null,
    mayConnect: isAdministrator(viewer),
    ownAddresses: await findVerifiedAddresses(db, viewer.id),
  };
}
