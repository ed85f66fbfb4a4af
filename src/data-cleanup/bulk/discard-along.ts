import type { Request, Response } from 'express';
import { z } from 'zod';
import { ticked } from '../../http/form-fields.ts';
import { viewerOf } from '../../http/guards.ts';
import { longIdInQuery } from '../../http/query-fields.ts';
import type { WebDeps } from '../../web-deps.ts';
import { countAlike, findCleanupEmail } from '../list/cleanup-email-store.ts';
import { decideInBulk } from './decide-in-bulk.ts';
import { filterIn } from '../list/list-filter.ts';
import { nextAfter } from '../list/next-after.ts';

const alongForm = z.object({
  along: ticked,
  /** The newest email when the page was made: what has come since has not been looked at. */
  through: longIdInQuery,
});

/**
 * "And the other 7 emails with this address": all that wait under the address are discarded.
 *
 * @returns false when that is not ticked, or there are no others: then it is about this email alone.
 */
export async function discardAlong(
  deps: Pick<WebDeps, 'db' | 'log' | 'stopping'>,
  req: Request,
  res: Response,
  emailId: number,
): Promise<boolean> {
  const { along, through } = alongForm.parse(req.body ?? {});
  if (!along) return false;
  const viewer = viewerOf(req);
  const email = await findCleanupEmail(deps.db, viewer, emailId);
  if (email?.state !== 'unmatched' || (await countAlike(deps.db, viewer, email)) === 0)
    return false;
  const selection = {
    kind: 'groups',
    by: 'address',
    keys: [email.aboutAddress],
    through: Math.max(through ?? 0, emailId),
  } as const;
  const next = () => nextAfter(deps.db, viewer, emailId, filterIn(req.body));
  await decideInBulk(deps, req, res, { kind: 'discard' }, selection, next);
  return true;
}
