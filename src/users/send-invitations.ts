import type { Knex } from 'knex';
import type { AccountMailDeps } from '../account-mail/send-account-mail.ts';
import { handAccountMail, type HandedMail } from '../account-mail/hand-account-mail.ts';
import { createTranslate } from '../http/translation.ts';
import { readOutgoingSettings } from '../outgoing/outgoing-settings.ts';
import { sendMessage } from '../outgoing/send-message.ts';
import { isStopping, type Stoppable } from '../shared/stoppable.ts';
import type { SendResult } from '../smtp/mailer.ts';
import {
  beginInvitation,
  findInvitationAddress,
  noteRecipient,
  type DueInvitation,
} from './invitation-store.ts';
import { lockUser } from './user-change-store.ts';
import { userLink } from './user-links.ts';
import { createUserToken, hasWorkingInvitation, withdrawUserToken } from './user-token-store.ts';

const t = createTranslate();

interface InvitationSenderDeps extends AccountMailDeps, Stoppable {
  /** What links in mails begin with. */
  readonly baseUrl: string;
}

/**
 * Sends the queued invitations that are due, one after the other, until the server puts one off: a
 * crowd of them must neither hammer a server in trouble nor keep other mail waiting for one that hangs.
 *
 * @returns how many were sent.
 */
export async function sendInvitations(deps: InvitationSenderDeps): Promise<number> {
  if ((await readOutgoingSettings(deps.db, deps.secrets)) === null) return 0;
  let sent = 0;
  while (!isStopping(deps)) {
    const due = await beginInvitation(deps.db);
    if (!due) break;
    const became = await sendMessage(
      deps,
      'invitation',
      due,
      async (trx) => await invite(deps, trx, due),
    );
    if (became === 'sent') sent += 1;
    if (became === 'later') break;
  }
  return sent;
}

/** null: it is not wanted any more. */
async function invite(
  deps: InvitationSenderDeps,
  sending: Knex.Transaction,
  { id, userId }: DueInvitation,
): Promise<SendResult | null> {
  const { db, baseUrl } = deps;
  const made = await db.transaction(async (trx) => await makeInvitation(trx, userId));
  if (made === null) return null;
  const { name, to, token } = made;
  await noteRecipient(sending, id, to);
  const link = userLink(baseUrl, 'invitation', token);
  const result = resultOf(
    await handAccountMail(deps, { kind: 'invitation', userId, to, name, link }),
  );
  const mayHaveLeft = result.kind === 'sent' || result.kind === 'unknown';
  if (!mayHaveLeft) await withdrawUserToken(db, token);
  return result;
}

/**
 * The link is committed before the mail leaves: one that arrives works. It goes to the address that the
 * user has now, not to one that was taken away since. One that an administrator has made since is in
 * somebody's hands already, and another would end it.
 */
async function makeInvitation(
  trx: Knex.Transaction,
  userId: number,
): Promise<{ name: string; to: string; token: string } | null> {
  const user = await lockUser(trx, userId);
  if (!user?.active || user.hasPassword) return null;
  const to = await findInvitationAddress(trx, userId);
  if (to === null || (await hasWorkingInvitation(trx, userId))) return null;
  return { name: user.name, to, token: await createUserToken(trx, { kind: 'invitation', userId }) };
}

/** Whoever mends the settings need not ask for the invitations again. */
function resultOf(handed: HandedMail): SendResult {
  switch (handed.kind) {
    case 'not-set-up':
      return { kind: 'later', why: t('users.link.noMail') };
    case 'not-vouched':
      return { kind: 'later', why: t('outgoing.notVouched') };
    default:
      return handed;
  }
}
