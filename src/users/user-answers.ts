import type { Request } from 'express';
import { flash } from '../http/flash.ts';
import { HttpProblem, notFoundProblem } from '../http/http-problem.ts';
import type { AccountMailResult } from '../account-mail/send-account-mail.ts';
import type { WebDeps } from '../web-deps.ts';
import { mailWayIn, makeWayIn } from './let-user-in.ts';
import { showLinkOnce } from './shown-link.ts';
import type { Viewer } from '../shared/viewer.ts';

/** What the result is where the change was not refused. @throws the page that says why. */
export function permitted<Result>(result: Result): Exclude<Result, 'not-found' | 'not-allowed'> {
  if (result === 'not-found') throw notFoundProblem();
  if (result === 'not-allowed') throw new HttpProblem(403);
  return result as Exclude<Result, 'not-found' | 'not-allowed'>;
}

/** How many rejected messages are filed again, where there are some. */
export function tellProcessedAgain(req: Request, count: number): void {
  if (count > 0) flash(req, { kind: 'info', text: 'users.processedAgain', values: { count } });
}

/**
 * Sends a user the link to set a password, or shows it to the administrator on the user's page:
 * when asked to, and where no mail goes out.
 */
export async function letIn(
  deps: WebDeps,
  req: Request,
  viewer: Viewer,
  { userId, how }: { readonly userId: number; readonly how: 'mail' | 'show' },
): Promise<void> {
  const way = permitted(await makeWayIn(deps, viewer, userId));
  if (way === 'inactive') {
    flash(req, { kind: 'warning', text: 'users.link.inactive' });
    return;
  }
  const { kind, link, address } = way;
  const sent = how === 'mail' ? await mailWayIn(deps, way) : null;
  if (sent?.kind === 'sent') {
    flash(req, { kind: 'success', text: `users.link.sent.${kind}`, values: { address } });
    return;
  }
  if (sent) flash(req, { kind: 'warning', ...whyNot(sent) });
  showLinkOnce(req, deps.secrets, { userId, kind, link });
}

function whyNot(result: Exclude<AccountMailResult, { kind: 'sent' }>) {
  return result.kind === 'not-set-up'
    ? ({ text: 'users.link.noMail' } as const)
    : ({ text: 'users.link.mailFailed', values: { why: result.sentence } } as const);
}
