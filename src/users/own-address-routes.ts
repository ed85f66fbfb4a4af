import { Router, type Request } from 'express';
import { flash } from '../http/flash.ts';
import { readForm, typedIn, type FieldErrors } from '../http/forms.ts';
import { viewerOf } from '../http/guards.ts';
import { pathId } from '../http/path-id.ts';
import type { MessageKey } from '../http/translation.ts';
import type { WebDeps } from '../web-deps.ts';
import { primaryFlash, removedFlash } from './address-flashes.ts';
import { makePrimary, removeAddress, type AddressChange } from './change-address.ts';
import { addOwnAddress, sendAddressLink, type AddOwnAddressResult } from './own-addresses.ts';
import { loadProfilePage } from './profile-page.ts';
import { addressForm } from './user-forms.ts';

const PROBLEMS: Readonly<Record<Exclude<AddOwnAddressResult['kind'], 'waits'>, MessageKey>> = {
  listed: 'profile.error.listed',
  taken: 'profile.error.taken',
  archive: 'users.error.archive',
  'too-many': 'profile.error.tooMany',
};

/** The viewer's own addresses. */
export function ownAddressRoutes(deps: WebDeps): Router {
  const { db, pages } = deps;
  const router = Router();

  router.post('/profile/addresses', async (req, res) => {
    const viewer = viewerOf(req);
    const form = readForm(addressForm, req.body);
    const again = async (errors: FieldErrors) => {
      const { address = '' } = typedIn(req.body);
      const page = await loadProfilePage(db, viewer, { address: { values: { address }, errors } });
      await pages.send(req, res, 422, 'profile/profile', page);
    };
    if (form.kind === 'invalid') {
      await again(form.errors);
      return;
    }
    const done = await addOwnAddress(db, viewer, form.value.address);
    if (done.kind === 'waits') {
      await sendLink(deps, req, done.addressId);
      res.redirect(303, '/profile#addresses');
    } else await again({ address: PROBLEMS[done.kind] });
  });

  router.post('/profile/addresses/:id/send', async (req, res) => {
    await sendLink(deps, req, pathId(req.params.id));
    res.redirect(303, '/profile#addresses');
  });

  router.post('/profile/addresses/:id/remove', async (req, res) => {
    const change = own(req);
    const done = await db.transaction(async (trx) => await removeAddress(trx, change));
    flash(req, removedFlash(done, 'profile.address.removed'));
    res.redirect(303, '/profile#addresses');
  });

  router.post('/profile/addresses/:id/primary', async (req, res) => {
    const change = own(req);
    const done = await db.transaction(async (trx) => await makePrimary(trx, change));
    flash(req, primaryFlash(done));
    res.redirect(303, '/profile#addresses');
  });

  return router;
}

/** An address of nobody but the viewer; others are not found. */
function own(req: Request): AddressChange {
  const { id } = viewerOf(req);
  return { actorId: id, userId: id, addressId: pathId(req.params.id) };
}

async function sendLink(deps: WebDeps, req: Request, addressId: number): Promise<void> {
  const result = await sendAddressLink(deps, viewerOf(req), addressId);
  if (result.kind === 'gone') {
    flash(req, { kind: 'info', text: 'users.address.gone' });
    return;
  }
  const values = { address: result.address };
  switch (result.kind) {
    case 'too-soon':
      flash(req, { kind: 'warning', text: 'profile.address.tooSoon', values });
      break;
    case 'sent':
      flash(req, { kind: 'success', text: 'profile.address.sent', values });
      break;
    case 'not-set-up':
      flash(req, { kind: 'warning', text: 'profile.address.noMail', values });
      break;
    case 'failed':
      flash(req, { kind: 'warning', text: 'profile.address.mailFailed', values });
  }
}
