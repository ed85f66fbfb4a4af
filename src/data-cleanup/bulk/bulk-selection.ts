import { z } from 'zod';
import { texts, ticked } from '../../http/form-fields.ts';
import { idIn } from '../../http/path-id.ts';
import { NOT_TAKEN } from './not-taken.ts';
import {
  GROUP_KEYS,
  inGroup,
  filterIn,
  filterQuery,
  type ListFilter,
} from '../list/list-filter.ts';

/**
 * Which of the viewer's emails a bulk action is about: ticked ones, ticked groups, or all that wait in the
 * open group or anywhere. `through` is the newest that was there when they were looked at.
 */
export type BulkSelection =
  | { readonly kind: 'emails'; readonly ids: readonly number[] }
  | {
      readonly kind: 'groups';
      readonly by: keyof typeof GROUP_KEYS;
      readonly keys: readonly string[];
      readonly through: number;
    }
  | { readonly kind: 'all'; readonly filter: ListFilter; readonly through: number };

const selectionForm = z.object({
  email: texts,
  key: texts,
  all: ticked,
  through: z
    .unknown()
    .optional()
    .transform((text) => idIn(text, Number.MAX_SAFE_INTEGER) ?? 0),
});

/** What is ticked in a form of the list; null for nothing. */
export function selectionIn(body: unknown): BulkSelection | null {
  const { email, key, all, through } = selectionForm.parse(body ?? {});
  const filter = filterIn(body);
  if (all) return { kind: 'all', filter, through };
  if (filter.by !== 'none' && key.length > 0) {
    return { kind: 'groups', by: filter.by, keys: key.map(withoutControls), through };
  }
  const ids = email.flatMap((text) => idIn(text, Number.MAX_SAFE_INTEGER) ?? []);
  return ids.length > 0 ? { kind: 'emails', ids: [...new Set(ids)] } : null;
}

/** The same as fields of a form, name and value, with the list that one comes back to. */
export function selectionFields(selection: BulkSelection, list: ListFilter): [string, string][] {
  if (selection.kind === 'emails') {
    const ids = selection.ids.map((id): [string, string] => ['email', String(id)]);
    return [...ids, ...new URLSearchParams(filterQuery(list))];
  }
  const through: [string, string] = ['through', String(selection.through)];
  if (selection.kind === 'groups') {
    const keys = selection.keys.map((key): [string, string] => ['key', key]);
    return [['by', selection.by], through, ...keys];
  }
  const { by, group } = selection.filter;
  const open: [string, string][] = group === null ? [] : [['group', group]];
  return [['all', 'yes'], ['by', by], through, ...open];
}

/** The selection as a condition on `emails`, whose owner is asked about elsewhere; it has the binding `:viewer`. */
export function selectedEmails(selection: BulkSelection): {
  readonly sql: string;
  readonly bindings: Readonly<Record<string, unknown>>;
} {
  // Ticked emails are named one by one: of those that wait no more it is told who was faster.
  if (selection.kind === 'emails') {
    return { sql: 'id = any(:ids)', bindings: { ids: selection.ids } };
  }
  const waiting = `state = 'unmatched' and id <= :through and ${NOT_TAKEN}`;
  if (selection.kind === 'groups') {
    const sql = `${waiting} and ${GROUP_KEYS[selection.by]} = any(:keys)`;
    return { sql, bindings: { through: selection.through, keys: selection.keys } };
  }
  const { filter, through } = selection;
  return {
    sql: `${waiting} and ${inGroup(filter)}`,
    bindings: { through, group: filter.group },
  };
}

function withoutControls(text: string): string {
  return text.replace(/\p{Cc}/gu, ' ');
}
