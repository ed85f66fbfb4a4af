import type { Knex } from 'knex';
import { z } from 'zod';
import type { FieldErrors } from '../http/forms.ts';
import type { Page } from '../http/pages.ts';
import { longIdInQuery, searchInQuery } from '../http/query-fields.ts';
import { readOutgoingFrom } from '../outgoing/outgoing-settings.ts';
import { findActiveUsers } from '../users/user-list-store.ts';
import { isIgnoredSender, listIgnoredSenders, type IgnoredList } from './ignored-sender-list.ts';
import { listRejectedSenders, type RejectedList } from './rejected-list-store.ts';
import {
  countRefiled,
  describeSenders,
  findHolder,
  type AddressHolder,
  type Refiled,
  type RejectedSender,
} from './rejected-sender-store.ts';

export const rejectedQuery = z.object({
  q: searchInQuery,
  before: longIdInQuery,
  after: longIdInQuery,
});
/** '' for no place. */
export const ignoredQuery = z.object({
  q: searchInQuery,
  before: searchInQuery,
  after: searchInQuery,
});

/** The addresses of the pages beside this one; null where there is none. */
interface Neighbours {
  readonly previous: string | null;
  readonly next: string | null;
}

export interface RejectedPage extends Page, Neighbours {
  readonly query: string;
  readonly list: RejectedList;
  readonly outgoingSetUp: boolean;
}

export async function loadRejectedPage(
  db: Knex,
  { q, before, after }: z.infer<typeof rejectedQuery>,
): Promise<RejectedPage> {
  const list = await listRejectedSenders(db, q, { before, after });
  const [first, last] = [list.rows[0], list.rows.at(-1)];
  return {
    title: 'admin.rejected',
    section: 'administration',
    query: q,
    list,
    outgoingSetUp: (await readOutgoingFrom(db)) !== null,
    previous: list.newer && first ? rejectedAddress('', { q, after: newestOf(first) }) : null,
    next: list.older && last ? rejectedAddress('', { q, before: newestOf(last) }) : null,
  };
}

export interface IgnoredPage extends Page, Neighbours {
  readonly query: string;
  readonly list: IgnoredList;
}

export async function loadIgnoredPage(
  db: Knex,
  { q, before, after }: z.infer<typeof ignoredQuery>,
): Promise<IgnoredPage> {
  const list = await listIgnoredSenders(db, q, { before: before || null, after: after || null });
  const [first, last] = [list.rows[0], list.rows.at(-1)];
  return {
    title: 'rejected.ignored',
    section: 'administration',
    query: q,
    list,
    previous:
      list.earlier && first ? rejectedAddress('/ignored', { q, before: first.address }) : null,
    next: list.later && last ? rejectedAddress('/ignored', { q, after: last.address }) : null,
  };
}

export interface SenderPage extends Page {
  readonly address: string;
  /** null once nothing of this sender's is rejected any more. */
  readonly sender: RejectedSender | null;
  readonly holder: AddressHolder | null;
  readonly ignored: boolean;
  readonly outgoingSetUp: boolean;
  readonly refiled: readonly Refiled[];
  readonly waiting: number;
  /** Users to give the address to; none where somebody has it. */
  readonly users: readonly {
    readonly id: number;
    readonly name: string;
    readonly address: string;
  }[];
  readonly userId: number | null;
  readonly errors: FieldErrors;
}

/** null for an address of which the log knows nothing. */
export async function loadSenderPage(
  db: Knex,
  address: string,
  form: { readonly userId: number | null; readonly errors: FieldErrors } = {
    userId: null,
    errors: {},
  },
): Promise<SenderPage | null> {
  const [sender = null] = await describeSenders(db, [address]);
  const refiled = await countRefiled(db, address);
  const ignored = await isIgnoredSender(db, address);
  if (!sender && refiled.length === 0 && !ignored) return null;
  const holder = await findHolder(db, address);
  return {
    title: 'rejected.sender',
    titleValues: { address },
    section: 'administration',
    address,
    sender,
    holder,
    ignored,
    outgoingSetUp: (await readOutgoingFrom(db)) !== null,
    refiled,
    waiting: refiled.find(({ outcome }) => outcome === null)?.messages ?? 0,
    users: holder ? [] : await findActiveUsers(db),
    userId: form.userId ?? sender?.claimant?.id ?? null,
    errors: form.errors,
  };
}

/** An address of these pages: "/admin/rejected/sender?address=x%40y.example". */
export function rejectedAddress(
  path: '' | '/ignored' | '/sender',
  asked: Readonly<Record<string, string | number>>,
): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(asked)) {
    if (value !== '') query.set(name, String(value));
  }
  const search = query.toString();
  return `/admin/rejected${path}${search === '' ? '' : `?${search}`}`;
}

function newestOf({ latest }: RejectedSender): number {
  return latest[0]?.id ?? 0;
}
