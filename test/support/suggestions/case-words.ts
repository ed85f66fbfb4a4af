import type { ArchivedEmail, KnownAccount, KnownPerson, Participant } from './suggestion-case.ts';

interface PersonDetails {
  /** Needed where the name gives none (other scripts) or gives it twice (homonyms). */
  readonly id?: string;
  readonly account?: string;
  /** Days since this user linked an email to the person. */
  readonly linked?: number;
}

export const from = (name: string, address: string): Participant => ({
  role: 'from',
  name,
  address,
});
export const to = (name: string, address: string): Participant => ({ role: 'to', name, address });
export const cc = (name: string, address: string): Participant => ({ role: 'cc', name, address });

export function contact(
  firstName: string,
  lastName: string,
  addresses: string | readonly string[],
  details: PersonDetails = {},
): KnownPerson {
  return {
    id: details.id ?? slug(`${firstName} ${lastName}`),
    kind: 'contact',
    firstName,
    lastName,
    account: details.account ?? null,
    addresses: typeof addresses === 'string' ? [addresses] : addresses,
    lastLinkedByThisUserDaysAgo: details.linked ?? null,
  };
}

export function lead(...person: Parameters<typeof contact>): KnownPerson {
  return { ...contact(...person), kind: 'lead' };
}

export function account(name: string, ...domains: readonly string[]): KnownAccount {
  return { id: slug(name), name, domains };
}

/** An archived email; the ids in its References may be of mail that the archive never saw. */
export function earlier(
  messageId: string,
  subject: string,
  people: readonly string[],
  participants: readonly Participant[],
  details: { readonly references?: readonly string[]; readonly sentAt?: string } = {},
): ArchivedEmail {
  return {
    messageId,
    references: details.references ?? [],
    subject,
    sentAt: details.sentAt ?? '2026-11-16T10:00:00Z',
    people,
    participants,
  };
}

/** Letters that do not come apart into a plain one and a mark. */
const PLAIN: Readonly<Record<string, string>> = {
  ß: 'ss',
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ı: 'i',
  æ: 'ae',
};

/** Letters and digits of a name without marks, joined by hyphens. */
export function slug(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[ßłøđıæ]/g, (letter) => PLAIN[letter] ?? '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}
