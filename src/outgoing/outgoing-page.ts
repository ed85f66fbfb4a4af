import type { Request } from 'express';
import type { Knex } from 'knex';
import type { FieldErrors, Typed } from '../http/forms.ts';
import { viewerOf } from '../http/guards.ts';
import type { Page } from '../http/pages.ts';
import {
  findProvider,
  MAIL_PROVIDERS,
  providerOf,
  type MailProvider,
  type ProviderId,
} from '../settings/mail-providers.ts';
import { providerAdvice } from '../settings/provider-advice.ts';
import { typedPasswords } from '../settings/typed-password.ts';
import type { MessageKey } from '../http/translation.ts';
import type { OutgoingCheck, OutgoingStep } from '../smtp/verify-outgoing.ts';
import type { WebDeps } from '../web-deps.ts';
import { countUnsentBounces, type UnsentBounces } from './bounce-store.ts';
import { shownValues } from './outgoing-form.ts';
import { readStoredOutgoing, type StoredOutgoing } from './outgoing-settings.ts';
import { isSamePlace } from './save-outgoing.ts';

export type OutgoingPageDeps = Pick<WebDeps, 'db' | 'pages' | 'secrets'>;

export interface OutgoingTestView {
  readonly ok: boolean;
  readonly failedAt: OutgoingStep | null;
  readonly checks: readonly (Pick<OutgoingCheck, 'step' | 'status' | 'sentence'> & {
    readonly advice: MessageKey | null;
    readonly detail: string;
  })[];
}

export interface OutgoingPage extends Page {
  readonly form: { readonly values: Typed; readonly errors: FieldErrors };
  readonly providers: readonly MailProvider[];
  readonly provider: ProviderId;
  /** none: has to be typed, if there is a user name · saved · typed: for a test, not saved yet. */
  readonly password: 'none' | 'saved' | 'typed';
  readonly isSetUp: boolean;
  readonly bounces: UnsentBounces;
  readonly test: OutgoingTestView | null;
}

export interface PageChanges {
  readonly values?: Typed;
  readonly errors?: FieldErrors;
  readonly test?: OutgoingTestView;
}

export async function outgoingPage(
  deps: OutgoingPageDeps,
  req: Request,
  changes: PageChanges = {},
): Promise<OutgoingPage> {
  const stored = await readStoredOutgoing(deps.db);
  const values = changes.values ?? shownValues(stored, viewerOf(req).address);
  return {
    title: 'outgoing.title',
    section: 'administration',
    form: { values, errors: changes.errors ?? {} },
    providers: MAIL_PROVIDERS,
    provider: findProvider(values.provider)?.id ?? providerOf(values.host ?? ''),
    password: passwordState(deps, req, values, stored),
    isSetUp: stored !== null,
    bounces: await countUnsentBounces(deps.db),
    test: changes.test ?? null,
  };
}

/** Asks before the settings go, with the password that nobody can read again. */
interface RemoveOutgoingPage extends Page, Pick<StoredOutgoing, 'host' | 'from'> {}

/** null: there is nothing to remove. */
export async function loadRemovePage(db: Knex): Promise<RemoveOutgoingPage | null> {
  const stored = await readStoredOutgoing(db);
  if (!stored) return null;
  const { host, from } = stored;
  return { title: 'outgoing.remove.title', section: 'administration', host, from };
}

function passwordState(
  { secrets }: OutgoingPageDeps,
  req: Request,
  values: Typed,
  stored: StoredOutgoing | null,
): OutgoingPage['password'] {
  const { host = '', port = '', security = '', username = '' } = values;
  const place = {
    host: host.trim().toLowerCase(),
    port: Number(port),
    username: username.trim(),
  };
  if (typedPasswords(secrets, 'outgoing').recall(req, { ...place, security }) !== null) {
    return 'typed';
  }
  if (stored?.passwordSealed == null || security !== stored.security) return 'none';
  return isSamePlace(stored, { ...place, security: stored.security }) ? 'saved' : 'none';
}

export function testView(checks: readonly OutgoingCheck[], host: string): OutgoingTestView {
  const failed = checks.find(({ status }) => status === 'failed');
  const advice = failed?.step === 'signed-in' ? providerAdvice(host, 'password') : null;
  return {
    ok: failed === undefined,
    failedAt: failed?.step ?? null,
    checks: checks.map(({ step, status, sentence, problem }) => ({
      step,
      status,
      sentence,
      advice: status === 'failed' ? advice : null,
      detail: problem ?? '',
    })),
  };
}
