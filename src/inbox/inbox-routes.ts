import { Router, type Request } from 'express';
import { z } from 'zod';
import { viewerOf } from '../http/guards.ts';
import { notFoundProblem } from '../http/http-problem.ts';
import { idIn, longPathId } from '../http/path-id.ts';
import type { WebDeps } from '../web-deps.ts';
import { backToInbox } from './back-to-inbox.ts';
import { loadInboxPage } from './inbox-page.ts';
import { loadTooLargePage } from './too-large-page.ts';
import { findOnlyWaiting } from '../data-cleanup/list/only-waiting.ts';
import { DISMISSIBLE, NOTICE_KINDS, PER_SUBJECT, placeOf } from './notice-kinds.ts';
import { dismissNotices, findNotice, markNotices, type NoticeChoice } from './notice-list-store.ts';
import { loadShellCounts } from './shell-counts.ts';

const kindForm = z.object({ kind: z.enum(NOTICE_KINDS) });
const cursor = z
  .string()
  .regex(/^\d{1,16}-\d{1,15}$/)
  .nullable()
  .catch(null);

/** `/inbox`: all notices one by one, what marks them, and the bell that counts them. */
export function inboxRoutes({ db, pages }: Pick<WebDeps, 'db' | 'pages'>): Router {
  const router = Router();

  router.get('/inbox', async (req, res) => {
    const page = await loadInboxPage(db, viewerOf(req), cursor.parse(req.query.before));
    await pages.send(req, res, 200, 'home/inbox', page);
  });

  router.get('/inbox/too-large', async (req, res) => {
    const page = await loadTooLargePage(db, viewerOf(req));
    await pages.send(req, res, 200, 'home/too-large', page);
  });

  router.get('/inbox/bell', async (req, res) => {
    const counts = await loadShellCounts(db, viewerOf(req));
    await pages.fragment(req, res, 'partials/bell', { counts }, 'revalidate');
  });

  // A link, so that it opens in a new tab as well; opening twice changes nothing more.
  router.get('/inbox/:id/open', async (req, res) => {
    const viewer = viewerOf(req);
    const id = longPathId(req.params.id);
    const notice = await findNotice(db, viewer, id);
    if (!notice) throw notFoundProblem();
    const { kind, subject } = notice;
    await markNotices(db, viewer, PER_SUBJECT.includes(kind) ? { id } : { kind }, true);
    const only = kind === 'unmatched' ? await findOnlyWaiting(db, viewer) : null;
    res.redirect(303, only === null ? placeOf(kind, subject) : `/data-cleanup/${only}`);
  });

  for (const action of ['read', 'unread'] as const) {
    router.post(`/inbox/${action}`, async (req, res) => {
      await markNotices(db, viewerOf(req), choiceIn(req), action === 'read');
      res.redirect(303, backToInbox(req) ?? '/#inbox');
    });
  }

  router.post('/inbox/dismiss', async (req, res) => {
    const form = kindForm.safeParse(req.body);
    if (!form.success || !DISMISSIBLE.includes(form.data.kind)) throw notFoundProblem();
    await dismissNotices(db, viewerOf(req), form.data.kind);
    res.redirect(303, backToInbox(req) ?? '/#inbox');
  });
  return router;
}

/** One notice, or all of a kind; neither: all. Whatever is no such thing concerns none. */
function choiceIn({ body }: Request): NoticeChoice {
  const { id, kind } = (body ?? {}) as Record<string, unknown>;
  if (id === undefined && kind === undefined) return 'all';
  const form = kindForm.safeParse({ kind });
  return form.success ? form.data : { id: idIn(id, Number.MAX_SAFE_INTEGER) ?? 0 };
}
