import { Router, type Request, type Response } from 'express';
import { recordAudit } from '../audit/audit-store.ts';
import type { Page } from '../http/pages.ts';
import { tokenIn } from '../users/account-forms.ts';
import { hideAddress } from '../users/link-page.ts';
import type { WebDeps } from '../web-deps.ts';
import { DIGEST_LINK_PATH, readDigestToken } from './digest-link.ts';
import { isDigestOn, switchDigestOff } from './digest-store.ts';

type Deps = Pick<WebDeps, 'db' | 'pages' | 'secrets'>;

interface DigestLinkPage extends Page {
  /** on: a button switches it off · off: it is · unknown: the link is none of ours. */
  readonly state: 'on' | 'off' | 'unknown';
  readonly action: string;
  readonly token: string;
}

/**
 * `/links/digest`: switches a digest off, for whoever has the mail. Opening the link changes nothing,
 * since scanners of mail open every link; the button does.
 */
export function digestLinkRoutes(deps: Deps): Router {
  const router = Router();

  router.get(DIGEST_LINK_PATH, async (req, res) => {
    const token = tokenIn(req.query);
    const link = readDigestToken(deps.secrets, token);
    const state = link === null ? 'unknown' : (await isDigestOn(deps.db, link)) ? 'on' : 'off';
    await show(deps, req, res, state, token);
  });

  router.post(DIGEST_LINK_PATH, async (req, res) => {
    const known = await switchOff(deps, tokenIn(req.body));
    await show(deps, req, res, known ? 'off' : 'unknown', '');
  });
  return router;
}

/**
 * `/links/digest/one-click`: pressed by mail programs and services (RFC 8058), which come from other
 * places and without cookies: it stands before what refuses those. The link says all.
 */
export function digestOneClickRoutes(deps: Pick<WebDeps, 'db' | 'secrets'>): Router {
  const router = Router();
  router.post(`${DIGEST_LINK_PATH}/one-click`, async (req, res) => {
    const known = await switchOff(deps, tokenIn(req.query));
    res
      .status(known ? 200 : 404)
      .set('Cache-Control', 'no-store')
      .type('text')
      .send('\n');
  });
  return router;
}

/** @returns false for a link that is none of ours; one that was used before is. */
async function switchOff({ db, secrets }: Pick<Deps, 'db' | 'secrets'>, token: string) {
  const link = readDigestToken(secrets, token);
  if (link === null) return false;
  const { userId } = link;
  await db.transaction(async (trx) => {
    const done = await switchDigestOff(trx, link);
    if (done) await recordAudit(trx, 'digest.switched-off-by-link', { userId }, userId);
  });
  return true;
}

async function show(
  { pages }: Deps,
  req: Request,
  res: Response,
  state: DigestLinkPage['state'],
  token: string,
): Promise<void> {
  const page: DigestLinkPage = {
    title: 'digest.link.title',
    action: DIGEST_LINK_PATH,
    state,
    token,
  };
  hideAddress(res);
  await pages.send(req, res, state === 'unknown' ? 404 : 200, 'digest/link', page);
}
