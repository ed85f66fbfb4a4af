import compression from 'compression';
import express, { Router, type Express, type RequestHandler } from 'express';
import { dataCleanupRoutes } from './data-cleanup/data-cleanup-routes.ts';
import { commonRuleRoutes, ownRuleRoutes } from './data-cleanup/rules/rule-routes.ts';
import { digestLinkRoutes, digestOneClickRoutes } from './digest/digest-link-routes.ts';
import { emailRoutes } from './emails/email-routes.ts';
import { createAssets } from './http/assets.ts';
import { firstMailRoutes } from './first-mail/first-mail-routes.ts';
import { errorHandler, notFound } from './http/errors.ts';
import { requireAdministrator, requireSuperAdministrator, requireUser } from './http/guards.ts';
import { healthRoutes } from './http/health-routes.ts';
import { createPages, type Banner } from './http/pages.ts';
import { requestLog } from './http/request-log.ts';
import { sameOriginOnly } from './http/same-origin.ts';
import { securityHeaders } from './http/security-headers.ts';
import { shellCounts } from './http/shell.ts';
import { statusRoutes } from './http/status-routes.ts';
import type { StatusView } from './http/status-view.ts';
import { homeRoutes } from './inbox/home-routes.ts';
import { loadShellCounts } from './inbox/shell-counts.ts';
import { archiveLogRoutes } from './ledger/archive-log-routes.ts';
import { rejectedSenderRoutes } from './ledger/rejected-sender-routes.ts';
import { mailboxRoutes } from './mailbox-settings/mailbox-routes.ts';
import { outgoingRoutes } from './outgoing/outgoing-routes.ts';
import { peopleRoutes } from './people/people-routes.ts';
import { quarantineRoutes } from './quarantine/quarantine-routes.ts';
import { senderRoutes } from './senders/sender-routes.ts';
import { adminRoutes } from './settings/admin-routes.ts';
import { passwordRoutes } from './users/password-routes.ts';
import { profileRoutes } from './users/profile-routes.ts';
import { setUpRoutes } from './users/set-up-routes.ts';
import { authentication, createAuthenticator, type Authenticator } from './users/authentication.ts';
import { signInRoutes } from './users/sign-in-routes.ts';
import { userAdminRoutes } from './users/user-admin-routes.ts';
import type { WebDeps } from './web-deps.ts';

export interface AppDeps extends Omit<WebDeps, 'pages'> {
  readonly sessions: RequestHandler;
  /** What the status page says. */
  status(): Promise<StatusView>;
  /** Whether the database answers and has all migrations. */
  ready(): Promise<boolean>;
  readonly trustProxy: false | number | readonly string[];
  /** In production templates are cached and a misspelt view property prints nothing. */
  readonly production: boolean;
  /** What the demo has beside everybody's pages. */
  readonly demo?: { readonly banner: Banner; pages(deps: WebDeps): Router };
}

/** The most that a form may hold: a list of 5,000 ticked rows fits. */
const FORM_LIMITS = { extended: false, limit: '1mb', parameterLimit: 10_000 } as const;

/** The web application: the order of its middleware, and every router. */
export function createApp(given: AppDeps): Express {
  const assets = createAssets();
  const { production, demo } = given;
  const pages = createPages({ production, assets, ...(demo ? { banner: demo.banner } : {}) });
  const deps: AppDeps & WebDeps = { ...given, pages };
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', deps.trustProxy);
  app.use(requestLog(deps.log));
  app.use(securityHeaders(deps.baseUrl));
  app.use(assets.middleware);
  app.use(healthRoutes(() => deps.ready()));
  app.use(compression());
  app.use(digestOneClickRoutes(deps));
  app.use(sameOriginOnly(deps.baseUrl));
  app.use(deps.sessions);
  const authenticator = createAuthenticator(deps.db);
  app.use(authentication(authenticator));
  app.use(express.urlencoded(FORM_LIMITS));
  app.use(shellCounts((viewer) => loadShellCounts(deps.db, viewer)));
  app.use(publicRoutes(deps, authenticator));
  app.use(requireUser, userRoutes(deps));
  if (demo) app.use(demo.pages(deps));
  app.use('/admin', requireAdministrator, administratorRoutes(deps));
  app.use(notFound(pages));
  app.use(errorHandler(pages));
  return app;
}

/** For everybody, signed in or not. */
function publicRoutes(deps: WebDeps, authenticator: Authenticator): Router {
  return Router().use(
    setUpRoutes(deps),
    signInRoutes(deps, authenticator),
    passwordRoutes(deps),
    digestLinkRoutes(deps),
  );
}

/** For every user. */
function userRoutes(deps: WebDeps): Router {
  return Router().use(
    homeRoutes(deps),
    firstMailRoutes(deps),
    peopleRoutes(deps),
    emailRoutes(deps),
    // Before the emails of Data Cleanup, whose numbers stand in the same place.
    ownRuleRoutes(deps),
    dataCleanupRoutes(deps),
    profileRoutes(deps),
  );
}

/** Under /admin. */
function administratorRoutes(deps: AppDeps & WebDeps): Router {
  const queue = async () => (await deps.status()).queue;
  return Router()
    .use(adminRoutes(deps), mailboxRoutes({ ...deps, queue }), outgoingRoutes(deps))
    .use(senderRoutes(deps))
    .use('/quarantine', requireSuperAdministrator, quarantineRoutes(deps))
    .use(userAdminRoutes(deps), archiveLogRoutes(deps), commonRuleRoutes(deps))
    .use(statusRoutes(deps.pages, () => deps.status()))
    .use('/rejected', requireSuperAdministrator, rejectedSenderRoutes(deps));
}
