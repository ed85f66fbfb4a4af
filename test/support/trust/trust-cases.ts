import { arcForgedCases, arcGenuineCases } from './arc-cases.ts';
import { dkimForgedCases } from './dkim-forged-cases.ts';
import { dkimGenuineCases } from './dkim-genuine-cases.ts';
import { dkimKeyCases } from './dkim-key-cases.ts';
import { dkimLimitCases } from './dkim-limit-cases.ts';
import { dmarcPolicyCases } from './dmarc-policy-cases.ts';
import { dnsTroubleCases } from './dns-trouble-cases.ts';
import { fromCountCases } from './from-count-cases.ts';
import { fromFormCases } from './from-form-cases.ts';
import { lookalikeCases } from './lookalike-cases.ts';
import { microsoftCases } from './microsoft-cases.ts';
import { replayCases, resentCases } from './replay-cases.ts';
import { resultsForgedCases } from './results-forged-cases.ts';
import { resultsGenuineCases, resultsOutcomeCases } from './results-genuine-cases.ts';
import { resultsGrammarCases } from './results-grammar-cases.ts';
import type { TrustCase } from './trust-case.ts';

/** All cases; their keys are made once a run, and all else is the same each time. */
export async function buildTrustCases(): Promise<TrustCase[]> {
  return [
    ...dkimGenuineCases(),
    ...dkimKeyCases(),
    ...dkimLimitCases(),
    ...dkimForgedCases(),
    ...dmarcPolicyCases(),
    ...fromCountCases(),
    ...fromFormCases(),
    ...lookalikeCases(),
    ...replayCases(),
    ...resentCases(),
    ...resultsGenuineCases(),
    ...resultsGrammarCases(),
    ...resultsOutcomeCases(),
    ...resultsForgedCases(),
    ...microsoftCases(),
    ...arcGenuineCases(),
    ...arcForgedCases(),
    ...dnsTroubleCases(),
  ];
}
