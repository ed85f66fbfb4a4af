import { Router, type Request, type Response } from 'express';
import { flash } from '../http/flash.ts';
import { readForm, typedIn, type FieldErrors } from '../http/forms.ts';
import { viewerOf } from '../http/guards.ts';
import { notFoundProblem } from '../http/http-problem.ts';
import { pathId } from '../http/path-id.ts';
import type { WebDeps } from '../web-deps.ts';
import { primaryFlash, removedFlash } from './address-flashes.ts';
import { changeAsAdministrator, makePrimary, removeAddress } from './change-address.ts';
import { confirmAddress, giveAddress } from './give-address.ts';
import { permitted, tellProcessedAgain } from './user-answers.ts';
import { addressForm } from './user-forms.ts';
import { loadUserPage, type Holder } from './user-pages.ts';

type Deps = Pick<WebDeps, 'db' | 'pages'>;

/** A user's addresses, as administrators change them. */
export function userAddressRoutes(deps: Deps): Router {
  const { db } = deps;
  const router = Router();

  router.post('/users/:id/addresses', async (req, res) => {
    const userId = pathId(req.params.id);
    const form = readForm(addressForm, req.body);
    if (form.kind === 'invalid') {
      await again(deps, req, res, userId, form.errors);
      return;
    }
    const { address } = form.value;
    const done = permitted(await giveAddress(db, viewerOf(req), userId, address));
    await answer(deps, req, res, userId, done);
  });

  router.post('/users/:id/addresses/:addressId/confirm', async (req, res) => {
    const userId = pathId(req.params.id);
    const addressId = pathId(req.params.addressId);
    const done = permitted(await confirmAddress(db, viewerOf(req), userId, addressId));
    await answer(deps, req, res, userId, done);
  });

  router.post('/users/:id/addresses/:addressId/remove', async (req, res) => {
    const change = { userId: pathId(req.params.id), addressId: pathId(req.params.addressId) };
    const result = await changeAsAdministrator(db, viewerOf(req), change, removeAddress);
    flash(req, removedFlash(permitted(result), 'users.address.removed'));
    res.redirect(303, `/admin/users/${change.userId}`);
  });

  router.post('/users/:id/addresses/:addressId/primary', async (req, res) => {
    const change = { userId: pathId(req.params.id), addressId: pathId(req.params.addressId) };
    const result = await changeAsAdministrator(db, viewerOf(req), change, makePrimary);
    flash(req, primaryFlash(permitted(result)));
    res.redirect(303, `/admin/users/${change.userId}`);
  });

  return router;
}

type Given = Exclude<Awaited<ReturnType<typeof giveAddress>>, string>;

/** After an address was vouched for. */
async function answer(
  deps: Deps,
  req: Request,
  res: Response,
  userId: number,
  done: Given,
): Promise<void> {
  if (done.kind === 'taken') {
    await again(deps, req, res, userId, { address: 'users.error.taken' }, done.holder);
    return;
  }
  if (done.kind === 'archive') {
    await again(deps, req, res, userId, { address: 'users.error.archive' });
    return;
  }
  if (done.kind === 'gone') flash(req, { kind: 'info', text: 'users.address.gone' });
  else {
    const values = { address: done.address };
    flash(req, { kind: 'success', text: 'users.address.added', values });
    tellProcessedAgain(req, done.processedAgain);
  }
  res.redirect(303, `/admin/users/${userId}`);
}

async function again(
  { db, pages }: Deps,
  req: Request,
  res: Response,
  userId: number,
  errors: FieldErrors,
  holder: Holder | null = null,
): Promise<void> {
  const { address = '' } = typedIn(req.body);
  const parts = { address: { values: { address }, errors }, holder };
  const page = await loadUserPage(db, viewerOf(req), userId, parts);
  if (!page) throw notFoundProblem();
  await pages.send(req, res, 422, 'users/user', page);
}
