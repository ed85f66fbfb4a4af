import type { Knex } from 'knex';
import type { FieldErrors } from '../../http/forms.ts';
import type { Page } from '../../http/pages.ts';
import { findPeople, type FoundPerson } from '../../people/find-people.ts';
import type { Viewer } from '../../shared/viewer.ts';
import { selectionFields, type BulkSelection } from './bulk-selection.ts';
import { countSelected } from './bulk-store.ts';
import { withFilter, type ListFilter } from '../list/list-filter.ts';

/** The question to which record many emails are linked: one, though an action can have several. */
export interface BulkLinkPage extends Page {
  readonly emails: number;
  readonly addresses: number;
  /** The selection as fields of a form. */
  readonly fields: readonly (readonly [string, string])[];
  /** The list that one comes back to. */
  readonly list: string;
  readonly query: string;
  readonly found: readonly FoundPerson[];
  readonly personId: number | null;
  /** Whether the record gains the addresses: taken for granted where there is one only. */
  readonly add: boolean;
  readonly errors: FieldErrors;
}

const FOUND = 20;

interface Asked {
  readonly query: string;
  readonly personId: number | null;
  readonly list: ListFilter;
}

export async function loadBulkLinkPage(
  db: Knex,
  viewer: Viewer,
  selection: BulkSelection,
  { query, personId, list }: Asked,
): Promise<BulkLinkPage> {
  const { emails, addresses } = await countSelected(db, viewer, selection);
  const found = await findPeople(db, { text: query, limit: FOUND });
  return {
    title: 'cleanup.bulk.linkToOne',
    emails,
    addresses,
    fields: selectionFields(selection, list),
    list: withFilter('/data-cleanup', list),
    query,
    found,
    personId: found.some(({ id }) => id === personId) ? personId : null,
    add: addresses === 1,
    errors: {},
  };
}
