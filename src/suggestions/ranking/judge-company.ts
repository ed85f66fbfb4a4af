import { domainOf, localPartOf } from '../../shared/email-address.ts';
import { isFreeMail, labelOf } from '../../shared/free-mail.ts';
import type { Candidate, Unknown } from './candidate.ts';
import { compareDomain } from './compare-domain.ts';
import { squashed } from './fold-letters.ts';
import { POINTS, type Part } from './points.ts';

/** What is told by all that stands on the mail. */
export interface MailSigns {
  readonly othersDomains: ReadonlySet<string>;
  /** The beginning of what the unknown wrote, and the name shown, as letters without spaces. */
  readonly own: string;
  /** Candidates who are on the mail already, by an address of their own. */
  readonly present: ReadonlySet<Candidate>;
}

/** Whether the domain of the unknown is that of the record or of its account. */
export function judgeDomain(unknown: Unknown, { addresses, account }: Candidate): Part[] {
  const domain = domainOf(unknown.address);
  const known = [...addresses.map(domainOf), ...(account?.domains ?? [])];
  const relations = new Set(known.map((one) => compareDomain(domain, one)));
  const sister = relations.has('sister') ? POINTS.sisterDomain : 0;
  const points = relations.has('same') ? POINTS.sameDomain : sister;
  return points === 0 ? [] : [{ points, reason: { kind: 'same-company', domain } }];
}

/** What the company of a record, and those on the mail, say. */
export function judgeCompany(
  unknown: Unknown,
  candidate: Candidate,
  facts: MailSigns,
  isNamed: boolean,
): Part[] {
  const { account } = candidate;
  const parts: Part[] = [];
  const domain = domainOf(unknown.address);
  const name = account ? squashed(account.name) : '';
  const free = isFreeMail(domain);
  const spoken = squashed(free ? localPartOf(unknown.address) : labelOf(domain));
  if (name.length >= 6 && spoken === name) {
    parts.push({ points: free ? POINTS.accountName : 6, reason: { kind: 'same-company', domain } });
  }
  const surname = squashed(candidate.lastName);
  if (isNamed && !free && surname.length >= 4 && squashed(labelOf(domain)).includes(surname)) {
    parts.push({ points: POINTS.surnameInDomain, reason: null });
  }
  const { own } = facts;
  if (isNamed && account && name.length >= 5 && own.includes(name)) {
    parts.push({
      points: POINTS.companyNamed,
      reason: { kind: 'company-named', company: account.name },
    });
  }
  if (candidate.together > 0) {
    parts.push({ points: POINTS.together, reason: { kind: 'co-recipient' } });
  } else if (isNamed && isColleague(candidate, facts)) {
    parts.push({ points: POINTS.colleague, reason: { kind: 'co-recipient' } });
  }
  return parts;
}

function isColleague({ account, addresses, personId }: Candidate, facts: MailSigns): boolean {
  const domains = [...addresses.map(domainOf), ...(account?.domains ?? [])];
  if (domains.some((one) => !isFreeMail(one) && facts.othersDomains.has(one))) return true;
  return (
    account !== null &&
    [...facts.present].some(
      (other) => other.account?.id === account.id && other.personId !== personId,
    )
  );
}
