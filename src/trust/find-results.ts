import { findPinnedResults } from '../archiving/find-pinned-results.ts';
import type { RawField } from '../archiving/header-fields.ts';
import { judgeResults } from '../archiving/judge-results.ts';
import type { SenderEvidence } from '../archiving/sender-evidence.ts';

/** What the server that took a mail in says about the domain of its From; null where it says nothing. */
export function findResults(
  fields: readonly RawField[],
  pinnedAuthservId: string | null,
  domain: string,
): SenderEvidence['results'] {
  const found = findPinnedResults(fields, pinnedAuthservId);
  if (found === null || pinnedAuthservId === null) return null;
  return { by: pinnedAuthservId, finding: judgeResults(found, domain) };
}

/** Whether that decides, so that nothing else is looked at. */
export function isDecidedBy(results: SenderEvidence['results']): boolean {
  return results?.finding === 'pass' || results?.finding === 'fail';
}
