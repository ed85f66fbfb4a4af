import { Router, type Request, type Response } from 'express';
import { z } from 'zod';
import { recordAudit } from '../audit/audit-store.ts';
import { flash, type Flash } from '../http/flash.ts';
import { viewerOf } from '../http/guards.ts';
import { notFoundProblem } from '../http/http-problem.ts';
import { idIn } from '../http/path-id.ts';
import type { WebDeps } from '../web-deps.ts';
import { backToInbox } from '../inbox/back-to-inbox.ts';
import { giveRejectedAddress, processSenderAgain } from './give-rejected-address.ts';
import { ignoreSender, stopIgnoringSender } from './ignored-senders.ts';
import {
  ignoredQuery,
  loadIgnoredPage,
  loadRejectedPage,
  loadSenderPage,
  rejectedAddress,
  rejectedQuery,
} from './rejected-page.ts';
import { isKnownSender } from './rejected-sender-store.ts';

type Deps = Pick<WebDeps, 'db' | 'pages'>;

/** As it stands in the log: not made canonical again, so that what was stored is found. */
const address = z
  .string()
  .max(320)
  .refine((typed) => !typed.includes('\0'))
  .catch('');

/** `/admin/rejected`: strangers' mail, and what to do about it; for Super Administrators. */
export function rejectedSenderRoutes(deps: Deps): Router {
  const { db, pages } = deps;
  const router = Router();

  router.get('/', async (req, res) => {
    const page = await loadRejectedPage(db, rejectedQuery.parse(req.query));
    await pages.send(req, res, 200, 'rejected/list', page);
  });

  router.get('/ignored', async (req, res) => {
    const page = await loadIgnoredPage(db, ignoredQuery.parse(req.query));
    await pages.send(req, res, 200, 'rejected/ignored', page);
  });

  router.get('/sender', async (req, res) => {
    const page = await loadSenderPage(db, address.parse(req.query.address));
    if (!page) throw notFoundProblem();
    await pages.send(req, res, 200, 'rejected/sender', page);
  });

  router.post('/give', async (req, res) => {
    await give(deps, req, res);
  });

  router.post('/again', async (req, res) => {
    const sender = await senderIn(deps, req);
    const done = await processSenderAgain(db, viewerOf(req).id, sender);
    flash(
      req,
      done.kind === 'no-owner'
        ? { kind: 'warning', text: 'rejected.again.noOwner', values: { address: sender } }
        : again(done.messages, sender),
    );
    toSender(res, sender, backToInbox(req));
  });

  router.post('/ignore', async (req, res) => {
    const sender = await senderIn(deps, req);
    await db.transaction(async (trx) => {
      await ignoreSender(trx, sender, viewerOf(req).id);
      await recordAudit(trx, 'rejected.ignored', { address: sender }, viewerOf(req).id);
    });
    flash(req, { kind: 'success', text: 'rejected.ignore.done', values: { address: sender } });
    res.redirect(303, backToInbox(req) ?? '/admin/rejected');
  });

  router.post('/hear-again', async (req, res) => {
    const sender = await senderIn(deps, req);
    const done = await db.transaction(async (trx) => {
      const stopped = await stopIgnoringSender(trx, sender);
      const { id } = viewerOf(req);
      if (stopped) await recordAudit(trx, 'rejected.heard-again', { address: sender }, id);
      return stopped;
    });
    const text = done ? 'rejected.hearAgain.done' : 'rejected.hearAgain.not';
    flash(req, { kind: done ? 'success' : 'info', text, values: { address: sender } });
    res.redirect(303, '/admin/rejected/ignored');
  });

  return router;
}

async function give(deps: Deps, req: Request, res: Response): Promise<void> {
  const { db, pages } = deps;
  const sender = await senderIn(deps, req);
  const userId = idIn((req.body as { userId?: unknown }).userId);
  const refuse = async (error: 'rejected.error.user' | 'rejected.error.archive') => {
    const page = await loadSenderPage(db, sender, { userId, errors: { userId: error } });
    if (!page) throw notFoundProblem();
    await pages.send(req, res, 422, 'rejected/sender', page);
  };
  if (userId === null) {
    await refuse('rejected.error.user');
    return;
  }
  const done = await giveRejectedAddress(db, viewerOf(req).id, userId, sender);
  switch (done.kind) {
    case 'no-user':
      await refuse('rejected.error.user');
      return;
    case 'archive-address':
      await refuse('rejected.error.archive');
      return;
    case 'taken':
      flash(req, {
        kind: 'warning',
        text: 'rejected.give.taken',
        values: { address: sender, name: done.name },
      });
      break;
    case 'given':
      flash(req, {
        kind: 'success',
        text: 'rejected.give.done',
        values: { address: sender, name: done.name },
      });
      flash(req, again(done.messages, sender));
  }
  toSender(res, sender);
}

function again(count: number, sender: string): Flash {
  return count === 0
    ? { kind: 'info', text: 'rejected.again.nothing', values: { address: sender } }
    : { kind: 'success', text: 'rejected.again.done', values: { count } };
}

/** The address that a form is about. @throws a 404 for one that the log knows nothing of. */
async function senderIn({ db }: Pick<Deps, 'db'>, req: Request): Promise<string> {
  const sender = address.parse((req.body as { address?: unknown } | undefined)?.address);
  if (!(await isKnownSender(db, sender))) throw notFoundProblem();
  return sender;
}

function toSender(res: Response, sender: string, elsewhere: string | null = null): void {
  res.redirect(303, elsewhere ?? rejectedAddress('/sender', { address: sender }));
}
