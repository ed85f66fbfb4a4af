import type { Knex } from 'knex';
import { guessCompany, guessName, type GuessedName } from '../../people/guess-record.ts';
import { readSignature, type Signature } from '../../people/read-signature.ts';
import { domainOf } from '../../shared/email-address.ts';
import { findAccountOfDomain } from '../list/cleanup-email-store.ts';
import type { NewRecord } from './insert-records.ts';

/** Somebody on a mail, and what of it is their own writing; null where somebody else wrote it. */
interface Correspondent {
  /** As the header shows it; '' for none. */
  readonly name: string;
  readonly address: string | null;
  readonly wrote: string | null;
}

/** What a record begins with: the header, the signature of whoever wrote the mail, the domain's account. */
export async function guessRecordOf(
  db: Knex,
  correspondent: Correspondent,
): Promise<Omit<NewRecord, 'kind' | 'address'>> {
  const { address } = correspondent;
  const signature = signatureOf(correspondent);
  const { title = '', phone = '' } = signature ?? {};
  const company = address === null ? '' : await companyOf(db, address, signature?.company ?? '');
  return { ...nameOf(correspondent, signature), company, title, phone };
}

/** The name that it begins with, without asking the database. */
export function guessNameOf(correspondent: Correspondent): GuessedName {
  return nameOf(correspondent, signatureOf(correspondent));
}

function signatureOf({ name, address, wrote }: Correspondent): Signature | null {
  return wrote === null || address === null ? null : readSignature(wrote, { name, address });
}

function nameOf({ name, address }: Correspondent, signature: Signature | null): GuessedName {
  return guessName(fullerName(name, signature), address);
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
