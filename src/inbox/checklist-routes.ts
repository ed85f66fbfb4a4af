import { Router } from 'express';
import { z } from 'zod';
import { flash } from '../http/flash.ts';
import { requireSuperAdministrator } from '../http/guards.ts';
import { notFoundProblem } from '../http/http-problem.ts';
import type { WebDeps } from '../web-deps.ts';
import { changeChecklist, STEPS } from './checklist-store.ts';

const stepForm = z.object({ step: z.enum(STEPS) });

/** `/checklist`: what Super Administrators decide about the set-up checklist on Home. */
export function checklistRoutes({ db }: Pick<WebDeps, 'db'>): Router {
  const router = Router();
  router.use('/checklist', requireSuperAdministrator);

  router.post('/checklist/:action', async (req, res) => {
    const { action } = req.params;
    if (action === 'dismiss' || action === 'restore') {
      const dismissed = action === 'dismiss';
      await changeChecklist(db, (choices) => ({ ...choices, dismissed }));
      if (dismissed) {
        flash(req, { kind: 'info', text: 'inbox.checklist.dismissed', undo: '/checklist/restore' });
      }
    } else if (action === 'skip' || action === 'unskip') {
      const form = stepForm.safeParse(req.body);
      if (!form.success) throw notFoundProblem();
      const { step } = form.data;
      await changeChecklist(db, (choices) => {
        const others = choices.skipped.filter((one) => one !== step);
        return { ...choices, skipped: action === 'skip' ? [...others, step] : others };
      });
    } else throw notFoundProblem();
    res.redirect(303, '/');
  });
  return router;
}
