import { headerLength, type RawField, splitHeaderFields } from '../archiving/header-fields.ts';
import { domainOf } from '../shared/email-address.ts';
import { findResults, isDecidedBy } from './find-results.ts';

/** So much of a mail's beginning is looked at. Bytes. */
export const BEGINNING = 64 * 1024;
const MAX_KEYS = 10;
/** RFC 9989 section 4.10: above a longer name the walk goes on at seven labels. */
const MOST_LABELS = 7;
const NAME = /^(?=.{1,253}$)[\w-]{1,63}(?:\.[\w-]{1,63})*$/;

export interface AskedSender {
  readonly address: string;
  readonly field: 'from' | 'resent-from';
  readonly pinnedAuthservId: string | null;
}

/**
 * About which names the DNS will probably be asked for the sender of a mail: the keys of its first ten
 * signatures (RFC 6376 section 3.6.2.1), and the policies of its domain and of those above it (RFC 9989
 * section 4.10). A guess, made without verifying anything; in lower case.
 */
export function namesToAsk(
  raw: Buffer,
  { address, field, pinnedAuthservId }: AskedSender,
): string[] {
  const beginning = raw.subarray(0, BEGINNING);
  const fields = splitHeaderFields(beginning.subarray(0, headerLength(beginning)));
  const domain = domainOf(address);
  const results = field === 'from' ? findResults(fields, pinnedAuthservId, domain) : null;
  if (isDecidedBy(results)) return [];
  const signatures = fields.filter(({ name }) => name === 'dkim-signature').slice(0, MAX_KEYS);
  const names = [...signatures.map(keyName), ...policyNames(domain)];
  return [...new Set(names.map((name) => name.toLowerCase()))].filter((name) => NAME.test(name));
}

function keyName({ raw }: RawField): string {
  const tags = raw.replace(/\s+/g, '').split(';');
  const valueOf = (tag: string) => tags.find((one) => one.startsWith(tag))?.slice(tag.length) ?? '';
  return `${valueOf('s=')}._domainkey.${valueOf('d=')}`;
}

function policyNames(domain: string): string[] {
  const names: string[] = [];
  let labels = domain.split('.');
  while (labels.length > 0) {
    names.push(`_dmarc.${labels.join('.')}`);
    labels = labels.length > MOST_LABELS ? labels.slice(-MOST_LABELS) : labels.slice(1);
  }
  return names;
}
