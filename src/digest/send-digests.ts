import type { Knex } from 'knex';
import type { Logger } from '../config/logger.ts';
import type { SecretBox } from '../config/secret-box.ts';
import { readOutgoingSettings, type OutgoingSettings } from '../outgoing/outgoing-settings.ts';
import { sendMessage } from '../outgoing/send-message.ts';
import { readInstanceId } from '../settings/instance-id.ts';
import { readOrganisation } from '../settings/organisation.ts';
import { isStopping, type Stoppable } from '../shared/stoppable.ts';
import type { Mailer, OutgoingMail } from '../smtp/mailer.ts';
import { findViewer } from '../users/viewer-store.ts';
import { composeDigest } from './compose-digest.ts';
import { digestToken } from './digest-link.ts';
import { digestSections } from './digest-sections.ts';
import { beginDigest, findDigestBegin, findDigestReader, type DueDigest } from './digest-store.ts';
import { loadDigest } from './load-digest.ts';
import { planDigests } from './plan-digests.ts';

export interface DigestSenderDeps extends Stoppable {
  readonly db: Knex;
  readonly mailer: Mailer;
  readonly secrets: SecretBox;
  readonly log: Logger;
  /** What links in mails begin with. */
  readonly baseUrl: string;
}

/**
 * Plans what is due by now, and sends it. Without outgoing mail nothing is planned, so that the day's
 * digest is there once it is set up. @returns how many were sent.
 */
export async function sendDigests(deps: DigestSenderDeps, now = new Date()): Promise<number> {
  const outgoing = await readOutgoingSettings(deps.db, deps.secrets);
  if (!outgoing || isStopping(deps)) return 0;
  await planDigests(deps, now);
  let sent = 0;
  while (!isStopping(deps)) {
    const due = await beginDigest(deps.db);
    if (!due) break;
    const became = await sendMessage(deps, 'digest', due, async (trx) => {
      const mail = await makeDigest(deps, trx, outgoing, due);
      return mail && (await deps.mailer.send(outgoing, mail));
    });
    if (became === 'sent') sent += 1;
  }
  return sent;
}

/** Made when it is sent, so that it tells what is so then. null: there is nobody, or nothing, to tell. */
async function makeDigest(
  { secrets, baseUrl }: DigestSenderDeps,
  trx: Knex.Transaction,
  { from }: OutgoingSettings,
  { id, userId }: DueDigest,
): Promise<OutgoingMail | null> {
  const reader = await findDigestReader(trx, userId);
  const viewer = reader && (await findViewer(trx, userId, null));
  if (!reader || !viewer) return null;
  const { address, timeZone, since } = reader;
  const digest = await loadDigest(trx, viewer, await findDigestBegin(trx, reader));
  if (!digest) return null;
  return await composeDigest(digestSections(digest, { baseUrl, timeZone }), {
    id,
    to: address,
    name: viewer.name,
    from,
    instanceId: await readInstanceId(trx),
    organisation: await readOrganisation(trx),
    baseUrl,
    token: digestToken(secrets, { userId, since }),
  });
}
