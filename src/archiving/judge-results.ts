import { canonicalDomain } from '../shared/email-address.ts';
import { isAligned } from './is-aligned.ts';
import type { AuthenticationResults, MethodResult } from './read-authentication-results.ts';

/** `silent`: it says nothing that decides; something else has to. */
export type ResultsFinding = 'pass' | 'fail' | 'unknown' | 'silent';

const PASSES = new Set(['pass', 'bestguesspass']);

/**
 * What a trusted server's results say of the domain of From (RFC 8601 section 2.7): DMARC first; where
 * that found no policy, an aligned signature or an aligned SPF. A fail among contradictions is a fail.
 * compauth is Microsoft's own judgement, of which only `fail` counts.
 *
 * @param domain the canonical domain of From
 */
export function judgeResults(found: AuthenticationResults, domain: string): ResultsFinding {
  const { results } = found;
  const of = (method: string) => results.filter((result) => result.method === method);
  if (of('compauth').some(({ result }) => result === 'fail')) return 'fail';
  const dmarc = of('dmarc').filter((result) => isAbout(result, domain));
  if (dmarc.some(({ result }) => result === 'fail')) return 'fail';
  if (dmarc.length > 0 && dmarc.every(({ result, odd }) => PASSES.has(result) && !odd)) {
    return 'pass';
  }
  if (dmarc.some(({ result }) => result === 'temperror')) return 'unknown';
  // A policy that could not be applied, or one that spoke of another From: no parts are put together.
  if (of('dmarc').some(({ result }) => result !== 'none')) return 'silent';
  const parts = [...of('dkim'), ...of('spf')].filter((part) => !part.odd && names(part, domain));
  if (parts.some(({ result }) => result === 'pass')) return 'pass';
  return parts.some(({ result }) => result === 'temperror') ? 'unknown' : 'silent';
}

/** Without header.from it can only be about From itself. */
function isAbout({ properties }: MethodResult, domain: string): boolean {
  const from = properties.get('header.from') ?? [];
  return from.length < 2 && from.every((value) => domainIn(value) === domain);
}

function names({ method, properties }: MethodResult, domain: string): boolean {
  const values =
    method === 'spf'
      ? (properties.get('smtp.mailfrom') ?? [])
      : (properties.get('header.d') ?? properties.get('header.i') ?? []);
  const [value] = values;
  return values.length === 1 && value !== undefined && isAligned(domainOfValue(value), domain);
}

function domainIn(value: string): string | null {
  return canonicalDomain(domainOfValue(value));
}

/** RFC 8601 section 2.2: a value is a domain, or an address of which it is the part that counts. */
function domainOfValue(value: string): string {
  return value.slice(value.lastIndexOf('@') + 1);
}
