import { domainOf } from '../shared/email-address.ts';
import type { TrustVerdict } from '../shared/outcome.ts';
import type { SenderEvidence, SignatureFact } from './sender-evidence.ts';

/** Whether From can be believed, and a sentence for the trace. */
export interface SenderJudgement {
  readonly verdict: TrustVerdict;
  readonly why: string;
}

/**
 * Judges what was found out about a sender. The own mail server's word comes first, then a signature of
 * the address's domain, then seals of named servers; a sender that nothing proves has failed where the
 * domain asks for that (DMARC, RFC 9989), and is `unknown` where the DNS left a question open.
 */
export function judgeEvidence(evidence: SenderEvidence): SenderJudgement {
  const { unclear, results, signatures, chain } = evidence;
  const domain = domainOf(evidence.address);
  if (unclear !== null) return { verdict: 'fail', why: `From ${unclear}.` };
  if (results?.finding === 'pass') {
    return { verdict: 'pass', why: `${results.by} checked it when it came: it is from ${domain}.` };
  }
  if (results?.finding === 'fail') {
    return { verdict: 'fail', why: `${results.by} checked it when it came: not from ${domain}.` };
  }
  const proof = signatures.find(({ state, aligned }) => state === 'valid' && aligned === true);
  if (proof) return { verdict: 'pass', why: `The signature of ${proof.domain} holds.` };
  if (chain.state === 'trusted') {
    return { verdict: 'pass', why: `${chain.sealer}, which is trusted, saw that it was genuine.` };
  }
  return judgeUnproven(evidence, domain);
}

function judgeUnproven(evidence: SenderEvidence, domain: string): SenderJudgement {
  const { results, chain, policy, signatures } = evidence;
  const open = results?.finding === 'unknown' || chain.state === 'no-answer';
  const found = describe(evidence);
  if (open || policy === 'no-answer' || signatures.some(isOpen)) {
    return { verdict: 'unknown', why: `The DNS did not answer what was asked about ${domain}.` };
  }
  if (policy === 'reject' || policy === 'quarantine') {
    const asks = policy === 'reject' ? 'rejected' : 'held back';
    return { verdict: 'fail', why: `${found}, and ${domain} asks that such mail be ${asks}.` };
  }
  return { verdict: 'none', why: `${found}, and ${domain} asks for nothing.` };
}

/** It may hold, or may be aligned, for all that is known. */
function isOpen({ state, aligned }: SignatureFact): boolean {
  return state !== 'refused' && aligned !== false && (state === 'no-answer' || aligned === null);
}

function describe({ signatures, notVerified }: SenderEvidence): string {
  if (notVerified !== null) return `No signature was looked at, since ${notVerified}`;
  if (signatures.length === 0) return 'It bears no signature';
  const said = signatures.slice(0, 3).map(({ domain, why }) => `${domain || 'nobody'} (${why})`);
  return `It bears no signature that proves it: ${said.join(', ')}`;
}
