import type { Request, Response } from 'express';
import type { FieldErrors, Typed } from '../http/forms.ts';
import { tooManyProblem } from '../http/http-problem.ts';
import { networkOf } from '../http/network-of.ts';
import type { Page } from '../http/pages.ts';
import type { MessageKey } from '../http/translation.ts';
import type { WebDeps } from '../web-deps.ts';
import { attemptLimits } from './attempt-limits.ts';
import { findUserToken, type FoundToken, type TokenKind } from './user-token-store.ts';

export type ValidToken = Extract<FoundToken, { state: 'valid' }>;

/** A page that a link in a mail leads to, while the link works. */
export interface LinkPage extends Page {
  readonly kind: TokenKind;
  readonly action: string;
  readonly token: string;
  readonly name: string;
  readonly address: string;
  readonly form: { readonly values: Typed; readonly errors: FieldErrors };
}

interface LinkProblemPage extends Page {
  readonly kind: TokenKind;
  readonly heading: MessageKey;
  /** null: no more is to be said than what to do. */
  readonly text: MessageKey | null;
}

/** The address of the page holds the secret: what it links to is not told more than the host. */
export function hideAddress(res: Response): void {
  // "no-referrer" would make browsers send "Origin: null" with our own forms.
  res.set('Referrer-Policy', 'strict-origin');
}

/**
 * What a link is worth. Who tries links that are none is counted.
 *
 * @throws a 429 when they are too many.
 */
export async function lookUpLink(
  { db }: Pick<WebDeps, 'db'>,
  req: Request,
  kind: TokenKind,
  token: string,
): Promise<FoundToken> {
  const limits = attemptLimits(db);
  const counted = [['linkNetwork', networkOf(req.ip)]] as const;
  const wait = await limits.count(counted);
  if (wait !== null) throw tooManyProblem(wait);
  const found = await findUserToken(db, kind, token);
  if (found.state !== 'unknown') await limits.giveBack(counted);
  return found;
}

/** Says why a link does not work, and what to do. */
export async function sendLinkProblem(
  { pages }: Pick<WebDeps, 'pages'>,
  req: Request,
  res: Response,
  kind: TokenKind,
  state: Exclude<FoundToken['state'], 'valid'>,
): Promise<void> {
  const page: LinkProblemPage = {
    title: 'account.link.title',
    kind,
    heading: `account.link.${state}`,
    text: state === 'unknown' ? 'account.link.unknownText' : null,
  };
  await pages.send(req, res, state === 'unknown' ? 404 : 410, 'account/link-problem', page);
}
