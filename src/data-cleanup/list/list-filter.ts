import { z } from 'zod';
import { textInQuery } from '../../http/query-fields.ts';

/** How waiting emails are grouped, and which group is open; null: none is. */
export interface ListFilter {
  readonly by: 'none' | 'address' | 'domain';
  /** An address, a domain, or '' for emails that name no correspondent. */
  readonly group: string | null;
}

/** All that waits. */
export const NO_FILTER: ListFilter = { by: 'none', group: null };

/** The fields of a query or a form that say so. */
export const filterFields = {
  by: z.enum(['none', 'address', 'domain']).catch('none'),
  group: textInQuery,
};

const filter = z.object(filterFields);

/** What a form says of the list that it stood beside. */
export function filterIn(body: unknown): ListFilter {
  const read = filter.safeParse(body ?? {});
  return read.success ? read.data : NO_FILTER;
}

/** What an email is grouped by, of `emails`; both are indexed. */
export const GROUP_KEYS = {
  address: 'about_address',
  domain: "split_part(about_address, '@', -1)",
} as const;

/** The emails of the open group, as a condition on `emails` with the binding `:group`. */
export function inGroup({ by, group }: ListFilter): string {
  return by === 'none' || group === null ? 'true' : `${GROUP_KEYS[by]} = :group`;
}

/** "/data-cleanup?by=domain&group=acme.example": a path in the list. */
export function withFilter(path: string, filter: ListFilter): string {
  const query = filterQuery(filter);
  return query === '' ? path : `${path}?${query}`;
}

/** "by=domain&group=acme.example", or ''. */
export function filterQuery({ by, group }: ListFilter): string {
  if (by === 'none') return '';
  return new URLSearchParams(group === null ? { by } : { by, group }).toString();
}
