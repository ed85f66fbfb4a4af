import { Router, type Request, type RequestHandler, type Response } from 'express';
import type { Knex } from 'knex';
import { flash } from '../http/flash.ts';
import { readForm, typedIn, type FieldErrors, type Typed } from '../http/forms.ts';
import { notFoundProblem, tooManyProblem } from '../http/http-problem.ts';
import { networkOf } from '../http/network-of.ts';
import type { Page } from '../http/pages.ts';
import type { MessageKey } from '../http/translation.ts';
import { TIME_ZONES } from '../shared/time-zones.ts';
import type { WebDeps } from '../web-deps.ts';
import { setUpForm, tokenIn } from './account-forms.ts';
import { attemptLimits } from './attempt-limits.ts';
import { hideAddress } from './link-page.ts';
import { logIn } from './log-in.ts';
import { findPasswordProblem } from './password-strength.ts';
import { isSetUp } from './set-up-store.ts';
import { isSetUpToken } from './set-up-token.ts';
import { setUp, type FirstUser } from './set-up.ts';
import { findViewer } from './viewer-store.ts';

interface SetUpPage extends Page {
  readonly token: string;
  readonly form: { readonly values: Typed; readonly errors: FieldErrors };
  readonly timeZones: readonly (readonly [string, string])[];
}

interface SetUpTokenPage extends Page {
  readonly form: { readonly values: Typed; readonly errors: FieldErrors };
}

type Deps = Pick<WebDeps, 'db' | 'pages' | 'secrets'>;

/** `/set-up`: makes the first user. Until there is one all pages lead here, afterwards none does. */
export function setUpRoutes(deps: Deps): Router {
  const { db } = deps;
  const isOver = rememberWhenOver(db);
  const whileOpen: RequestHandler = async (_req, _res, next) => {
    if (await isOver()) throw notFoundProblem();
    next();
  };
  const router = Router();

  router.use(async (req, res, next) => {
    if (req.path === '/set-up' || (await isOver())) next();
    else res.redirect(303, '/set-up');
  });

  router.get('/set-up', whileOpen, async (req, res) => {
    const token = tokenIn(req.query);
    if (await admits(deps, req, token)) await sendForm(deps, req, res, 200, token);
    else await sendTokenForm(deps, req, res, 'token' in req.query ? problemWith(token) : null);
  });

  router.post('/set-up', whileOpen, async (req, res) => {
    const token = tokenIn(req.body);
    if (await admits(deps, req, token)) await begin(deps, req, res, token);
    else await sendTokenForm(deps, req, res, problemWith(token));
  });
  return router;
}

async function begin(deps: Deps, req: Request, res: Response, token: string) {
  const form = readForm(setUpForm, req.body);
  const errors = form.kind === 'invalid' ? form.errors : await passwordErrors(form.value);
  const again = async (wrong: FieldErrors) => {
    await sendForm(deps, req, res, 422, token, typedIn(req.body, ['password', 'token']), wrong);
  };
  if (form.kind === 'invalid' || Object.keys(errors).length > 0) {
    await again(errors);
    return;
  }
  const done = await setUp(deps.db, form.value);
  if (done.kind === 'archive') {
    await again({ email: 'users.error.archive' });
    return;
  }
  if (done.kind === 'done-before') {
    flash(req, { kind: 'warning', text: 'setUp.doneBefore' });
    res.redirect(303, '/sign-in');
    return;
  }
  const viewer = await findViewer(deps.db, done.userId, null);
  if (viewer) await logIn(deps.db, req, viewer);
  flash(req, { kind: 'success', text: 'setUp.done' });
  res.redirect(303, '/');
}

async function passwordErrors(typed: FirstUser): Promise<FieldErrors> {
  const about = [typed.name, typed.email, typed.organisation];
  const problem = await findPasswordProblem(typed.password, about);
  return problem === null ? {} : { password: problem };
}

/** Whether the token is right. @throws a 429 for who tries too many. */
async function admits(deps: Deps, req: Request, token: string): Promise<boolean> {
  if (token === '') return false;
  const limits = attemptLimits(deps.db);
  const counted = [['setUpNetwork', networkOf(req.ip)]] as const;
  const wait = await limits.count(counted);
  if (wait !== null) throw tooManyProblem(wait);
  const right = await isSetUpToken(deps, token);
  if (right) await limits.giveBack(counted);
  return right;
}

function problemWith(token: string): MessageKey {
  return token === '' ? 'setUp.token.missing' : 'setUp.token.wrong';
}

async function sendTokenForm(
  { pages }: Deps,
  req: Request,
  res: Response,
  problem: MessageKey | null,
) {
  const form = { values: {}, errors: problem === null ? {} : { token: problem } };
  const page: SetUpTokenPage = { title: 'setUp.title', form };
  await pages.send(req, res, problem === null ? 200 : 422, 'set-up/token', page);
}

async function sendForm(
  { pages }: Deps,
  req: Request,
  res: Response,
  status: number,
  token: string,
  values: Typed = { timeZone: 'UTC' },
  errors: FieldErrors = {},
) {
  const timeZones = TIME_ZONES.map((zone) => [zone, zone.replaceAll('_', ' ')] as const);
  const page: SetUpPage = { title: 'setUp.title', token, form: { values, errors }, timeZones };
  hideAddress(res);
  await pages.send(req, res, status, 'set-up/set-up', page);
}

/** Set-up ends once and for all: then the database need not be asked again with each request. */
function rememberWhenOver(db: Knex): () => Promise<boolean> {
  let over = false;
  return async () => (over ||= await isSetUp(db));
}
