import type { Knex } from 'knex';

import { recordAudit } from '../audit/audit-store.ts';
import type { SecretBox } from '../config/secret-box.ts';
import { findArchiveAddresses } from '../mailbox-settings/mailbox-store.ts';
import {
  readOutgoingSettings,
  writeOutgoingSettings,
  type OutgoingSettings,
} from './outgoing-settings.ts';

export type SaveOutgoingResult = 'saved' | 'from-is-archive' | 'password-needed';

/**
 * Saves how outgoing mail is sent. Without a password the stored one is kept, for the same server
 * and user name only. The From must not be an archive address: answers to it would be archived.
 */
export async function saveOutgoing(
  deps: { readonly db: Knex; readonly secrets: SecretBox },
  input: OutgoingSettings,
): Promise<SaveOutgoingResult> {
  if ((await findArchiveAddresses(deps.db)).has(input.from)) return 'from-is-archive';
  const password = input.username === null ? null : await choosePassword(deps, input);
  if (input.username !== null && password === null) return 'password-needed';
  await deps.db.transaction(async (trx) => {
    await writeOutgoingSettings(trx, deps.secrets, { ...input, password });
    const { host, port, security, username, from } = input;
    await recordAudit(trx, 'outgoing-mail-saved', { host, port, security, username, from });
  });
  return 'saved';
}

async function choosePassword(
  { db, secrets }: { readonly db: Knex; readonly secrets: SecretBox },
  input: OutgoingSettings,
): Promise<string | null> {
  if (input.password !== null) return input.password;
  const stored = await readOutgoingSettings(db, secrets);
  const same = stored?.host === input.host && stored.username === input.username;
  return same ? stored.password : null;
}
