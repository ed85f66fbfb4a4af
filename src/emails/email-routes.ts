import { Router } from 'express';
import type { WebDeps } from '../web-deps.ts';
import { attachmentRoutes } from './attachment-routes.ts';
import { bodyRoutes } from './body-routes.ts';
import { emailListRoutes } from './email-list-routes.ts';
import { emailPageRoutes } from './email-page-routes.ts';

/** `/emails`: what is in the archive, as its viewer may see it. */
export function emailRoutes(deps: Pick<WebDeps, 'db' | 'originals' | 'pages'>): Router {
  return Router().use(
    bodyRoutes(deps),
    emailListRoutes(deps),
    attachmentRoutes(deps),
    emailPageRoutes(deps),
  );
}
