import { Router } from 'express';
import { viewerOf } from '../http/guards.ts';
import type { Page } from '../http/pages.ts';
import { idIn } from '../http/path-id.ts';
import { searchInQuery } from '../http/query-fields.ts';
import type { PersonRow } from '../db/rows.ts';
import type { WebDeps } from '../web-deps.ts';
import { listPeople, MAX_HITS, type PeopleList } from './people-list-store.ts';

export interface PeopleListPage extends Page {
  readonly kind: PersonRow['kind'];
  /** What is searched; '' for all. */
  readonly query: string;
  readonly list: PeopleList;
  readonly maxHits: number;
}

/** `/contacts` and `/leads`. */
export function peopleListRoutes({ db, pages }: Pick<WebDeps, 'db' | 'pages'>): Router {
  const router = Router();
  for (const kind of ['contact', 'lead'] as const) {
    router.get(`/${kind}s`, async (req, res) => {
      const query = searchInQuery.parse(req.query.q);
      const list = await listPeople(db, viewerOf(req), {
        kind,
        text: query,
        before: idIn(req.query.before),
        after: idIn(req.query.after),
      });
      const page: PeopleListPage = {
        title: `people.title.${kind}`,
        section: `${kind}s`,
        kind,
        query,
        list,
        maxHits: MAX_HITS,
      };
      await pages.send(req, res, 200, 'people/list', page);
    });
  }
  return router;
}
