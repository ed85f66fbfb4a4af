import type { Knex } from 'knex';
import type { SecretBox } from '../config/secret-box.ts';
import { isMember } from '../groups/group-store.ts';
import { readOutgoingSettings, readStoredOutgoing } from '../outgoing/outgoing-settings.ts';
import { readInstanceId } from '../settings/instance-id.ts';
import { readOrganisation } from '../settings/organisation.ts';
import type { Mailer, SendResult } from '../smtp/mailer.ts';
import type { AccountMail } from './account-mail.ts';
import { composeAccountMail } from './compose-account-mail.ts';

/** What the mail server said, without the secret; or why nothing was handed to it. */
export type HandedMail = SendResult | { readonly kind: 'not-set-up' | 'not-vouched' };

/** Hands a mail to a person about their account to the outgoing mail server. */
export async function handAccountMail(
  {
    db,
    mailer,
    secrets,
  }: { readonly db: Knex; readonly mailer: Mailer; readonly secrets: SecretBox },
  mail: AccountMail,
): Promise<HandedMail> {
  const settings = await readOutgoingSettings(db, secrets);
  if (settings === null) return { kind: 'not-set-up' };
  if (await mustNotCarry(db, mail)) return { kind: 'not-vouched' };
  const composed = composeAccountMail(mail, {
    from: settings.from,
    instanceId: await readInstanceId(db),
    organisation: await readOrganisation(db),
  });
  return withoutLink(await mailer.send(settings, composed), mail.link);
}

/**
 * A link to become a Super Administrator, by a server that only an administrator has chosen. Whose link
 * it is decides, not where it goes: addresses change hands.
 */
async function mustNotCarry(db: Knex, { kind, userId }: AccountMail): Promise<boolean> {
  if (kind !== 'invitation' && kind !== 'password-reset') return false;
  const outgoing = await readStoredOutgoing(db);
  return outgoing?.vouched === false && (await isMember(db, userId, 'super-administrators'));
}

/** Filters that dislike a link quote it, and neither logs nor tables may hold it. */
function withoutLink(result: SendResult, link: string): SendResult {
  const secret = new URL(link).searchParams.get('token');
  const hide = (said: string) => {
    const hidden = said.replaceAll(link, '[link]');
    return secret ? hidden.replaceAll(secret, '[hidden]') : hidden;
  };
  return 'why' in result
    ? { ...result, why: hide(result.why) }
    : { ...result, response: hide(result.response) };
}
