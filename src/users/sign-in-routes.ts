import { Router, type Request } from 'express';
import type { FieldErrors, Typed } from '../http/forms.ts';
import { typedIn } from '../http/forms.ts';
import type { Page } from '../http/pages.ts';
import { networkOf } from '../http/network-of.ts';
import type { WebDeps } from '../web-deps.ts';
import { attemptLimits } from './attempt-limits.ts';
import type { Authenticator } from './authentication.ts';
import { logIn } from './log-in.ts';
import { countSignIn } from './sign-in-limits.ts';

interface SignInPage extends Page {
  readonly form: { readonly values: Typed; readonly errors: FieldErrors };
  /** Where to go afterwards. */
  readonly next: string;
  /** Minutes until another try may be made; null: now. */
  readonly wait: number | null;
}

/** `/sign-in` and `/sign-out`. */
export function signInRoutes(
  { db, pages }: Pick<WebDeps, 'db' | 'pages'>,
  authenticator: Authenticator,
): Router {
  const limits = attemptLimits(db);
  const router = Router();

  router.get('/sign-in', async (req, res) => {
    const next = pathWithin(req.query.next);
    if (req.user) res.redirect(303, next);
    else await pages.send(req, res, 200, 'account/sign-in', signInPage({}, {}, next));
  });

  router.post('/sign-in', async (req, res) => {
    const body = typedIn(req.body, ['password']);
    const next = pathWithin(body.next);
    const tried = await countSignIn(limits, body.email ?? '', networkOf(req.ip));
    if (tried.kind === 'too-many') {
      const wait = Math.ceil(tried.retryAfterSeconds / 60);
      res.set('Retry-After', String(tried.retryAfterSeconds));
      await pages.send(req, res, 429, 'account/sign-in', signInPage(body, {}, next, wait));
      return;
    }
    const user = await authenticate(authenticator, req);
    if (!user) {
      const page = signInPage(body, { form: 'account.signIn.refused' }, next);
      await pages.send(req, res, 422, 'account/sign-in', page);
      return;
    }
    await tried.succeeded();
    await logIn(db, req, user);
    res.redirect(303, next);
  });

  router.post('/sign-out', (req, res, next) => {
    req.logout((error: unknown) => {
      if (error) next(error);
      else res.redirect(303, '/sign-in');
    });
  });
  return router;
}

/** null: the address and the password do not go together. */
async function authenticate(
  authenticator: Authenticator,
  req: Request,
): Promise<Express.User | null> {
  // What the body lacks the library takes from the query, where its tries would not be counted.
  const { email = '', password = '' } = typedIn(req.body);
  if (email === '' || password === '') return null;
  return await new Promise((resolve, reject) => {
    const check = authenticator.authenticate(
      'local',
      { session: false },
      (error: unknown, user?: Express.User | false) => {
        if (error) reject(error instanceof Error ? error : new Error('Sign-in failed.'));
        else resolve(user === false ? null : (user ?? null));
      },
    ) as (req: Request) => void;
    check(req);
  });
}

function signInPage(
  values: Typed,
  errors: FieldErrors,
  next: string,
  wait: number | null = null,
): SignInPage {
  return { title: 'account.signIn', form: { values, errors }, next, wait };
}

/** A path of ours, never another site ("//evil.example", "/\evil.example"). */
export function pathWithin(wanted: unknown): string {
  if (typeof wanted !== 'string' || !/^\/(?![/\\])[^\s\\]*$/.test(wanted)) return '/';
  return wanted;
}
