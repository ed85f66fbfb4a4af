import { Router, type Request, type Response } from 'express';
import { flash } from '../http/flash.ts';
import { readForm, typedIn, type FieldErrors } from '../http/forms.ts';
import { viewerOf } from '../http/guards.ts';
import type { MessageKey } from '../http/translation.ts';
import { verifyConnection } from '../imap/verify-connection.ts';
import { requestPoll } from '../ledger/poll-requests.ts';
import { typedPasswords } from '../settings/typed-password.ts';
import { withPreset } from '../settings/with-preset.ts';
import { readArchivingHealth } from './archiving-health.ts';
import { saveForm, testForm } from './mailbox-form.ts';
import { mailboxPage, testView, type MailboxPageDeps, type PageChanges } from './mailbox-page.ts';
import { findActiveMailbox } from './mailbox-store.ts';
import { openStoredPassword, saveMailbox, type SaveMailboxResult } from './save-mailbox.ts';

const PATH = '/email/archiving';

/** `/admin/email/archiving`: the archive mailbox, its test, and how archiving is doing. */
export function mailboxRoutes(deps: MailboxPageDeps): Router {
  const router = Router();
  router.get(PATH, async (req, res) => {
    await show(deps, req, res, 200);
  });
  router.get(`${PATH}/health`, async (req, res) => {
    const { timeZone } = viewerOf(req);
    const health = await readArchivingHealth(deps.db, timeZone, await deps.queue());
    await deps.pages.fragment(req, res, 'mailbox/health', { health });
  });
  router.post(`${PATH}/provider`, async (req, res) => {
    await show(deps, req, res, 200, { values: withPreset(req.body, 'imap') });
  });
  router.post(`${PATH}/test`, async (req, res) => {
    await test(deps, req, res);
  });
  router.post(PATH, async (req, res) => {
    await save(deps, req, res);
  });
  router.post(`${PATH}/poll`, async (req, res) => {
    await pollNow(deps, req);
    res.redirect(303, `/admin${PATH}`);
  });
  return router;
}

async function show(
  deps: MailboxPageDeps,
  req: Request,
  res: Response,
  status: number,
  changes?: PageChanges,
): Promise<void> {
  const page = await mailboxPage(deps, req, changes);
  await deps.pages.send(req, res, status, 'mailbox/archiving', page);
}

/** Tries what is typed, step by step, and saves nothing but the password for the next attempt. */
async function test(deps: MailboxPageDeps, req: Request, res: Response): Promise<void> {
  const values = typedIn(req.body, ['password']);
  const form = readForm(testForm, req.body);
  if (form.kind === 'invalid') {
    await show(deps, req, res, 422, { values, errors: form.errors });
    return;
  }
  const { after, ...place } = form.value;
  const password = await findPassword(deps, req, place);
  if (password === null) {
    await show(deps, req, res, 422, { values, errors: NO_PASSWORD });
    return;
  }
  const found = await verifyConnection(deps.connector, { ...place, password }, after);
  await show(deps, req, res, 200, {
    values,
    test: testView(found, form.value),
    ...(await asksForExisting(deps, form.value, found.folder?.exists ?? 0)),
  });
}

const NO_PASSWORD: FieldErrors = { password: 'mailbox.error.passwordNeeded' };

/** A folder that was not polled before, with mail in it: what is to become of that? */
async function asksForExisting(
  { db }: MailboxPageDeps,
  {
    host,
    port,
    username,
    folder,
  }: { host: string; port: number; username: string; folder: string },
  messages: number,
): Promise<Pick<PageChanges, 'existing'>> {
  if (messages === 0) return {};
  const known = await db('mailboxes').where({ host, port, username, folder }).first('id');
  return known ? {} : { existing: messages };
}

/** The password that is typed now, was typed for a test, or is stored for the same place. */
async function findPassword(
  deps: MailboxPageDeps,
  req: Request,
  place: Parameters<typeof openStoredPassword>[1] & { readonly password: string | null },
): Promise<string | null> {
  const typed = typedPasswords(deps.secrets, 'mailbox');
  if (place.password !== null) {
    typed.keep(req, place, place.password);
    return place.password;
  }
  return typed.recall(req, place) ?? (await openStoredPassword(deps, place));
}

async function save(deps: MailboxPageDeps, req: Request, res: Response): Promise<void> {
  const values = typedIn(req.body, ['password']);
  const form = readForm(saveForm, req.body);
  if (form.kind === 'invalid') {
    // What was typed for a place that is right needs not be typed again for another field's sake.
    const place = readForm(testForm, req.body);
    if (place.kind === 'valid') await findPassword(deps, req, place.value);
    await show(deps, req, res, 422, { values, errors: form.errors });
    return;
  }
  const password = await findPassword(deps, req, form.value);
  const result = await saveMailbox(deps, { ...form.value, password }, viewerOf(req).id);
  if (result.kind !== 'saved') {
    await show(deps, req, res, 422, { values, ...refusal(result) });
    return;
  }
  typedPasswords(deps.secrets, 'mailbox').forget(req);
  const text: MessageKey = form.value.enabled ? 'mailbox.saved' : 'mailbox.savedOff';
  flash(req, { kind: 'success', text, values: { address: form.value.archiveAddress } });
  res.redirect(303, `/admin${PATH}`);
}

function refusal(result: Exclude<SaveMailboxResult, { kind: 'saved' }>): PageChanges {
  switch (result.kind) {
    case 'password-needed':
      return { errors: NO_PASSWORD };
    case 'same-folder':
      return { errors: { afterFolder: 'mailbox.error.sameFolder' } };
    case 'sends-from-archive':
      return { errors: { archiveAddress: 'mailbox.error.sendsFromArchive' } };
    case 'existing-needed':
      return { errors: { existing: 'mailbox.error.existing' }, existing: result.messages };
    case 'unreachable':
      return { problem: result.sentence };
  }
}

async function pollNow({ db }: MailboxPageDeps, req: Request): Promise<void> {
  const mailbox = await findActiveMailbox(db);
  if (!mailbox) flash(req, { kind: 'warning', text: 'mailbox.poll.notSetUp' });
  else if (!mailbox.enabled) flash(req, { kind: 'warning', text: 'mailbox.poll.off' });
  else {
    await requestPoll(db, mailbox.id);
    flash(req, { kind: 'success', text: 'mailbox.poll.asked' });
  }
}
