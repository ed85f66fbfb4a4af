import { arc as verifyArc } from 'mailauth/lib/arc/index.js';
import type { DKIMVerifyResult } from 'mailauth';
import type { RawField } from '../archiving/header-fields.ts';
import { judgeResults } from '../archiving/judge-results.ts';
import { readAuthenticationResults } from '../archiving/read-authentication-results.ts';
import type { ChainFact } from '../archiving/sender-evidence.ts';
import { canonicalDomain } from '../shared/email-address.ts';
import { MIN_KEY_BITS, whyRefused } from './check-signatures.ts';
import type { LimitedLookup } from './limited-lookup.ts';

type Arc = NonNullable<DKIMVerifyResult['arc']>;
type Link = NonNullable<Exclude<Arc['chain'], false | undefined>>[number];

const NO_CHAIN: ChainFact = { state: 'none', sealer: '' };
const INSTANCE = /^\s*i\s*=\s*(\d{1,2})\s*;/;

/**
 * Whether a chain of seals (RFC 8617) proves the domain of From: it is unbroken, one of its sets saw the
 * mail pass, and all from that one to the newest are by named sealers. Whoever sealed later may have
 * changed all.
 *
 * @param sealers canonical domains
 */
export async function checkChain(
  arc: Arc | undefined,
  fields: readonly RawField[],
  domain: string,
  sealers: ReadonlySet<string>,
  dns: LimitedLookup,
): Promise<ChainFact> {
  const chain = arc?.chain;
  if (!arc || !chain || chain.length === 0 || sealers.size === 0) return NO_CHAIN;
  const sealer = whoSawItPass(chain, fields, domain, sealers);
  const newest = chain.at(-1);
  if (sealer === null || !newest) return { state: 'not-trusted', sealer: '' };
  const { lookup: resolver } = dns;
  const options = { resolver, strict: true, minBitLength: MIN_KEY_BITS };
  const { status, signature } = await verifyArc({ ...arc, chain }, options);
  if (chain.flatMap(keyNames).some((name) => dns.open.has(name))) {
    return { state: 'no-answer', sealer };
  }
  const holds = status.result === 'pass' && signature && whyRefused(signature, 'from') === null;
  return { state: holds ? 'trusted' : 'not-trusted', sealer };
}

/** The sealer who saw it pass; null where there is none, or one after it is not named. */
function whoSawItPass(
  chain: readonly Link[],
  fields: readonly RawField[],
  domain: string,
  sealers: ReadonlySet<string>,
): string | null {
  for (const link of chain.toReversed()) {
    const sealer = sealerOf(link);
    if (sealer === null || !sealers.has(sealer)) return null;
    const saw = whatWasSeen(fields, link.i);
    if (saw !== null && judgeResults(saw, domain) === 'pass') return sealer;
  }
  return null;
}

/** null where seal and message signature are not by one domain. */
function sealerOf(link: Link): string | null {
  const [seal, message] = [link['arc-seal'], link['arc-message-signature']].map((field) =>
    canonicalDomain(tag(field, 'd')),
  );
  return seal !== undefined && seal === message ? seal : null;
}

function keyNames(link: Link): string[] {
  return [link['arc-seal'], link['arc-message-signature']].map((field) =>
    `${tag(field, 's')}._domainkey.${tag(field, 'd')}`.toLowerCase(),
  );
}

function tag(field: Link['arc-seal'], name: string): string {
  const value: unknown = field?.parsed?.[name]?.value;
  return typeof value === 'string' ? value : '';
}

function whatWasSeen(fields: readonly RawField[], instance: number) {
  const seen = fields.find(
    ({ name, raw }) =>
      name === 'arc-authentication-results' && Number(INSTANCE.exec(raw)?.[1]) === instance,
  );
  return seen ? readAuthenticationResults(seen.raw.replace(INSTANCE, '')) : null;
}
