import type { Knex } from 'knex';
import { readOutgoingFrom } from '../outgoing/outgoing-settings.ts';
import { isSuperAdministrator, type Viewer } from '../shared/viewer.ts';
import { countNotInvited, countQueuedInvitations } from './invitation-store.ts';
import { MOST_INVITED } from './invite-all.ts';

/** Who is still to be invited, as views/users/invitations.ejs tells it. */
export interface InvitationsView {
  /** Whom the viewer may invite and nobody has. */
  readonly open: number;
  /** At most so many are invited at once. */
  readonly next: number;
  /** On their way. */
  readonly queued: number;
  readonly mailWorks: boolean;
}

export async function loadInvitations(db: Knex, viewer: Viewer): Promise<InvitationsView> {
  const open = await countNotInvited(db, isSuperAdministrator(viewer));
  return {
    open,
    next: Math.min(open, MOST_INVITED),
    queued: await countQueuedInvitations(db),
    mailWorks: (await readOutgoingFrom(db)) !== null,
  };
}
