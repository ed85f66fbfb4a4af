import type { Knex } from 'knex';
import type { FieldErrors, Typed } from '../http/forms.ts';
import type { Page } from '../http/pages.ts';
import { findActiveMailbox } from '../mailbox-settings/mailbox-store.ts';
import { readOutgoingFrom } from '../outgoing/outgoing-settings.ts';
import { TIME_ZONES } from '../shared/time-zones.ts';
import { isAdministrator, type Viewer } from '../shared/viewer.ts';
import { findUserDetails, type UserDetails } from './user-details-store.ts';

interface FormView {
  readonly values: Typed;
  readonly errors: FieldErrors;
}

export interface ProfilePage extends Page {
  readonly user: UserDetails;
  readonly zones: readonly string[];
  readonly settings: FormView;
  readonly address: FormView;
  readonly password: FormView;
  /** Where mail is sent to be archived; null until an archive mailbox is set up. */
  readonly archiveAddress: string | null;
  readonly isAdministrator: boolean;
  /** Whether links can be sent at all. */
  readonly mailWorks: boolean;
}

/** The viewer's own page, with the form that came back with errors. */
export async function loadProfilePage(
  db: Knex,
  viewer: Viewer,
  form: Partial<Pick<ProfilePage, 'settings' | 'address' | 'password'>> = {},
): Promise<ProfilePage> {
  const user = await findUserDetails(db, viewer.id);
  if (!user) throw new Error('Somebody who is no user is signed in.');
  const { name, timeZone, theme } = viewer;
  const mailbox = await findActiveMailbox(db);
  return {
    title: 'profile.title',
    user,
    zones: TIME_ZONES.includes(timeZone) ? TIME_ZONES : [timeZone, ...TIME_ZONES],
    settings: { values: { name, timeZone, theme }, errors: {} },
    address: { values: {}, errors: {} },
    password: { values: {}, errors: {} },
    archiveAddress: mailbox?.archive_address ?? null,
    isAdministrator: isAdministrator(viewer),
    mailWorks: (await readOutgoingFrom(db)) !== null,
    ...form,
  };
}
