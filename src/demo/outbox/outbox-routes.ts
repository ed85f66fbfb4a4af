import { Router } from 'express';
import { ARCHIVE } from '../stories/users.ts';
import type { WebDeps } from '../../web-deps.ts';
import { outboxPage } from './outbox-page.ts';
import type { Outbox } from './outbox.ts';

/** `/demo/outbox`: what the demo has caught instead of sending it. */
export function outboxRoutes({ pages }: Pick<WebDeps, 'pages'>, outbox: Outbox): Router {
  const router = Router();
  router.get('/demo/outbox', async (req, res) => {
    const page = await outboxPage(outbox.list(), ARCHIVE.address);
    await pages.send(req, res, 200, 'demo/outbox', page);
  });
  return router;
}
