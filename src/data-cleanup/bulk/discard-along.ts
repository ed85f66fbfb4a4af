import type { Request, Response } from 'express';
import { z } from 'zod';
import { viewerOf } from '../../http/guards.ts';
import { idIn } from '../../http/path-id.ts';
import type { WebDeps } from '../../web-deps.ts';
import type { BulkChoice } from './bulk-store.ts';
import { countAlike, findCleanupEmail } from '../list/cleanup-email-store.ts';
import { decideInBulk } from './decide-in-bulk.ts';
import { filterIn } from '../list/list-filter.ts';
import { nextAfter } from '../list/next-after.ts';

const alongForm = z.object({
  along: z.literal('yes').optional().catch(undefined),
  /** The newest email when the page was made: what has come since has not been looked at. */
  through: z
    .unknown()
    .optional()
    .transform((text) => idIn(text, Number.MAX_SAFE_INTEGER) ?? 0),
});

/**
 * "And the other 7 emails with this address": one decision for all that wait under the address.
 *
 * @returns false when that is not ticked, or there are no others: then it is about this email alone.
 */
export async function decideAlong(
  deps: Pick<WebDeps, 'db' | 'pages' | 'log'>,
  req: Request,
  res: Response,
  emailId: number,
  choice: BulkChoice,
): Promise<boolean> {
  const { along, through } = alongForm.parse(req.body ?? {});
  if (along !== 'yes') return false;
  const viewer = viewerOf(req);
  const email = await findCleanupEmail(deps.db, viewer, emailId);
  if (email?.state !== 'unmatched' || (await countAlike(deps.db, viewer, email)) === 0)
    return false;
  const selection = {
    kind: 'groups',
    by: 'address',
    keys: [email.aboutAddress],
    through: Math.max(through, emailId),
  } as const;
  const next = () => nextAfter(deps.db, viewer, emailId, filterIn(req.body));
  await decideInBulk(deps, req, res, choice, selection, next);
  return true;
}
