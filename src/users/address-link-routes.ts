import { Router, type Request, type Response } from 'express';
import { flash } from '../http/flash.ts';
import type { Page } from '../http/pages.ts';
import type { WebDeps } from '../web-deps.ts';
import { tokenIn } from './account-forms.ts';
import { confirmAddress } from './confirm-address.ts';
import { hideAddress, lookUpLink, sendLinkProblem, type LinkPage } from './link-page.ts';
import { LINK_PATHS } from './user-links.ts';

type Deps = Pick<WebDeps, 'db' | 'pages'>;

interface AddressTakenPage extends Page {
  readonly address: string;
}

/**
 * `/links/address`: confirms an address of a user. Opening the link changes nothing, since scanners of
 * mail open every link; the button does.
 */
export function addressLinkRoutes(deps: Deps): Router {
  const path = LINK_PATHS.address;
  const router = Router();

  router.get(path, async (req, res) => {
    const token = tokenIn(req.query);
    const found = await lookUpLink(deps, req, 'address', token);
    if (found.state !== 'valid') {
      await sendLinkProblem(deps, req, res, 'address', found.state);
      return;
    }
    const page: LinkPage = {
      title: 'account.address.title',
      kind: 'address',
      action: path,
      token,
      name: found.name,
      address: found.address,
      form: { values: {}, errors: {} },
    };
    hideAddress(res);
    await deps.pages.send(req, res, 200, 'account/confirm-address', page);
  });

  router.post(path, async (req, res) => {
    const token = tokenIn(req.body);
    await lookUpLink(deps, req, 'address', token);
    await confirm(deps, req, res, token);
  });
  return router;
}

async function confirm({ db, pages }: Deps, req: Request, res: Response, token: string) {
  const done = await confirmAddress(db, token);
  if (done.kind === 'no-link') {
    await sendLinkProblem({ pages }, req, res, 'address', done.state);
  } else if (done.kind === 'taken') {
    const page: AddressTakenPage = { title: 'account.link.title', address: done.address };
    await pages.send(req, res, 409, 'account/address-taken', page);
  } else {
    const values = { address: done.address };
    flash(req, { kind: 'success', text: 'account.address.confirmed', values });
    // Whoever is not signed in is asked to, and reads it there.
    res.redirect(303, '/profile');
  }
}
