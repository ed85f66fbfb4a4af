import { fileURLToPath } from 'node:url';
import express, { type Express } from 'express';
import type { Logger } from 'pino';
import { errorHandler, notFound } from './http/errors.ts';
import { healthRoutes } from './http/health-routes.ts';
import { createPages } from './http/pages.ts';
import { requestLog } from './http/request-log.ts';
import { securityHeaders } from './http/security-headers.ts';
import { statusRoutes } from './http/status-routes.ts';
import type { StatusView } from './http/status-view.ts';

export interface AppDeps {
  /** What the status page says. */
  status(): Promise<StatusView>;
  /** Whether the database answers and has all migrations. */
  ready(): Promise<boolean>;
  /** The address people type, without a trailing slash. */
  readonly baseUrl: string;
  readonly trustProxy: false | number | readonly string[];
  readonly log: Logger;
  /** In production templates are cached and a misspelt view property prints nothing. */
  readonly production: boolean;
}

const PUBLIC = fileURLToPath(new URL('../public/', import.meta.url));

/** The web application: the order of its middleware, and every router. */
export function createApp(deps: AppDeps): Express {
  const pages = createPages({ production: deps.production });
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', deps.trustProxy);
  app.use(requestLog(deps.log));
  app.use(securityHeaders(deps.baseUrl));
  app.use(express.static(PUBLIC, { index: false }));
  app.use(healthRoutes(() => deps.ready()));
  app.use(statusRoutes(pages, () => deps.status()));
  app.use(notFound(pages));
  app.use(errorHandler(pages));
  return app;
}
