import { Router } from 'express';
import { flash } from '../http/flash.ts';
import { viewerOf } from '../http/guards.ts';
import { notFoundProblem } from '../http/http-problem.ts';
import { pathId } from '../http/path-id.ts';
import type { WebDeps } from '../web-deps.ts';
import { deletePerson, restorePerson } from './bin-person.ts';
import { convertLead, undoConversion } from './convert-lead.ts';
import { convertedFlash, deletedFlash, restoredFlashes } from './people-flashes.ts';
import { loadPersonPage, timelinePlace } from './person-page.ts';

/** The page of a record, and what is done to it in one press. */
export function personRoutes({ db, pages }: Pick<WebDeps, 'db' | 'pages'>): Router {
  const router = Router();

  router.get('/people/:id', async (req, res) => {
    const page = await loadPersonPage(db, viewerOf(req), {
      personId: pathId(req.params.id),
      before: timelinePlace(req.query.before),
      after: timelinePlace(req.query.after),
    });
    if (!page) throw notFoundProblem();
    await pages.send(req, res, 200, 'people/person', page);
  });

  router.post('/people/:id/convert', async (req, res) => {
    const id = pathId(req.params.id);
    const done = await convertLead(db, viewerOf(req), id);
    if (done.kind === 'not-found') throw notFoundProblem();
    if (done.kind === 'done') flash(req, convertedFlash(done.person));
    else flash(req, { kind: 'info', text: 'people.done.convertedAlready' });
    res.redirect(303, `/people/${id}`);
  });

  router.post('/people/:id/convert/undo', async (req, res) => {
    const id = pathId(req.params.id);
    const done = await undoConversion(db, viewerOf(req), id);
    if (done.kind === 'not-found') throw notFoundProblem();
    flash(req, { kind: 'success', text: 'people.done.conversionUndone' });
    res.redirect(303, `/people/${id}`);
  });

  router.post('/people/:id/delete', async (req, res) => {
    const done = await deletePerson(db, viewerOf(req), pathId(req.params.id));
    if (done.kind === 'not-found') throw notFoundProblem();
    if (done.kind === 'deleted') flash(req, deletedFlash(done.person));
    else flash(req, { kind: 'info', text: 'people.done.deletedAlready' });
    res.redirect(303, `/${done.person.kind}s`);
  });

  router.post('/people/:id/restore', async (req, res) => {
    const id = pathId(req.params.id);
    const done = await restorePerson(db, viewerOf(req), id);
    if (done.kind === 'not-found') throw notFoundProblem();
    if (done.kind === 'restored') for (const one of restoredFlashes(done)) flash(req, one);
    else flash(req, { kind: 'info', text: 'people.done.notInBin' });
    res.redirect(303, `/people/${id}`);
  });
  return router;
}
