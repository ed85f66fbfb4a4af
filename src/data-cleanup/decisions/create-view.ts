import type { Knex } from 'knex';
import { findBody } from '../../emails/body-store.ts';
import type { FieldErrors, Typed } from '../../http/forms.ts';
import { findDuplicates, type Duplicate } from '../../people/find-duplicates.ts';
import { SIGNATURE_TEXT } from '../../people/read-signature.ts';
import type { Viewer } from '../../shared/viewer.ts';
import type { CleanupEmail, CleanupParticipant } from '../list/cleanup-email-store.ts';
import { guessRecordOf } from './guess-record-of.ts';

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
  const wrote = about && (await findWriting(db, viewer, email, about));
  const guessed = await guessRecordOf(db, { name: about?.name ?? '', address, wrote });
  const name = `${guessed.firstName} ${guessed.lastName}`;
  const duplicates = await findLinkable(db, { name, address });
  const values = { ...guessed, address: address ?? '' };
  return { kind, form: { values, errors: {} }, duplicates, about: address };
}

/** Only of whoever wrote the mail: below one that the user wrote stands the user's signature. */
async function findWriting(
  db: Knex,
  viewer: Viewer,
  { id, participants }: CleanupEmail,
  about: CleanupParticipant,
): Promise<string | null> {
  const wrote = participants.some(
    ({ role, address }) => role === 'from' && address === about.address,
  );
  const body = wrote ? await findBody(db, viewer, id, SIGNATURE_TEXT) : null;
  return body?.text ?? null;
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
