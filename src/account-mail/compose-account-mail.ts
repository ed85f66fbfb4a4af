import { randomUUID } from 'node:crypto';
import { createTranslate } from '../http/translation.ts';
import type { OutgoingMail } from '../smtp/mailer.ts';
import type { AccountMail } from './account-mail.ts';
import { oneLine, ownMail } from './own-mail.ts';

export interface ComposeFacts {
  /** The canonical address that outgoing mail comes from. */
  readonly from: string;
  readonly instanceId: string;
  /** '' when none was given. */
  readonly organisation: string;
}

const t = createTranslate();

/** The mail as plain text. */
export function composeAccountMail(mail: AccountMail, facts: ComposeFacts): OutgoingMail {
  const { kind, to, link } = mail;
  const product = productName(facts.organisation);
  const text = [
    t('accountMail.greeting', { name: oneLine(mail.name) }),
    t(`accountMail.${kind}.text`, { product, to }),
    link,
    t(`accountMail.${kind}.note`),
    t('accountMail.footer', { product }),
  ].join('\n\n');
  const { from, instanceId } = facts;
  return {
    ...ownMail({ from, name: t('accountMail.product'), instanceId, id: randomUUID() }),
    to,
    subject: t(`accountMail.${kind}.subject`, { product }),
    text: `${text}\n`,
  };
}

/** What the program calls itself to the people of this organisation. */
export function productName(organisation: string): string {
  const name =
    organisation === '' ? t('accountMail.product') : t('accountMail.productOf', { organisation });
  return oneLine(name);
}
