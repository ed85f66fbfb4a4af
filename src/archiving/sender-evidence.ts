import type { ResultsFinding } from './judge-results.ts';

/** One DKIM-Signature (RFC 6376), as far as it speaks for the address that was examined. */
export interface SignatureFact {
  /** d=, as it stands in the mail. */
  readonly domain: string;
  /** `refused`: it does not hold, or proves too little; `no-answer`: its key could not be fetched. */
  readonly state: 'valid' | 'refused' | 'no-answer';
  /** null where the DNS did not say. */
  readonly aligned: boolean | null;
  /** The end of a sentence. */
  readonly why: string;
}

/** A chain of seals (RFC 8617). `trusted`: named sealers, from the one that saw the mail pass. */
export interface ChainFact {
  readonly state: 'none' | 'trusted' | 'not-trusted' | 'no-answer';
  readonly sealer: string;
}

/** All that was found out about one address. Gathered outside the core, since it takes the DNS. */
export interface SenderEvidence {
  /** Canonical: the address that was examined. */
  readonly address: string;
  /** What keeps From from being one clear address, as the end of a sentence; null for nothing. */
  readonly unclear: string | null;
  readonly results: { readonly by: string; readonly finding: ResultsFinding } | null;
  readonly signatures: readonly SignatureFact[];
  /** What kept its signatures from being looked at, as the end of a sentence; null for nothing. */
  readonly notVerified: string | null;
  readonly chain: ChainFact;
  /** What the domain asks for (RFC 9989); `not-asked` where something decided before. */
  readonly policy: 'reject' | 'quarantine' | 'none' | 'no-answer' | 'not-asked';
}
