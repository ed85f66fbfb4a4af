import { Router } from 'express';
import { readForm, typedIn, type FieldErrors, type Typed } from '../http/forms.ts';
import { networkOf } from '../http/network-of.ts';
import type { Page } from '../http/pages.ts';
import { readOutgoingFrom } from '../outgoing/outgoing-settings.ts';
import type { WebDeps } from '../web-deps.ts';
import { forgottenForm } from './account-forms.ts';
import { addressLinkRoutes } from './address-link-routes.ts';
import { attemptLimits } from './attempt-limits.ts';
import { passwordLinkRoutes } from './password-link-routes.ts';
import { requestPasswordReset } from './request-password-reset.ts';

interface ForgottenPage extends Page {
  readonly form: { readonly values: Typed; readonly errors: FieldErrors };
  /** Without outgoing mail there is nothing to ask for. */
  readonly sendsMail: boolean;
  /** Minutes until another link may be asked for; null: now. */
  readonly wait: number | null;
}

interface ForgottenSentPage extends Page {
  readonly address: string;
}

type Deps = Pick<WebDeps, 'db' | 'pages' | 'mailer' | 'secrets' | 'log' | 'baseUrl'>;

/** `/forgotten-password`, and the links that lead to a password or confirm an address. */
export function passwordRoutes(deps: Deps): Router {
  return Router().use(forgottenRoutes(deps), passwordLinkRoutes(deps), addressLinkRoutes(deps));
}

function forgottenRoutes(deps: Deps): Router {
  const { db, pages } = deps;
  const limits = attemptLimits(db);
  const router = Router();

  const forgottenPage = async (
    values: Typed = {},
    errors: FieldErrors = {},
    wait: number | null = null,
  ): Promise<ForgottenPage> => {
    const sendsMail = (await readOutgoingFrom(db)) !== null;
    return { title: 'account.forgotten.title', form: { values, errors }, sendsMail, wait };
  };

  router.get('/forgotten-password', async (req, res) => {
    await pages.send(req, res, 200, 'account/forgotten', await forgottenPage());
  });

  router.post('/forgotten-password', async (req, res) => {
    const typed = typedIn(req.body);
    const form = readForm(forgottenForm, req.body);
    if (form.kind === 'invalid') {
      const page = await forgottenPage(typed, form.errors);
      await pages.send(req, res, 422, 'account/forgotten', page);
      return;
    }
    const { email } = form.value;
    const network = networkOf(req.ip);
    const wait = await limits.count([
      ['forgottenPair', `${network} ${email}`],
      ['forgottenNetwork', network],
      ['forgottenAccount', email],
    ]);
    if (wait !== null) {
      const page = await forgottenPage(typed, {}, Math.ceil(wait / 60));
      res.set('Retry-After', String(wait));
      await pages.send(req, res, 429, 'account/forgotten', page);
      return;
    }
    requestPasswordReset(deps, email);
    // The answer says nothing of whether there is such a user, so it needs no redirect to be safe.
    const page: ForgottenSentPage = { title: 'account.forgotten.title', address: email };
    await pages.send(req, res, 200, 'account/forgotten-sent', page);
  });
  return router;
}
