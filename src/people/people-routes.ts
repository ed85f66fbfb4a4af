import { Router } from 'express';
import type { WebDeps } from '../web-deps.ts';
import { binRoutes } from './bin-routes.ts';
import { peopleImportRoutes } from './people-import-routes.ts';
import { peopleListRoutes } from './people-list-routes.ts';
import { personFormRoutes } from './person-form-routes.ts';
import { personRoutes } from './person-routes.ts';

/** Contacts and leads: lists, records, forms, and the bin. */
export function peopleRoutes(deps: Pick<WebDeps, 'db' | 'pages'>): Router {
  return Router().use(
    peopleListRoutes(deps),
    binRoutes(deps),
    peopleImportRoutes(deps),
    personFormRoutes(deps),
    personRoutes(deps),
  );
}
