import type { Knex } from 'knex';
import { suggestAccounts } from '../accounts/account-store.ts';
import type { PersonRow } from '../db/rows.ts';
import type { FieldErrors, Typed } from '../http/forms.ts';
import type { Page } from '../http/pages.ts';
import { changedFields, type PersonField } from './edit-person.ts';
import type { Duplicate } from './find-duplicates.ts';
import type { TypedPerson } from './person-form.ts';
import type { PersonRecord } from './person-store.ts';

/** The form for a new record, or for one that is there. */
export interface PersonFormPage extends Page {
  readonly kind: PersonRow['kind'];
  /** Where the form is sent. */
  readonly action: string;
  /** Where Cancel leads. */
  readonly back: string;
  readonly form: { readonly values: Typed; readonly errors: FieldErrors };
  /** A row each; some are empty. */
  readonly addresses: readonly {
    readonly value: string;
    readonly error: FieldErrors[string] | null;
  }[];
  readonly primary: number;
  /** The row that has the focus; null: none. */
  readonly focus: number | null;
  readonly accounts: readonly string[];
  readonly duplicates: readonly Duplicate[];
  /** Of a record that is there. */
  readonly edit: EditView | null;
}

export interface EditView {
  readonly id: number;
  readonly name: string;
  /** What the form was made from, and which addresses it has shown. */
  readonly version: string;
  readonly shown: readonly string[];
  /** Somebody has changed the record meanwhile: who, and to what. */
  readonly newer: NewerView | null;
}

export interface NewerView {
  readonly by: string | null;
  readonly at: Date;
  readonly fields: readonly { readonly field: PersonField; readonly value: string }[];
}

export interface FormState {
  readonly typed: TypedPerson;
  readonly errors?: FieldErrors;
  readonly duplicates?: readonly Duplicate[];
  readonly focus?: number;
}

export async function newPersonPage(
  db: Knex,
  kind: PersonRow['kind'],
  state: FormState,
): Promise<PersonFormPage> {
  return {
    title: `people.new.${kind}`,
    section: `${kind}s`,
    kind,
    action: `/${kind}s/new`,
    back: `/${kind}s`,
    ...(await formOf(db, state)),
    edit: null,
  };
}

export async function editPersonPage(
  db: Knex,
  person: PersonRecord,
  state: FormState,
  edit: Pick<EditView, 'version' | 'shown' | 'newer'>,
): Promise<PersonFormPage> {
  const { id, kind, name } = person;
  return {
    title: 'people.edit',
    titleValues: { name },
    section: `${kind}s`,
    kind,
    action: `/people/${id}/edit`,
    back: `/people/${id}`,
    ...(await formOf(db, state)),
    edit: { id, name, ...edit },
  };
}

async function formOf(db: Knex, { typed, errors = {}, duplicates = [], focus }: FormState) {
  const { values, addresses, primary } = typed;
  const filled = addresses.filter((address) => address.trim() !== '').length;
  // One row that is empty, so that there is always a place for another address; at first two.
  const rows = [...addresses, ...(filled === addresses.length ? [''] : [])];
  if (rows.length < 2) rows.push('');
  return {
    form: { values, errors },
    addresses: rows.map((value, index) => ({ value, error: errors[`address-${index}`] ?? null })),
    primary: primary < rows.length ? primary : 0,
    focus: focus ?? null,
    accounts: await suggestAccounts(db, values.account ?? ''),
    duplicates,
  };
}

/** A record as its form shows it. */
export function typedOf(person: PersonRecord): TypedPerson {
  const { firstName, lastName, account, title, phone, note, addresses } = person;
  return { values: { firstName, lastName, account, title, phone, note }, addresses, primary: 0 };
}

/** What others have changed since the form was shown, as far as it differs from what was typed. */
export function newerView(
  person: PersonRecord,
  typed: Parameters<typeof changedFields>[1],
): NewerView {
  const fields = changedFields(person, typed).map((field) => ({
    field,
    value: field === 'addresses' ? person.addresses.join(', ') : person[field],
  }));
  return { by: person.updatedBy, at: person.updatedAt, fields };
}
