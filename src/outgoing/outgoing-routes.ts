import { Router, type Request, type Response } from 'express';
import { flash } from '../http/flash.ts';
import { readForm, typedIn, type FieldErrors } from '../http/forms.ts';
import { viewerOf } from '../http/guards.ts';
import { findArchiveAddresses } from '../mailbox-settings/mailbox-store.ts';
import { readInstanceId } from '../settings/instance-id.ts';
import { typedPasswords } from '../settings/typed-password.ts';
import { withPreset } from '../settings/with-preset.ts';
import type { MailerAddress } from '../smtp/mailer.ts';
import { tryOutgoing } from '../smtp/verify-outgoing.ts';
import { placeForm, saveForm, testForm } from './outgoing-form.ts';
import {
  loadRemovePage,
  outgoingPage,
  testView,
  type OutgoingPageDeps,
  type PageChanges,
} from './outgoing-page.ts';
import { readStoredOutgoing } from './outgoing-settings.ts';
import { openStoredPassword, removeOutgoing, saveOutgoing } from './save-outgoing.ts';
import { testMail } from './test-mail.ts';

const PATH = '/email/outgoing';
const NO_PASSWORD: FieldErrors = { password: 'outgoing.error.passwordNeeded' };
const FROM_IS_ARCHIVE: FieldErrors = { from: 'outgoing.error.fromIsArchive' };

/** `/admin/email/outgoing`: the server that sends bounces, invitations and links, and its test. */
export function outgoingRoutes(deps: OutgoingPageDeps): Router {
  const router = Router();
  router.get(PATH, async (req, res) => {
    await show(deps, req, res, 200);
  });
  router.post(`${PATH}/provider`, async (req, res) => {
    await show(deps, req, res, 200, { values: withPreset(req.body, 'smtp') });
  });
  router.post(`${PATH}/test`, async (req, res) => {
    await test(deps, req, res);
  });
  router.post(PATH, async (req, res) => {
    await save(deps, req, res);
  });
  router.get(`${PATH}/remove`, async (req, res) => {
    const page = await loadRemovePage(deps.db);
    if (page) await deps.pages.send(req, res, 200, 'outgoing/remove', page);
    else res.redirect(303, `/admin${PATH}`);
  });
  router.post(`${PATH}/remove`, async (req, res) => {
    await removeOutgoing(deps.db, viewerOf(req).id);
    typedPasswords(deps.secrets, 'outgoing').forget(req);
    flash(req, { kind: 'success', text: 'outgoing.removed' });
    res.redirect(303, `/admin${PATH}`);
  });
  return router;
}

async function show(
  deps: OutgoingPageDeps,
  req: Request,
  res: Response,
  status: number,
  changes?: PageChanges,
): Promise<void> {
  const page = await outgoingPage(deps, req, changes);
  await deps.pages.send(req, res, status, 'outgoing/outgoing', page);
}

/** Sends a mail with what is typed; saves nothing but the password for the next attempt. */
async function test(deps: OutgoingPageDeps, req: Request, res: Response): Promise<void> {
  const values = typedIn(req.body, ['password']);
  const refuse = (errors: FieldErrors) => show(deps, req, res, 422, { values, errors });
  const form = readForm(testForm, req.body);
  if (form.kind === 'invalid') {
    await keepTyped(deps, req);
    await refuse(form.errors);
    return;
  }
  const { from, to, ...typed } = form.value;
  const password = await findPassword(deps, req, typed);
  if (typed.username !== null && password === null) {
    await refuse(NO_PASSWORD);
    return;
  }
  if ((await findArchiveAddresses(deps.db)).has(from)) {
    await refuse(FROM_IS_ARCHIVE);
    return;
  }
  const mail = testMail(from, to, await readInstanceId(deps.db));
  const checks = await tryOutgoing({ ...typed, password }, mail);
  await show(deps, req, res, 200, { values, test: testView(checks, typed.host) });
}

/** The password that is typed now, was typed for a test, or is stored for the same place. */
async function findPassword(
  deps: OutgoingPageDeps,
  req: Request,
  { password, ...address }: MailerAddress,
): Promise<string | null> {
  const { username } = address;
  if (username === null) return null;
  const typed = typedPasswords(deps.secrets, 'outgoing');
  if (password === null) {
    return typed.recall(req, { ...address, username }) ?? (await openStoredPassword(deps, address));
  }
  typed.keep(req, { ...address, username }, password);
  return password;
}

/** What was typed for a server that is right needs not be typed again for another field's sake. */
async function keepTyped(deps: OutgoingPageDeps, req: Request): Promise<void> {
  const place = readForm(placeForm, req.body);
  if (place.kind === 'valid') await findPassword(deps, req, place.value);
}

async function save(deps: OutgoingPageDeps, req: Request, res: Response): Promise<void> {
  const values = typedIn(req.body, ['password']);
  const refuse = (errors: FieldErrors) => show(deps, req, res, 422, { values, errors });
  const form = readForm(saveForm, req.body);
  if (form.kind === 'invalid') {
    await keepTyped(deps, req);
    await refuse(form.errors);
    return;
  }
  const password = await findPassword(deps, req, form.value);
  const result = await saveOutgoing(deps, { ...form.value, password }, viewerOf(req));
  if (result === 'password-needed') await refuse(NO_PASSWORD);
  else if (result === 'from-is-archive') await refuse(FROM_IS_ARCHIVE);
  else {
    typedPasswords(deps.secrets, 'outgoing').forget(req);
    flash(req, { kind: 'success', text: 'outgoing.saved', values: { from: form.value.from } });
    if ((await readStoredOutgoing(deps.db))?.vouched === false) {
      flash(req, { kind: 'info', text: 'outgoing.notVouched' });
    }
    res.redirect(303, `/admin${PATH}`);
  }
}
