import { sleep } from '../shared/sleep.ts';
import type { AccountMail } from './account-mail.ts';
import { sendAccountMail, type AccountMailDeps } from './send-account-mail.ts';

/** Nobody waits, so the mail server gets all the time that it may have. */
const DEADLINE_MS = 65_000;
/** Milliseconds before each further try. */
const RETRIES_MS = [2_000, 15_000, 60_000] as const;

/**
 * Sends a mail that nobody waits for, with some more tries where the server can't take it just now.
 * `compose` makes it, out of sight of the person who asked: null sends nothing.
 */
export function sendInBackground(
  deps: AccountMailDeps,
  compose: () => Promise<AccountMail | null>,
): void {
  send(deps, compose).catch((error: unknown) => {
    deps.log.error({ err: error }, 'A mail about an account could not be made.');
  });
}

async function send(
  deps: AccountMailDeps,
  compose: () => Promise<AccountMail | null>,
): Promise<void> {
  const mail = await compose();
  if (mail === null) return;
  for (const wait of [...RETRIES_MS, null]) {
    const result = await sendAccountMail(deps, mail, DEADLINE_MS);
    if (result.kind !== 'failed' || !result.again || wait === null) return;
    await sleep(wait);
  }
}
