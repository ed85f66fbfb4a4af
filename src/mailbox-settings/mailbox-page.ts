import type { Request } from 'express';
import type { FieldErrors, Typed } from '../http/forms.ts';
import { viewerOf } from '../http/guards.ts';
import type { Page } from '../http/pages.ts';
import type { MessageKey } from '../http/translation.ts';
import type { ConnectionCheck, ConnectionStep } from '../imap/connection-checks.ts';
import type { VerifiedConnection } from '../imap/verify-connection.ts';
import {
  findProvider,
  MAIL_PROVIDERS,
  providerOf,
  type MailProvider,
  type ProviderId,
} from '../settings/mail-providers.ts';
import { providerAdvice } from '../settings/provider-advice.ts';
import { readTrustSettings, type TrustSettings } from '../senders/trust-settings.ts';
import { typedPasswords } from '../settings/typed-password.ts';
import type { WebDeps } from '../web-deps.ts';
import { readArchivingHealth, type ArchivingHealth, type QueueInUse } from './archiving-health.ts';
import { POLL_SECONDS, shownValues, type TestInput } from './mailbox-form.ts';
import { findActiveMailbox, findStoredPassword, type SignInPlace } from './mailbox-store.ts';

/** What the pages of the archive mailbox work with. */
export interface MailboxPageDeps extends Pick<WebDeps, 'db' | 'pages' | 'secrets' | 'connector'> {
  /** The queue that jobs go through, and whether it works. */
  readonly queue: () => Promise<QueueInUse>;
}

/** One line of the checklist. */
interface CheckLine extends Pick<ConnectionCheck, 'step' | 'status' | 'sentence'> {
  /** What is known of this failure at this provider. */
  readonly advice: MessageKey | null;
  /** For those who want to know it exactly; '' where there is nothing more to say. */
  readonly detail: string;
}

export interface TestView {
  readonly ok: boolean;
  /** null: nothing failed. */
  readonly failedAt: ConnectionStep | null;
  readonly checks: readonly CheckLine[];
}

/** none: has to be typed · saved: the stored one is good here · typed: for a test, not saved yet. */
type PasswordState = 'none' | 'saved' | 'typed';

export interface MailboxPage extends Page {
  readonly form: { readonly values: Typed; readonly errors: FieldErrors };
  readonly providers: readonly MailProvider[];
  readonly provider: ProviderId;
  readonly password: PasswordState;
  readonly pollSeconds: readonly number[];
  readonly isSetUp: boolean;
  /** The address people send to; null before one is saved. */
  readonly archiveAddress: string | null;
  /** Asks what to do with so many messages; null: there is nothing to ask. */
  readonly existing: number | null;
  /** Why a save that was fine by itself came to nothing, in English. */
  readonly problem: string | null;
  readonly test: TestView | null;
  readonly health: ArchivingHealth;
  /** What is asked of senders. */
  readonly senderPolicy: TrustSettings['policy'];
}

/** What a request brings to the page beside what is stored. */
export interface PageChanges {
  readonly values?: Typed;
  readonly errors?: FieldErrors;
  readonly existing?: number;
  readonly problem?: string;
  readonly test?: TestView;
}

export async function mailboxPage(
  deps: MailboxPageDeps,
  req: Request,
  changes: PageChanges = {},
): Promise<MailboxPage> {
  const mailbox = await findActiveMailbox(deps.db);
  const values = changes.values ?? shownValues(mailbox);
  const provider = findProvider(values.provider)?.id ?? providerOf(values.host ?? '');
  return {
    title: 'mailbox.title',
    section: 'administration',
    form: { values, errors: changes.errors ?? {} },
    providers: MAIL_PROVIDERS,
    provider,
    password: await passwordState(deps, req, values),
    pollSeconds: withSaved(mailbox?.poll_seconds),
    isSetUp: mailbox !== null,
    archiveAddress: mailbox?.archive_address ?? null,
    existing: changes.existing ?? (mailbox?.existing === 'skip' ? 0 : null),
    problem: changes.problem ?? null,
    test: changes.test ?? null,
    senderPolicy: (await readTrustSettings(deps.db)).policy,
    health: await readArchivingHealth(deps.db, viewerOf(req).timeZone, await deps.queue()),
  };
}

/** By what stands in the form: another host, port, security or user name needs its own password. */
async function passwordState(
  { db, secrets }: MailboxPageDeps,
  req: Request,
  values: Typed,
): Promise<PasswordState> {
  const { host = '', port = '', security = '', username = '' } = values;
  if (security !== 'tls' && security !== 'starttls' && security !== 'none') return 'none';
  if (!/^\d{1,5}$/.test(port.trim())) return 'none';
  const place: SignInPlace = {
    host: host.trim().toLowerCase(),
    port: Number(port),
    security,
    username: username.trim(),
  };
  if (typedPasswords(secrets, 'mailbox').recall(req, place) !== null) return 'typed';
  return (await findStoredPassword(db, place)) === null ? 'none' : 'saved';
}

/** An interval that the command line set is offered too. */
function withSaved(seconds: number | undefined): number[] {
  return [...new Set([...POLL_SECONDS, ...(seconds === undefined ? [] : [seconds])])].sort(
    (a, b) => a - b,
  );
}

/** The checklist of a test, with what is known of its failure at this provider. */
export function testView(found: VerifiedConnection, { host, port, security }: TestInput): TestView {
  const failed = found.checks.find(({ status }) => status === 'failed');
  return {
    ok: found.ok,
    failedAt: failed?.step ?? null,
    checks: found.checks.map(({ step, status, sentence, problem }) => ({
      step,
      status,
      sentence,
      advice: problem ? providerAdvice(host, problem.code) : null,
      detail: problem ? `${problem.code}: ${problem.detail} (${host}:${port}, ${security})` : '',
    })),
  };
}
