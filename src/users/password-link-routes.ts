import { Router, type Request, type Response } from 'express';
import { flash } from '../http/flash.ts';
import { readForm, type FieldErrors } from '../http/forms.ts';
import type { WebDeps } from '../web-deps.ts';
import { newPasswordForm, tokenIn } from './account-forms.ts';
import {
  hideAddress,
  lookUpLink,
  sendLinkProblem,
  type LinkPage,
  type ValidToken,
} from './link-page.ts';
import { logIn } from './log-in.ts';
import {
  setPasswordByLink,
  type PasswordLinkKind,
  type SetPasswordResult,
} from './set-password-by-link.ts';
import { sendPasswordChanged } from './send-password-changed.ts';
import { LINK_PATHS } from './user-links.ts';
import { findViewer } from './viewer-store.ts';

type Deps = Pick<WebDeps, 'db' | 'pages' | 'mailer' | 'secrets' | 'log' | 'baseUrl'>;

/** `/links/invitation` and `/links/password`: where people set a password by a link from a mail. */
export function passwordLinkRoutes(deps: Deps): Router {
  const router = Router();
  for (const kind of ['invitation', 'password-reset'] as const) {
    router.get(LINK_PATHS[kind], async (req, res) => {
      const token = tokenIn(req.query);
      const found = await lookUpLink(deps, req, kind, token);
      if (found.state === 'valid') await sendForm(deps, req, res, 200, { kind, token, found });
      else await sendLinkProblem(deps, req, res, kind, found.state);
    });
    router.post(LINK_PATHS[kind], async (req, res) => {
      await setPassword(deps, req, res, kind);
    });
  }
  return router;
}

async function setPassword(deps: Deps, req: Request, res: Response, kind: PasswordLinkKind) {
  const token = tokenIn(req.body);
  const found = await lookUpLink(deps, req, kind, token);
  if (found.state !== 'valid') {
    await sendLinkProblem(deps, req, res, kind, found.state);
    return;
  }
  const form = readForm(newPasswordForm, req.body);
  const again = (errors: FieldErrors) =>
    sendForm(deps, req, res, 422, { kind, token, found, errors });
  if (form.kind === 'invalid') {
    await again(form.errors);
    return;
  }
  const done = await setPasswordByLink(deps.db, kind, token, form.value.password);
  if (done.kind === 'weak') await again({ password: done.problem });
  else if (done.kind === 'no-link') await sendLinkProblem(deps, req, res, kind, done.state);
  else await enter(deps, req, res, kind, done);
}

/** Signs in whoever has just set their password, and tells them by mail where it replaced another. */
async function enter(
  deps: Deps,
  req: Request,
  res: Response,
  kind: PasswordLinkKind,
  { userId, name, address }: Extract<SetPasswordResult, { kind: 'set' }>,
) {
  const viewer = await findViewer(deps.db, userId, null);
  if (viewer) await logIn(deps.db, req, viewer);
  if (kind === 'invitation') {
    flash(req, { kind: 'success', text: 'account.welcome', values: { name } });
  } else {
    flash(req, { kind: 'success', text: 'account.reset.saved' });
    sendPasswordChanged(deps, { id: userId, address, name });
  }
  res.redirect(303, '/');
}

async function sendForm(
  { pages }: Deps,
  req: Request,
  res: Response,
  status: number,
  {
    kind,
    token,
    found,
    errors = {},
  }: { kind: PasswordLinkKind; token: string; found: ValidToken; errors?: FieldErrors },
) {
  const page: LinkPage = {
    title: kind === 'invitation' ? 'account.invitation.title' : 'account.reset.title',
    kind,
    action: LINK_PATHS[kind],
    token,
    name: found.name,
    address: found.address,
    form: { values: {}, errors },
  };
  hideAddress(res);
  await pages.send(req, res, status, 'account/new-password', page);
}
