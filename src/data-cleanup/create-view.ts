import type { Knex } from 'knex';
import { findBody } from '../emails/body-store.ts';
import type { FieldErrors, Typed } from '../http/forms.ts';
import { findDuplicates, type Duplicate } from '../people/find-duplicates.ts';
import { guessCompany, guessName } from '../people/guess-record.ts';
import { readSignature, SIGNATURE_TEXT, type Signature } from '../people/read-signature.ts';
import { domainOf } from '../shared/email-address.ts';
import type { Viewer } from '../shared/viewer.ts';
import {
  findAccountOfDomain,
  type CleanupEmail,
  type CleanupParticipant,
} from './cleanup-email-store.ts';

/** The form for a new record. */
export interface CreateView {
  readonly kind: 'contact' | 'lead';
  readonly form: { readonly values: Typed; readonly errors: FieldErrors };
  readonly duplicates: readonly Duplicate[];
  readonly about: string | null;
}

/** Begins with what the mail tells: its header, the signature of whoever wrote it, the domain's account. */
export async function createView(
  db: Knex,
  viewer: Viewer,
  email: CleanupEmail,
  { kind, about }: { readonly kind: CreateView['kind']; readonly about: CleanupParticipant | null },
): Promise<CreateView> {
  const address = about?.address ?? null;
  const signature = about && (await findSignature(db, viewer, email, about));
  const { firstName, lastName } = guessName(fullerName(about?.name ?? '', signature), address);
  const company = address === null ? '' : await companyOf(db, address, signature?.company ?? '');
  const duplicates = await findLinkable(db, { name: `${firstName} ${lastName}`, address });
  const { title = '', phone = '' } = signature ?? {};
  const values = { firstName, lastName, company, title, phone, address: address ?? '' };
  return { kind, form: { values, errors: {} }, duplicates, about: address };
}

/** Only of whoever wrote the mail: below one that the user wrote stands the user's. */
async function findSignature(
  db: Knex,
  viewer: Viewer,
  { id, participants }: CleanupEmail,
  about: CleanupParticipant,
): Promise<Signature | null> {
  const wrote = participants.some(
    ({ role, address }) => role === 'from' && address === about.address,
  );
  const body = wrote ? await findBody(db, viewer, id, SIGNATURE_TEXT) : null;
  return body && readSignature(body.text, about);
}

/** What the header shows, but for a mere first name, or none. */
function fullerName(shown: string, signature: Signature | null): string {
  const isFull = /\S[\s,]+\S/u.test(shown.trim());
  return isFull || signature === null || signature.name === '' ? shown : signature.name;
}

/** The account of others in the domain, else what is signed, else what the domain itself names. */
async function companyOf(db: Knex, address: string, signed: string): Promise<string> {
  const guessed = guessCompany(address);
  const account = guessed === '' ? null : await findAccountOfDomain(db, domainOf(address));
  return account ?? (signed || guessed);
}

/** Records that may be the one about to be made. One in the bin can't be linked instead. */
export async function findLinkable(
  db: Knex,
  { name, address }: { readonly name: string; readonly address: string | null },
): Promise<Duplicate[]> {
  const duplicates = await findDuplicates(db, {
    name,
    addresses: address === null ? [] : [address],
  });
  return duplicates.filter(({ inBin }) => !inBin);
}
