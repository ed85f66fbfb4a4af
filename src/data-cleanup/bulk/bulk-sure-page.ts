import type { Knex } from 'knex';
import type { Page } from '../../http/pages.ts';
import type { Viewer } from '../../shared/viewer.ts';
import { selectionFields, type BulkSelection } from './bulk-selection.ts';
import { countSelected, type BulkChoice } from './bulk-store.ts';
import { withFilter, type ListFilter } from '../list/list-filter.ts';
import { DISCARDED_DAYS } from '../retention.ts';

/** The question before much is decided at once: nobody has seen all of it. */
export interface BulkSurePage extends Page {
  readonly kind: BulkChoice['kind'];
  readonly emails: number;
  readonly addresses: number;
  readonly days: number;
  /** To whom they are handed over; '' for no such thing. */
  readonly colleague: string;
  /** The selection and the choice as fields of a form. */
  readonly fields: readonly (readonly [string, string])[];
  /** The list that one comes back to. */
  readonly list: string;
}

/** A page of the list shows as many: more than these were not looked at one by one. */
const ASKED_ABOVE = 25;

/** null where so few are meant that nobody is asked. */
export async function loadBulkSurePage(
  db: Knex,
  viewer: Viewer,
  selection: BulkSelection,
  {
    kind,
    colleague,
    list,
  }: Pick<BulkSurePage, 'kind'> & {
    readonly colleague: { readonly id: number; readonly name: string } | null;
    readonly list: ListFilter;
  },
): Promise<BulkSurePage | null> {
  const { emails, addresses } = await countSelected(db, viewer, selection);
  if (emails <= ASKED_ABOVE) return null;
  const to: [string, string][] = colleague === null ? [] : [['userId', String(colleague.id)]];
  return {
    title: `cleanup.bulk.title.${kind}`,
    kind,
    emails,
    addresses,
    days: DISCARDED_DAYS,
    colleague: colleague?.name ?? '',
    fields: [...selectionFields(selection, list), ['do', kind], ...to],
    list: withFilter('/data-cleanup', list),
  };
}
