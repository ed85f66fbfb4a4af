import type { Knex } from 'knex';
import type { AccountMailDeps } from '../account-mail/send-account-mail.ts';
import { handAccountMail, type HandedMail } from '../account-mail/hand-account-mail.ts';
import { createTranslate } from '../http/translation.ts';
import { readOutgoingSettings } from '../outgoing/outgoing-settings.ts';
import { sendMessage } from '../outgoing/send-message.ts';
import type { SendResult } from '../smtp/mailer.ts';
import { beginInvitation, type DueInvitation } from './invitation-store.ts';
import { lockUser } from './user-change-store.ts';
import { userLink } from './user-links.ts';
import { createUserToken, withdrawUserToken } from './user-token-store.ts';

const t = createTranslate();

interface InvitationSenderDeps extends AccountMailDeps {
  /** What links in mails begin with. */
  readonly baseUrl: string;
}

/** Sends every queued invitation that is due, one after the other. @returns how many were sent. */
export async function sendInvitations(deps: InvitationSenderDeps): Promise<number> {
  if ((await readOutgoingSettings(deps.db, deps.secrets)) === null) return 0;
  let sent = 0;
  for (;;) {
    const due = await beginInvitation(deps.db);
    if (!due) return sent;
    const became = await sendMessage(deps, 'invitation', due, async () => await invite(deps, due));
    if (became === 'sent') sent += 1;
  }
}

/** The link is committed before the mail leaves: one that arrives works. null: it is not wanted any more. */
async function invite(deps: InvitationSenderDeps, due: DueInvitation): Promise<SendResult | null> {
  const { db, baseUrl } = deps;
  const { userId, to } = due;
  const made = await db.transaction(async (trx: Knex.Transaction) => {
    const user = await lockUser(trx, userId);
    if (!user?.active || user.hasPassword) return null;
    return { name: user.name, token: await createUserToken(trx, { kind: 'invitation', userId }) };
  });
  if (made === null) return null;
  const { name, token } = made;
  const link = userLink(baseUrl, 'invitation', token);
  const result = resultOf(
    await handAccountMail(deps, { kind: 'invitation', userId, to, name, link }),
  );
  const mayHaveLeft = result.kind === 'sent' || result.kind === 'unknown';
  if (!mayHaveLeft) await withdrawUserToken(db, token);
  return result;
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
