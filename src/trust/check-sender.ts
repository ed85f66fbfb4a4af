import { headerLength, type RawField, splitHeaderFields } from '../archiving/header-fields.ts';
import type { SenderEvidence } from '../archiving/sender-evidence.ts';
import { unclearFrom } from '../archiving/unclear-from.ts';
import { canonicalDomain, domainOf } from '../shared/email-address.ts';
import { checkChain } from './check-chain.ts';
import { checkPolicy } from './check-policy.ts';
import { type CheckedSignatures, checkSignatures } from './check-signatures.ts';
import type { DnsLookup } from './dns-lookup.ts';
import { findResults, isDecidedBy } from './find-results.ts';
import { limitedLookup } from './limited-lookup.ts';

export interface TrustSettings {
  /** The authserv-id of the server that takes mail in, or MICROSOFT_365; null for none. */
  readonly pinnedAuthservId: string | null;
  /** Domains (d=) whose ARC seals are believed. */
  readonly arcSealers: readonly string[];
}

export interface SenderQuestion {
  /** The exact bytes of the mail. */
  readonly raw: Buffer;
  readonly receivedAt: Date;
  /** Canonical: by which the owner was found. */
  readonly address: string;
  readonly field: 'from' | 'resent-from';
  /** Why its signatures are not to be looked at, as the end of a sentence; left out: they are. */
  readonly notVerified?: string;
}

/** For all that is asked about one mail, from the first question on. */
const DEADLINE_MS = 5_000;
/** More than any mail has; checking one takes time. */
const MAX_HEADER = 256 * 1024;
/** mailauth puts folded lines together in time that grows with their square. */
const MAX_HEADER_LINES = 10_000;
const MAX_SIGNATURES = 20;
/** Each length is another hash of the body; such a signature proves nothing anyway. */
const MAX_LENGTHS = 3;
const HAS_LENGTH = /(?:^|;)\s*l\s*=/;
/** mailauth does something for each line and hash. 50 MB of base64 are 700,000 lines. */
const MAX_LINES = 1_000_000;
/** RFC 5322 section 3.6: fields that stand once. Doubled, what is signed is not what is shown. */
const SINGLE = ['subject', 'date', 'to', 'cc', 'reply-to', 'message-id', 'content-type'];
const SIGNED_FIELDS = new Set(['dkim-signature', 'arc-message-signature', 'arc-seal']);
const UNSIGNED: CheckedSignatures = { signatures: [], arc: undefined };

/** Finds out what proves, or disproves, the address of a mail. Never rejects for what is in the mail. */
export async function checkSender(
  question: SenderQuestion,
  settings: TrustSettings,
  lookup: DnsLookup,
): Promise<SenderEvidence> {
  const { raw, address, field } = question;
  const header = raw.subarray(0, headerLength(raw));
  const fields = splitHeaderFields(header);
  const domain = domainOf(address);
  const nothing: SenderEvidence = {
    address,
    unclear: unclearFrom(fields),
    results: null,
    signatures: [],
    notVerified: null,
    chain: { state: 'none', sealer: '' },
    policy: 'not-asked',
  };
  if (nothing.unclear !== null || domain.startsWith('[')) return nothing;
  const results = field === 'from' ? findResults(fields, settings.pinnedAuthservId, domain) : null;
  if (isDecidedBy(results)) return { ...nothing, results };
  const dns = limitedLookup(lookup, DEADLINE_MS);
  // Without one, the whole body would be hashed for nothing.
  const signed = fields.some(({ name }) => SIGNED_FIELDS.has(name));
  const notVerified = signed
    ? (question.notVerified ?? whyNotVerified(raw, header, fields, field))
    : null;
  const evidence = { ...nothing, results, notVerified };
  if (notVerified !== null) {
    return { ...evidence, ...(await checkPolicy(domain, [], dns.lookup)) };
  }
  const found = signed
    ? await checkSignatures({ ...question, domain, lookup: dns.lookup })
    : UNSIGNED;
  const exact = found.signatures.some(
    (one) => one.state === 'valid' && canonicalDomain(one.domain) === domain,
  );
  if (exact) return { ...evidence, signatures: found.signatures };
  const sealers = new Set(settings.arcSealers.flatMap((one) => canonicalDomain(one) ?? []));
  const chain =
    field === 'from' ? await checkChain(found.arc, fields, domain, sealers, dns) : nothing.chain;
  return { ...evidence, chain, ...(await checkPolicy(domain, found.signatures, dns.lookup)) };
}

/** The end of a sentence; null where the signatures can be looked at. */
function whyNotVerified(
  raw: Buffer,
  header: Buffer,
  fields: readonly RawField[],
  field: SenderQuestion['field'],
): string | null {
  if (header.length > MAX_HEADER) return 'its header is far too long';
  const text = header.toString('latin1');
  if (text.split('\n', MAX_HEADER_LINES).length === MAX_HEADER_LINES) {
    return 'its header has far too many lines';
  }
  const signatures = fields.filter(({ name }) => SIGNED_FIELDS.has(name));
  if (signatures.length > MAX_SIGNATURES) return 'it bears too many signatures';
  if (signatures.filter(({ raw: value }) => HAS_LENGTH.test(value)).length > MAX_LENGTHS) {
    return 'its signatures cover too many lengths of it';
  }
  if (hasMoreLines(raw, MAX_LINES)) return 'it has far too many lines';
  if (/\0|\r(?!\n)/.test(text)) return 'its header holds control characters';
  const doubled = [...SINGLE, field].find(
    (name) => fields.filter((one) => one.name === name).length > 1,
  );
  return doubled === undefined ? null : `${doubled} stands twice in its header`;
}

function hasMoreLines(raw: Buffer, most: number): boolean {
  if (raw.length <= most) return false;
  let lines = 0;
  for (const byte of raw) if (byte === 0x0a) lines += 1;
  return lines > most;
}
