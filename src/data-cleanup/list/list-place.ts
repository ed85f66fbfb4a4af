import { z } from 'zod';
import { filterQuery, type ListFilter } from './list-filter.ts';

/** Where a page of a list begins; both null for its start. Of each: "12", or "7-12" where two numbers order it. */
export interface ListPlace {
  readonly before: string | null;
  readonly after: string | null;
}

const cursor = z
  .string()
  .regex(/^\d{1,15}(-\d{1,15})?$/)
  .nullable()
  .catch(null);

export const placeFields = { before: cursor, after: cursor };

/** The two numbers of a place; one that is missing counts as larger than all. */
export function placeOf(
  text: string | null,
): { readonly first: number; readonly second: number } | null {
  if (text === null) return null;
  const [first, second] = text.split('-').map(Number);
  return { first: first ?? 0, second: second ?? Number.MAX_SAFE_INTEGER };
}

/** "12", or "7-12" where the rank is another number than that of the email. */
export function cursorOf(rank: number, id: number): string {
  return rank === id ? String(id) : `${rank}-${id}`;
}

/** "?by=domain&before=123": the address of a page of the list, or '' for its start. */
export function placeQuery({ before, after, ...filter }: ListPlace & ListFilter): string {
  const query = new URLSearchParams(filterQuery(filter));
  if (after !== null) query.set('after', after);
  else if (before !== null) query.set('before', before);
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}
