import { Router } from 'express';
import { z } from 'zod';
import { flash } from '../http/flash.ts';
import { viewerOf } from '../http/guards.ts';
import { HttpProblem, notFoundProblem } from '../http/http-problem.ts';
import { longPathId } from '../http/path-id.ts';
import { longIdInQuery } from '../http/query-fields.ts';
import type { WebDeps } from '../web-deps.ts';
import { decideQuarantined, QUARANTINE_DECISIONS } from './decide-quarantined.ts';
import { loadQuarantinedPage, loadQuarantinePage } from './quarantine-page.ts';

const listQuery = z.object({ before: longIdInQuery });
const decisionForm = z.object({ decision: z.enum(QUARANTINE_DECISIONS) });

/** `/admin/quarantine`: what is kept apart, and what to do with it; for Super Administrators. */
export function quarantineRoutes(deps: Pick<WebDeps, 'db' | 'pages' | 'originals'>): Router {
  const { db, pages } = deps;
  const router = Router();

  router.get('/', async (req, res) => {
    const page = await loadQuarantinePage(db, listQuery.parse(req.query).before);
    await pages.send(req, res, 200, 'quarantine/list', page);
  });

  router.get('/:id', async (req, res) => {
    const page = await loadQuarantinedPage(deps, longPathId(req.params.id));
    if (!page) throw notFoundProblem();
    await pages.send(req, res, 200, 'quarantine/message', page);
  });

  router.post('/:id', async (req, res) => {
    const form = decisionForm.safeParse(req.body);
    if (!form.success) throw new HttpProblem(400);
    const { decision } = form.data;
    const id = longPathId(req.params.id);
    const done = await decideQuarantined(db, viewerOf(req).id, id, decision);
    if (done.kind === 'done') {
      const { address } = done;
      flash(req, { kind: 'success', text: `quarantine.${decision}.done`, values: { address } });
    } else {
      flash(req, { kind: 'info', text: `quarantine.${done.kind}` });
    }
    res.redirect(303, '/admin/quarantine');
  });

  return router;
}
