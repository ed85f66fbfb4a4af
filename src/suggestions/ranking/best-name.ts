import type { Candidate } from './candidate.ts';
import { compareName, rank, recordName, type NameMatch } from './compare-name.ts';
import type { ReadNames } from './read-names.ts';

/** The name of an unknown that fits a record best. */
export interface BestName {
  readonly match: NameMatch;
  readonly from: 'display' | 'local' | 'text';
  /** The name that is shown is somebody else's. */
  readonly contradicts: boolean;
}

/** How much a name is worth by where it stands. */
export const WEIGHT = { display: 1, local: 0.95, text: 0.92 } as const;

/** Which of the names of an unknown fits the record best, and how. */
export function bestName(candidate: Candidate, { names }: ReadNames): BestName {
  const record = recordName(candidate.firstName, candidate.lastName);
  let best: BestName | null = null;
  let contradicts = false;
  for (const name of names) {
    const match = compareName(name, record);
    const isShown = name.from !== 'local' && name.words.length > 1;
    contradicts ||= isShown && (match.fit === 'none' || match.fit === 'other');
    const worth = (fit: NameMatch, from: BestName['from']) =>
      rank(fit.fit) * 10 + fit.closeness * WEIGHT[from];
    if (!best || worth(match, name.from) > worth(best.match, best.from)) {
      best = { match, from: name.from, contradicts: false };
    }
  }
  const nothing: NameMatch = { fit: 'none', closeness: 0, isLoose: false, generation: 'untold' };
  return { ...(best ?? { match: nothing, from: 'display' }), contradicts };
}
