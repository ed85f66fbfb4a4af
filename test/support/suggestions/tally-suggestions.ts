import type { JudgedCase } from './judge-cases.ts';

export interface SuggestionTally {
  readonly cases: number;
  /** Shares of the cases, from 0 to 1. */
  readonly first: number;
  readonly firstThree: number;
  /** Addresses that are nobody's, and how many of them got a strong suggestion all the same. */
  readonly nobody: number;
  readonly wronglyStrong: number;
}

export function tallySuggestions(judged: readonly JudgedCase[]): SuggestionTally {
  const share = (is: (each: JudgedCase) => boolean) =>
    judged.length === 0 ? 0 : judged.filter(is).length / judged.length;
  const nobody = judged.filter((each) => each.case.expected === 'none');
  return {
    cases: judged.length,
    first: share(({ isFirst }) => isFirst),
    firstThree: share(({ isInFirstThree }) => isInFirstThree),
    nobody: nobody.length,
    wronglyStrong: nobody.filter(({ isFirst }) => !isFirst).length,
  };
}
