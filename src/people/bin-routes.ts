import { Router } from 'express';
import { flash } from '../http/flash.ts';
import { requireAdministrator, viewerOf } from '../http/guards.ts';
import { notFoundProblem } from '../http/http-problem.ts';
import type { Page } from '../http/pages.ts';
import { idIn, pathId } from '../http/path-id.ts';
import { isolate } from '../shared/isolate.ts';
import { isAdministrator } from '../shared/viewer.ts';
import type { WebDeps } from '../web-deps.ts';
import { listBin, type Bin } from './bin-store.ts';
import { deleteForEver } from './delete-for-ever.ts';
import { findPerson, type PersonRecord } from './person-store.ts';

export interface BinPage extends Page {
  readonly bin: Bin;
  readonly mayDeleteForEver: boolean;
}

/** Asks before what can't be undone. */
export interface DeleteForEverPage extends Page {
  readonly person: PersonRecord;
}

/** `/people/bin`, and deleting for ever. */
export function binRoutes({ db, pages }: Pick<WebDeps, 'db' | 'pages'>): Router {
  const router = Router();

  router.get('/people/bin', async (req, res) => {
    const { before, after } = req.query;
    const page: BinPage = {
      title: 'people.bin',
      bin: await listBin(db, { before: idIn(before), after: idIn(after) }),
      mayDeleteForEver: isAdministrator(viewerOf(req)),
    };
    await pages.send(req, res, 200, 'people/bin', page);
  });

  router.get('/people/:id/delete-for-ever', requireAdministrator, async (req, res) => {
    const person = await findPerson(db, pathId(req.params.id));
    if (!person?.deletedAt) throw notFoundProblem();
    const page: DeleteForEverPage = {
      title: 'people.forEver.title',
      titleValues: { name: isolate(person.name) },
      person,
    };
    await pages.send(req, res, 200, 'people/delete-for-ever', page);
  });

  router.post('/people/:id/delete-for-ever', requireAdministrator, async (req, res) => {
    const id = pathId(req.params.id);
    const done = await deleteForEver(db, viewerOf(req), id);
    if (done.kind === 'not-found') {
      flash(req, { kind: 'info', text: 'people.done.goneAlready' });
    } else if (done.kind === 'not-in-bin') {
      flash(req, { kind: 'info', text: 'people.done.notInBin' });
    } else {
      const values = { name: isolate(done.person.name) };
      flash(req, { kind: 'success', text: 'people.done.gone', values });
    }
    res.redirect(303, done.kind === 'not-in-bin' ? `/people/${id}` : '/people/bin');
  });
  return router;
}
