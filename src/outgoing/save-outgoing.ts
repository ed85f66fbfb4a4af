import type { Knex } from 'knex';

import { recordAudit } from '../audit/audit-store.ts';
import { SecretBoxProblem, type SecretBox } from '../config/secret-box.ts';
import { deleteNotices } from '../inbox/notice-store.ts';
import { findArchiveAddresses } from '../mailbox-settings/mailbox-store.ts';
import { isSuperAdministrator, type Viewer } from '../shared/viewer.ts';
import type { MailerAddress } from '../smtp/mailer.ts';
import { tryAllNow } from './outgoing-message-store.ts';
import {
  deleteOutgoingSettings,
  readStoredOutgoing,
  writeOutgoingSettings,
  type OutgoingSettings,
} from './outgoing-settings.ts';

export type SaveOutgoingResult = 'saved' | 'from-is-archive' | 'password-needed';

interface SaveOutgoingDeps {
  readonly db: Knex;
  readonly secrets: SecretBox;
}

/**
 * Saves how outgoing mail is sent. Without a password the stored one is kept, for the same server
 * and user name only. The From must not be an archive address: answers to it would be archived.
 */
export async function saveOutgoing(
  deps: SaveOutgoingDeps,
  input: OutgoingSettings,
  actor: Pick<Viewer, 'id' | 'groups'> | null = null,
): Promise<SaveOutgoingResult> {
  if ((await findArchiveAddresses(deps.db)).has(input.from)) return 'from-is-archive';
  const password =
    input.username === null ? null : (input.password ?? (await openStoredPassword(deps, input)));
  if (input.username !== null && password === null) return 'password-needed';
  const vouched = await isVouched(deps.db, input, actor);
  await deps.db.transaction(async (trx) => {
    await writeOutgoingSettings(trx, deps.secrets, { ...input, password }, vouched);
    await deleteNotices(trx, ['sender-not-told']);
    await tryAllNow(trx);
    const { host, port, security, username, from } = input;
    const detail = { host, port, security, username, from };
    await recordAudit(trx, 'outgoing.saved', detail, actor?.id ?? null);
  });
  return 'saved';
}

/**
 * Whoever chooses the server can read what passes through it, links to set a password among it. One
 * that only an administrator has chosen gets none of those for Super Administrators.
 */
async function isVouched(
  db: Knex,
  place: Place,
  actor: Pick<Viewer, 'groups'> | null,
): Promise<boolean> {
  if (actor === null || isSuperAdministrator(actor)) return true;
  const stored = await readStoredOutgoing(db);
  return stored !== null && stored.vouched && isSamePlace(stored, place);
}

/** From now on nothing is sent: what waits goes on waiting until it expires. */
export async function removeOutgoing(db: Knex, actorId: number): Promise<void> {
  await db.transaction(async (trx) => {
    await deleteOutgoingSettings(trx);
    await recordAudit(trx, 'outgoing.removed', {}, actorId);
  });
}

/**
 * The password that is stored for exactly this server, port, security and user name: it is never
 * sent anywhere else. null: it has to be typed, or it can't be opened any more.
 */
export async function openStoredPassword(
  { db, secrets }: SaveOutgoingDeps,
  place: Place,
): Promise<string | null> {
  const stored = await readStoredOutgoing(db);
  if (stored?.passwordSealed == null || !isSamePlace(stored, place)) return null;
  try {
    return secrets.open(stored.passwordSealed);
  } catch (error) {
    if (error instanceof SecretBoxProblem) return null;
    throw error;
  }
}

type Place = Omit<MailerAddress, 'password'>;

export function isSamePlace(one: Place, other: Place): boolean {
  return (
    one.host === other.host &&
    one.port === other.port &&
    one.security === other.security &&
    one.username === other.username
  );
}
