import type { Knex } from 'knex';
import type { Logger } from '../config/logger.ts';
import { SecretBoxProblem, type SecretBox } from '../config/secret-box.ts';
import { createTranslate } from '../http/translation.ts';
import { isOfSuperAdministrator } from '../groups/group-store.ts';
import { readOutgoingSettings, readStoredOutgoing } from '../outgoing/outgoing-settings.ts';
import { readInstanceId } from '../settings/instance-id.ts';
import { readOrganisation } from '../settings/organisation.ts';
import { sleep } from '../shared/sleep.ts';
import type { Mailer, SendResult } from '../smtp/mailer.ts';
import type { AccountMail } from './account-mail.ts';
import { composeAccountMail } from './compose-account-mail.ts';

export interface AccountMailDeps {
  readonly db: Knex;
  readonly mailer: Mailer;
  readonly secrets: SecretBox;
  readonly log: Logger;
}

/**
 * What became of the mail.
 * - not-set-up: there is no outgoing mail; an administrator hands the link over.
 * - failed: `sentence` says why, for administrators. `again`: nothing was handed over yet, so
 *   another try may help.
 */
export type AccountMailResult =
  | { readonly kind: 'sent' }
  | { readonly kind: 'not-set-up' }
  | { readonly kind: 'failed'; readonly sentence: string; readonly again: boolean };

/** A person waits for the answer: the mailer's own limit is longer. */
const DEADLINE_MS = 20_000;
const t = createTranslate();

/** Sends a mail to a person about their account. Never rejects for what the mail server does. */
export async function sendAccountMail(
  deps: AccountMailDeps,
  mail: AccountMail,
  deadlineMs = DEADLINE_MS,
): Promise<AccountMailResult> {
  const result = await trySend(deps, mail, deadlineMs);
  const why = result.kind === 'failed' ? { why: result.sentence } : {};
  deps.log.info({ mail: mail.kind, result: result.kind, ...why }, 'account mail');
  return result;
}

async function trySend(
  { db, mailer, secrets }: AccountMailDeps,
  mail: AccountMail,
  deadlineMs: number,
): Promise<AccountMailResult> {
  try {
    const settings = await readOutgoingSettings(db, secrets);
    if (settings === null) return { kind: 'not-set-up' };
    if (await mustNotCarry(db, mail)) return failed('accountMail.failed.notVouched');
    const composed = composeAccountMail(mail, {
      from: settings.from,
      instanceId: await readInstanceId(db),
      organisation: await readOrganisation(db),
    });
    const done = new AbortController();
    const tooLate = sleep(deadlineMs, done.signal).then(() => null);
    const sent = mailer.send(settings, composed);
    const result = await Promise.race([sent, tooLate]).finally(() => {
      done.abort();
    });
    return result === null ? failed('accountMail.failed.late') : resultOf(result, mail.link);
  } catch (error) {
    if (!(error instanceof SecretBoxProblem)) throw error;
    return { kind: 'failed', sentence: error.message, again: false };
  }
}

/** A link to become a Super Administrator, by a server that only an administrator has chosen. */
async function mustNotCarry(db: Knex, { kind, to }: AccountMail): Promise<boolean> {
  if (kind !== 'invitation' && kind !== 'password-reset') return false;
  const outgoing = await readStoredOutgoing(db);
  return outgoing?.vouched === false && (await isOfSuperAdministrator(db, to));
}

function resultOf(result: SendResult, link: string): AccountMailResult {
  switch (result.kind) {
    case 'sent':
      return { kind: 'sent' };
    case 'refused':
      return failed(`accountMail.failed.${result.at}`, withoutLink(result.response, link));
    case 'later':
      return failed('accountMail.failed.later', withoutLink(result.why, link), true);
    case 'unknown':
      return failed('accountMail.failed.unknown', withoutLink(result.why, link));
  }
}

function failed(
  key: Parameters<typeof t>[0],
  response = '',
  again = false,
): AccountMailResult & { kind: 'failed' } {
  return { kind: 'failed', sentence: t(key, { response }), again };
}

/** Filters that dislike a link quote it, and logs must not hold it. */
function withoutLink(response: string, link: string): string {
  const secret = new URL(link).searchParams.get('token');
  const said = response.replaceAll(link, '[link]');
  return secret ? said.replaceAll(secret, '[hidden]') : said;
}
