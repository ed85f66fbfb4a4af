import type { Knex } from 'knex';
import type { Logger } from '../config/logger.ts';
import { SecretBoxProblem, type SecretBox } from '../config/secret-box.ts';
import { createTranslate } from '../http/translation.ts';
import { sleep } from '../shared/sleep.ts';
import type { Mailer } from '../smtp/mailer.ts';
import type { AccountMail } from './account-mail.ts';
import { handAccountMail, type HandedMail } from './hand-account-mail.ts';

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
  deps: AccountMailDeps,
  mail: AccountMail,
  deadlineMs: number,
): Promise<AccountMailResult> {
  try {
    const done = new AbortController();
    const tooLate = sleep(deadlineMs, done.signal).then(() => 'late' as const);
    const sent = handAccountMail(deps, mail);
    const result = await Promise.race([sent, tooLate]).finally(() => {
      done.abort();
    });
    return result === 'late' ? failed('accountMail.failed.late') : resultOf(result);
  } catch (error) {
    if (!(error instanceof SecretBoxProblem)) throw error;
    return { kind: 'failed', sentence: error.message, again: false };
  }
}

function resultOf(result: HandedMail): AccountMailResult {
  switch (result.kind) {
    case 'sent':
      return { kind: 'sent' };
    case 'not-set-up':
      return { kind: 'not-set-up' };
    case 'not-vouched':
      return failed('accountMail.failed.notVouched');
    case 'refused':
      return failed(`accountMail.failed.${result.at}`, result.response);
    case 'later':
      return failed('accountMail.failed.later', result.why, true);
    case 'unknown':
      return failed('accountMail.failed.unknown', result.why);
  }
}

function failed(
  key: Parameters<typeof t>[0],
  response = '',
  again = false,
): AccountMailResult & { kind: 'failed' } {
  return { kind: 'failed', sentence: t(key, { response }), again };
}
