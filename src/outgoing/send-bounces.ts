import type { Knex } from 'knex';

import { composeBounce } from '../archiving/compose-bounce.ts';
import type { Logger } from '../config/logger.ts';
import type { SecretBox } from '../config/secret-box.ts';
import { archiveAddresses, findActiveMailbox } from '../mailbox-settings/mailbox-store.ts';
import { readInstanceId } from '../settings/instance-id.ts';
import type { Checkpoint } from '../shared/checkpoint.ts';
import { isStopping, type Stoppable } from '../shared/stoppable.ts';
import type { Mailer, OutgoingMail, SendResult } from '../smtp/mailer.ts';
import { beginBounce, type DueBounce } from './bounce-store.ts';
import { closeAbandoned } from './close-abandoned.ts';
import { readOutgoingSettings, type OutgoingSettings } from './outgoing-settings.ts';
import { sendMessage, type Became } from './send-message.ts';

export interface BounceSenderDeps extends Stoppable {
  readonly db: Knex;
  readonly mailer: Mailer;
  readonly secrets: SecretBox;
  readonly log: Logger;
  readonly checkpoint: Checkpoint;
}

/** Sends every bounce that is due, one after the other. @returns how many were sent. */
export async function sendBounces(deps: BounceSenderDeps): Promise<number> {
  await closeAbandoned(deps.db);
  const outgoing = await readOutgoingSettings(deps.db, deps.secrets);
  const mailbox = await findActiveMailbox(deps.db);
  const archiveAddress = mailbox ? archiveAddresses(mailbox)[0] : undefined;
  if (!outgoing || archiveAddress === undefined) return 0;
  const instanceId = await readInstanceId(deps.db);
  let sent = 0;
  while (!isStopping(deps)) {
    const bounce = await beginBounce(deps.db);
    if (!bounce) break;
    const mail = toMail(bounce, { archiveAddress, instanceId, from: outgoing.from });
    if ((await sendOne(deps, outgoing, bounce, mail)) === 'sent') sent += 1;
  }
  return sent;
}

async function sendOne(
  deps: BounceSenderDeps,
  outgoing: OutgoingSettings,
  bounce: DueBounce,
  mail: OutgoingMail,
): Promise<Became> {
  return await sendMessage(deps, 'bounce', bounce, async () => {
    await deps.checkpoint('bounce-sending');
    const result = await sendFromNullSender(deps.mailer, outgoing, mail);
    await deps.checkpoint('bounce-sent');
    return result;
  });
}

/** RFC 5321 section 4.5.5: null sender, so that nobody answers; some servers refuse to send it. */
async function sendFromNullSender(
  mailer: Mailer,
  outgoing: OutgoingSettings,
  mail: OutgoingMail,
): Promise<SendResult> {
  const result = await mailer.send(outgoing, mail);
  if (result.kind !== 'refused' || result.at !== 'sender') return result;
  return await mailer.send(outgoing, { ...mail, envelopeFrom: outgoing.from });
}

function toMail(
  bounce: DueBounce,
  facts: { archiveAddress: string; instanceId: string; from: string },
): OutgoingMail {
  return composeBounce({
    id: bounce.id,
    to: bounce.recipient,
    usedAddress: bounce.recipient,
    originalMessageId: bounce.message_id,
    originalSubject: bounce.subject ?? '',
    archiveAddress: facts.archiveAddress,
    fromName: 'Letterbook',
    fromAddress: facts.from,
    instanceId: facts.instanceId,
    at: new Date(),
    language: bounce.language ?? 'en',
  });
}
