import { Router } from 'express';
import { viewerOf } from '../http/guards.ts';
import type { WebDeps } from '../web-deps.ts';
import { loadFirstMail } from './first-mail-page.ts';

/** `/set-up/first-mail`: a user sends the first mail to the archive, and sees it arrive. */
export function firstMailRoutes({ db, pages }: Pick<WebDeps, 'db' | 'pages'>): Router {
  const router = Router();
  router.get('/set-up/first-mail', async (req, res) => {
    const page = await loadFirstMail(db, viewerOf(req), req.query.since);
    // Nothing new for the part of the page that looks again: it stays as it is.
    if (req.query.seen === page.seen) res.status(204).end();
    else await pages.send(req, res, 200, 'first-mail/first-mail', page);
  });
  return router;
}
