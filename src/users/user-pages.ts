import type { Knex } from 'knex';
import { z } from 'zod';
import type { FieldErrors, Typed } from '../http/forms.ts';
import type { Page } from '../http/pages.ts';
import { idInQuery, searchInQuery } from '../http/query-fields.ts';
import { readOutgoingFrom } from '../outgoing/outgoing-settings.ts';
import { isSuperAdministrator, type Viewer } from '../shared/viewer.ts';
import { loadInvitations, type InvitationsView } from './invitations-view.ts';
import { mayChange } from './open-user.ts';
import type { ShownLink } from './shown-link.ts';
import { countReassignable } from './user-change-store.ts';
import { findUserDetails, type UserDetails } from './user-details-store.ts';
import {
  findActiveUsers,
  listUsers,
  stateOf,
  type UserFilter,
  type UserList,
  type UserState,
} from './user-list-store.ts';

export interface FormView {
  readonly values: Typed;
  readonly errors: FieldErrors;
}

/** Who has an address already. */
export interface Holder {
  readonly id: number;
  readonly name: string;
}

const PAGE = 50;

/** What the address of the list may ask for; whatever is no such thing counts as not given. */
export const usersQuery = z.object({
  q: searchInQuery,
  state: z.enum(['all', 'active', 'invited', 'not-invited', 'deactivated']).catch('all'),
  after: idInQuery,
  before: idInQuery,
});

interface UsersPage extends Page {
  readonly filter: UserFilter;
  readonly list: UserList;
  readonly stateOf: typeof stateOf;
  readonly mayChange: (user: Pick<UserDetails, 'groups'>) => boolean;
  readonly invitations: InvitationsView;
}

export async function loadUsersPage(
  db: Knex,
  viewer: Viewer,
  { q, state, after, before }: z.infer<typeof usersQuery>,
): Promise<UsersPage> {
  const filter = { text: q, state };
  const list = await listUsers(db, filter, { after, before }, PAGE);
  return {
    title: 'admin.users',
    section: 'administration',
    filter,
    list,
    stateOf,
    mayChange: (user) => mayChange(viewer, user),
    invitations: await loadInvitations(db, viewer),
  };
}

interface NewUserPage extends Page {
  readonly form: FormView;
  readonly holder: Holder | null;
  readonly mayGiveGroups: boolean;
  readonly mailWorks: boolean;
}

export async function loadNewUserPage(
  db: Knex,
  viewer: Viewer,
  form: FormView = { values: {}, errors: {} },
  holder: Holder | null = null,
): Promise<NewUserPage> {
  return {
    title: 'users.new',
    section: 'administration',
    form,
    holder,
    mayGiveGroups: isSuperAdministrator(viewer),
    mailWorks: (await readOutgoingFrom(db)) !== null,
  };
}

export interface UserPage extends Page {
  readonly user: UserDetails;
  readonly state: UserState;
  readonly isOneself: boolean;
  readonly mayChange: boolean;
  readonly mayGiveGroups: boolean;
  readonly mailWorks: boolean;
  /** Emails that wait for a user who is deactivated. */
  readonly left: number;
  readonly rename: FormView;
  readonly groups: FormView;
  readonly address: FormView;
  /** Who has the address that was to be added. */
  readonly holder: Holder | null;
  readonly link: Omit<ShownLink, 'userId'> | null;
}

/** What came back with errors, or is shown once. */
export type UserPageParts = Partial<
  Pick<UserPage, 'rename' | 'groups' | 'address' | 'holder' | 'link'>
>;

/** null: there is no such user. */
export async function loadUserPage(
  db: Knex,
  viewer: Viewer,
  userId: number,
  parts: UserPageParts = {},
): Promise<UserPage | null> {
  const user = await findUserDetails(db, userId);
  if (!user) return null;
  const ticked = Object.fromEntries(user.groups.map((key) => [key, 'yes']));
  return {
    title: 'users.user',
    titleValues: { name: user.name },
    section: 'administration',
    user,
    state: stateOf(user),
    isOneself: user.id === viewer.id,
    mayChange: mayChange(viewer, user),
    mayGiveGroups: isSuperAdministrator(viewer),
    mailWorks: (await readOutgoingFrom(db)) !== null,
    left: user.active ? 0 : await countReassignable(db, userId),
    rename: { values: { name: user.name }, errors: {} },
    groups: { values: ticked, errors: {} },
    address: { values: {}, errors: {} },
    holder: null,
    link: null,
    ...parts,
  };
}

interface DeactivatePage extends Page {
  readonly user: UserDetails;
  readonly waiting: number;
  readonly heirs: readonly {
    readonly id: number;
    readonly name: string;
    readonly address: string;
  }[];
  readonly form: FormView;
}

/** Asks whom the emails shall go to that wait for a user. null: there is no such user. */
export async function loadDeactivatePage(
  db: Knex,
  userId: number,
  form: FormView = { values: {}, errors: {} },
): Promise<DeactivatePage | null> {
  const user = await findUserDetails(db, userId);
  if (!user) return null;
  const active = await findActiveUsers(db);
  return {
    title: user.active ? 'users.deactivate.title' : 'users.handOver.title',
    titleValues: { name: user.name },
    section: 'administration',
    user,
    waiting: await countReassignable(db, userId),
    heirs: active.filter((one) => one.id !== userId),
    form,
  };
}
