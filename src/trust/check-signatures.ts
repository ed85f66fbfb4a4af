import { Readable } from 'node:stream';
import { dkimVerify } from 'mailauth/lib/dkim/verify.js';
import type { DKIMResult, DKIMVerifyResult } from 'mailauth';
import { isAligned } from '../archiving/is-aligned.ts';
import type { SignatureFact } from '../archiving/sender-evidence.ts';
import type { DnsLookup } from './dns-lookup.ts';
import { wholeLines } from './whole-lines.ts';

/** RFC 8301 section 3.2. */
export const MIN_KEY_BITS = 1024;

export interface SignatureQuestion {
  readonly raw: Buffer;
  /** Signatures are valid at a time: that of the receipt. */
  readonly receivedAt: Date;
  readonly domain: string;
  /** The field whose address is to be proven: it must be signed. */
  readonly field: 'from' | 'resent-from';
  readonly lookup: DnsLookup;
}

export interface CheckedSignatures {
  /** Alignment still relaxed, by the public suffix list: the domain's own record may say otherwise. */
  readonly signatures: readonly SignatureFact[];
  readonly arc: DKIMVerifyResult['arc'];
}

/**
 * Verifies the DKIM signatures of a mail on its exact bytes (RFC 6376, 8301, 8463), strictly. Refused
 * are those with l=, whose rest is anybody's, of domains that only test, and those that do not sign
 * the field that is to be proven.
 */
export async function checkSignatures(question: SignatureQuestion): Promise<CheckedSignatures> {
  const { raw, receivedAt, lookup } = question;
  const found = await dkimVerify(Readable.from(wholeLines(raw), { highWaterMark: 1 }), {
    resolver: lookup,
    strict: true,
    minBitLength: MIN_KEY_BITS,
    curTime: receivedAt,
  });
  const signed = found.results.filter((result) => result.signingDomain !== undefined);
  return { signatures: signed.map((result) => toFact(result, question)), arc: found.arc };
}

function toFact(result: DKIMResult, { domain, field }: SignatureQuestion): SignatureFact {
  const signer = result.signingDomain ?? '';
  const aligned = isAligned(signer, domain);
  const why = whyRefused(result, field);
  if (why !== null) return { domain: signer, state: 'refused', aligned, why };
  if (result.status.result === 'temperror') {
    return { domain: signer, state: 'no-answer', aligned, why: 'its key could not be fetched' };
  }
  return { domain: signer, state: 'valid', aligned, why: 'another domain' };
}

/** The end of a sentence; null for a signature that holds, or whose key could not be fetched. */
export function whyRefused(result: DKIMResult, field: string): string | null {
  const { status, signingHeaders, canonBodyLengthLimited } = result;
  const names = (signingHeaders?.keys ?? '').toLowerCase().split(/\s*:\s*/);
  if (canonBodyLengthLimited) return 'it covers only the beginning';
  if (!names.includes(field)) return `it does not cover ${field}`;
  if (status.result === 'temperror') return null;
  if (status.result !== 'pass') return status.comment ?? 'it does not hold';
  return 'testing' in status && status.testing ? 'its domain is only testing' : null;
}
