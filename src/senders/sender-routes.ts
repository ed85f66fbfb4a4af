import { Router, type Request, type Response } from 'express';
import { recordAudit } from '../audit/audit-store.ts';
import { flash } from '../http/flash.ts';
import { readForm, typedIn, type FieldErrors } from '../http/forms.ts';
import { requireSuperAdministrator, viewerOf } from '../http/guards.ts';
import type { WebDeps } from '../web-deps.ts';
import { allowSender, forgetAllowedSender } from './allowed-sender-store.ts';
import { addressForm, sendersForm } from './sender-forms.ts';
import { loadSenderPage } from './sender-page.ts';
import { writeTrustSettings } from './trust-settings.ts';

type Deps = Pick<WebDeps, 'db' | 'pages' | 'originals'>;

const PATH = '/email/senders';

/** `/admin/email/senders`: what is asked of senders, whose word counts, and who is let in all the same. */
export function senderRoutes(deps: Deps): Router {
  const { db, pages } = deps;
  const router = Router();

  router.get(PATH, async (req, res) => {
    await pages.send(req, res, 200, 'senders/policy', await loadSenderPage(deps, viewerOf(req)));
  });

  router.post(PATH, async (req, res) => {
    const form = readForm(sendersForm, req.body);
    if (form.kind === 'invalid') {
      await refuse(deps, req, res, form.errors);
      return;
    }
    await db.transaction(async (trx) => {
      await writeTrustSettings(trx, form.value);
      await recordAudit(trx, 'senders.saved', form.value, viewerOf(req).id);
    });
    flash(req, { kind: 'success', text: 'senders.saved' });
    res.redirect(303, `/admin${PATH}`);
  });

  router.post(`${PATH}/allow`, requireSuperAdministrator, async (req, res) => {
    const form = readForm(addressForm, req.body);
    if (form.kind === 'invalid') {
      await refuse(deps, req, res, form.errors);
      return;
    }
    const { address } = form.value;
    const { id } = viewerOf(req);
    await db.transaction(async (trx) => {
      await allowSender(trx, address, id);
      await recordAudit(trx, 'senders.allowed', { address }, id);
    });
    flash(req, { kind: 'success', text: 'senders.allowed.done', values: { address } });
    res.redirect(303, `/admin${PATH}`);
  });

  router.post(`${PATH}/forget`, requireSuperAdministrator, async (req, res) => {
    const form = readForm(addressForm, req.body);
    const address = form.kind === 'valid' ? form.value.address : '';
    const done = await db.transaction(async (trx) => {
      const forgotten = await forgetAllowedSender(trx, address);
      if (forgotten) await recordAudit(trx, 'senders.forgotten', { address }, viewerOf(req).id);
      return forgotten;
    });
    const text = done ? 'senders.forget.done' : 'senders.forget.not';
    flash(req, { kind: done ? 'success' : 'info', text, values: { address } });
    res.redirect(303, `/admin${PATH}`);
  });

  return router;
}

async function refuse(deps: Deps, req: Request, res: Response, errors: FieldErrors): Promise<void> {
  const page = await loadSenderPage(deps, viewerOf(req), { values: typedIn(req.body), errors });
  await deps.pages.send(req, res, 422, 'senders/policy', page);
}
