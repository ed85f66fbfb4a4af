import { Router } from 'express';
import { isVisible } from '../../emails/is-visible.ts';
import { flash } from '../../http/flash.ts';
import { readForm } from '../../http/forms.ts';
import { viewerOf } from '../../http/guards.ts';
import { notFoundProblem } from '../../http/http-problem.ts';
import { longPathId } from '../../http/path-id.ts';
import type { Viewer } from '../../shared/viewer.ts';
import type { WebDeps } from '../../web-deps.ts';
import { undoFlashes, unlinkedFlash } from '../list/cleanup-flashes.ts';
import { unlinkForm } from '../decisions/decision-forms.ts';
import { undoDecision, type UndoResult } from './undo-decision.ts';
import { findUndoable } from './find-undoable.ts';
import { filterIn, withFilter } from '../list/list-filter.ts';
import { unlinkEmail } from '../decisions/unlink-email.ts';

/** "Wrong person? Unlink", and the undoing of every decision. */
export function undoRoutes({ db }: Pick<WebDeps, 'db'>): Router {
  const router = Router();

  router.post('/emails/:id/unlink', async (req, res) => {
    const viewer = viewerOf(req);
    const emailId = longPathId(req.params.id);
    const form = readForm(unlinkForm, req.body);
    if (form.kind === 'invalid') throw notFoundProblem();
    const { personId, from } = form.value;
    const done = await unlinkEmail(db, viewer, emailId, personId);
    if (done.kind === 'not-found') throw notFoundProblem();
    if (done.kind === 'unlinked') flash(req, unlinkedFlash(done));
    else flash(req, { kind: 'info', text: 'cleanup.done.notLinked' });
    // Once nobody is linked, only its owner sees the email.
    const seen = from !== 'person' && (await isVisible(db, viewer, emailId));
    res.redirect(303, seen ? `/emails/${emailId}` : `/people/${personId}`);
  });

  router.post('/decisions/:id/undo', async (req, res) => {
    const viewer = viewerOf(req);
    const decisionId = longPathId(req.params.id);
    const decision = await findUndoable(db, viewer, decisionId);
    const result = await undoDecision(db, viewer, decisionId);
    if (result.kind === 'not-found' || !decision) throw notFoundProblem();
    for (const one of undoFlashes(result, viewer)) flash(req, one);
    const place = placeAfter(viewer, decision, result);
    const isOfList = place.startsWith('/data-cleanup');
    res.redirect(303, isOfList ? withFilter(place, filterIn(req.query)) : place);
  });
  return router;
}

/** Where the email is to be seen: in its owner's Data Cleanup, or on its own page. */
function placeAfter(
  viewer: Viewer,
  {
    ownerId,
    actorId,
    emailId,
    kind,
    personIds,
  }: NonNullable<Awaited<ReturnType<typeof findUndoable>>>,
  result: UndoResult,
): string {
  if (kind === 'hand-over') {
    const theirs = result.kind === 'undone' ? actorId : ownerId;
    return theirs === viewer.id ? `/data-cleanup/${emailId}` : '/data-cleanup';
  }
  const archived = result.kind === 'undone' && result.state === 'archived';
  if (ownerId === viewer.id && !(kind === 'unlink' && archived)) return `/data-cleanup/${emailId}`;
  if (archived) return `/emails/${emailId}`;
  const [first] = personIds;
  return first === undefined ? '/' : `/people/${first}`;
}
