import { z } from 'zod';
import {
  readForm,
  says,
  typedIn,
  type FieldErrors,
  type FormResult,
  type Typed,
} from '../http/forms.ts';
import { lineField } from '../http/line-field.ts';
import { idIn } from '../http/path-id.ts';
import { canonicalAddress } from '../shared/email-address.ts';
import { cleanText } from '../shared/clean-text.ts';

/** What a form says about a person, in the form in which it is stored. */
export interface PersonValues {
  readonly firstName: string;
  readonly lastName: string;
  /** Name of the account; '' for none. */
  readonly account: string;
  readonly title: string;
  readonly phone: string;
  readonly note: string;
  /** Canonical, each once, the primary one first. */
  readonly addresses: readonly string[];
}

/** A form as it was typed, to be shown again. */
export interface TypedPerson {
  readonly values: Typed;
  readonly addresses: readonly string[];
  /** Which of the addresses is marked as the primary one. */
  readonly primary: number;
}

export const MAX_ADDRESSES = 50;
const MAX_NOTE = 10_000;
/** More possible duplicates than are ever shown. */
const MAX_OTHERS = 100;
const line = (max: number) => lineField(max, 'people.error.long');

const fields = z
  .object({
    firstName: line(200),
    lastName: line(200),
    account: line(200),
    title: line(200),
    phone: line(100),
    note: z
      .string()
      .catch('')
      .transform((typed) => cleanText(typed.replace(/\r\n?/g, '\n')).trim())
      .pipe(z.string().max(MAX_NOTE, says('people.error.note'))),
  })
  // Something of it must be seen: a link without a text can't be followed.
  .refine(({ firstName, lastName }) => /[\p{L}\p{N}\p{P}\p{S}]/u.test(firstName + lastName), {
    message: says('people.error.name').error,
    path: ['lastName'],
  });

/** What was typed, of a form that may have any number of addresses. */
export function typedPerson(body: unknown): TypedPerson {
  const given = (body ?? {}) as Readonly<Record<string, unknown>>;
  const primary = idIn(given.primary) ?? 0;
  return { values: typedIn(body), addresses: listIn(given.address), primary };
}

/** A field that may be there several times, once, or not at all. */
export function listIn(value: unknown): string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.filter((one) => typeof one === 'string').slice(0, 2 * MAX_ADDRESSES);
}

export function readPersonForm(body: unknown): FormResult<PersonValues> {
  const form = readForm(fields, body);
  const typed = typedPerson(body);
  const errors = { ...(form.kind === 'invalid' ? form.errors : {}), ...addressErrors(typed) };
  if (form.kind === 'invalid' || Object.keys(errors).length > 0) return { kind: 'invalid', errors };
  return { kind: 'valid', value: { ...form.value, addresses: addressesOf(typed) } };
}

/** By row: "address-0". Empty rows are no addresses. */
function addressErrors({ addresses }: TypedPerson): FieldErrors {
  const wrong = addresses.flatMap((typed, index) =>
    typed.trim() !== '' && canonicalAddress(typed) === null
      ? [[`address-${index}`, says('people.error.address').error] as const]
      : [],
  );
  const tooMany = addresses.filter((typed) => typed.trim() !== '').length > MAX_ADDRESSES;
  return {
    ...Object.fromEntries(wrong),
    ...(tooMany ? { [`address-${MAX_ADDRESSES}`]: says('people.error.tooMany').error } : {}),
  };
}

function addressesOf({ addresses, primary }: TypedPerson): string[] {
  const canonical = addresses.map((typed) => canonicalAddress(typed));
  const chosen = canonical[primary] ?? null;
  return [...new Set([chosen, ...canonical])].filter((address) => address !== null);
}

/** The records that the form has shown as possible duplicates: "12,13". */
export function notTheSame(body: unknown): number[] {
  const { others = '' } = typedIn(body);
  return others.split(',', MAX_OTHERS).flatMap((id) => idIn(id) ?? []);
}
