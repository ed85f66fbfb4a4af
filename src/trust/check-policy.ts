import { evaluateDmarc } from 'mailauth/lib/dmarc/index.js';
import type { SenderEvidence, SignatureFact } from '../archiving/sender-evidence.ts';
import { canonicalDomain } from '../shared/email-address.ts';
import type { DnsLookup } from './dns-lookup.ts';

type PolicyAnswer = Pick<SenderEvidence, 'policy' | 'signatures'>;

/**
 * What the domain of the address publishes (DMARC, RFC 9989): what it asks for where nothing proves its
 * mail, and, where it has a record, which signatures are aligned. Both that and the public suffix
 * list must say so. A signature of the very domain is aligned whatever is published.
 */
export async function checkPolicy(
  domain: string,
  signatures: readonly SignatureFact[],
  lookup: DnsLookup,
): Promise<PolicyAnswer> {
  const dkimDomains = signatures
    .filter(({ aligned, state }) => aligned === true && state !== 'refused')
    .map((signature) => ({ domain: signature.domain }));
  const { response, dkimAligned } = await evaluateDmarc({
    headerFrom: [`sender@${domain}`],
    fromFields: 1,
    dkimDomains,
    resolver: lookup,
    strict: true,
  });
  const result = response === false ? 'none' : response.status.result;
  if (result === 'none') return { policy: 'none', signatures };
  const answered = dkimAligned !== undefined && result !== 'temperror';
  const isAligned = (signature: SignatureFact): boolean | null => {
    const signer = canonicalDomain(signature.domain);
    if (signature.aligned !== true || signer === domain) return signature.aligned;
    if (signer !== null && dkimAligned?.has(signer) === true) return true;
    return answered ? false : null;
  };
  return {
    policy: !answered || response === false ? 'no-answer' : asPolicy(response.policy),
    signatures: signatures.map((one) => ({ ...one, aligned: isAligned(one) })),
  };
}

function asPolicy(policy: string | undefined): SenderEvidence['policy'] {
  return policy === 'reject' || policy === 'quarantine' ? policy : 'none';
}
