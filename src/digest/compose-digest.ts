import { fileURLToPath } from 'node:url';
import ejs from 'ejs';
import { oneLine, ownMail } from '../account-mail/own-mail.ts';
import { productName } from '../account-mail/compose-account-mail.ts';
import { createTranslate } from '../http/translation.ts';
import type { OutgoingMail } from '../smtp/mailer.ts';
import { DIGEST_LINK_PATH } from './digest-link.ts';
import type { DigestSection } from './digest-sections.ts';

export interface DigestFacts {
  /** The number of the outgoing message. */
  readonly id: number;
  readonly to: string;
  /** Who is addressed. */
  readonly name: string;
  readonly from: string;
  readonly instanceId: string;
  /** '' when none was given. */
  readonly organisation: string;
  readonly baseUrl: string;
  /** The secret of the link that switches it off. */
  readonly token: string;
}

const TEMPLATE = fileURLToPath(new URL('../../views/digest/mail.ejs', import.meta.url));
const t = createTranslate();

/** The digest as a mail, in text and as a page; both say the same. */
export async function composeDigest(
  sections: readonly DigestSection[],
  facts: DigestFacts,
): Promise<OutgoingMail> {
  const { baseUrl, instanceId, from, id, to } = facts;
  const product = productName(facts.organisation);
  const own = ownMail({ from, name: t('accountMail.product'), instanceId, id });
  const words = {
    greeting: t('accountMail.greeting', { name: oneLine(facts.name) }),
    why: t('digest.why', { product }),
    off: { text: t('digest.off'), href: linkTo(facts, '') },
    preferences: { text: t('app.settings.preferences'), href: `${baseUrl}/preferences` },
    footer: t('accountMail.footer', { product }),
  };
  const subject = t('digest.subject', {
    product,
    what: sections.map(({ heading }) => heading).join(', '),
  });
  return {
    ...own,
    to,
    subject,
    text: asText(sections, words),
    html: await ejs.renderFile(TEMPLATE, { subject, sections, words }, { cache: true }),
    headers: { ...own.headers, ...unsubscribeHeaders(facts) },
  };
}

interface Words {
  readonly greeting: string;
  readonly why: string;
  readonly off: DigestSection['link'];
  readonly preferences: DigestSection['link'];
  readonly footer: string;
}

function asText(sections: readonly DigestSection[], words: Words): string {
  const link = ({ text, href }: DigestSection['link']) => `${text}: ${href}`;
  const parts = sections.map(({ heading, lines, more, link: place }) =>
    [
      heading,
      ...lines.map(({ text }) => `  - ${text}`),
      ...(more === '' ? [] : [`  ${more}`]),
      link(place),
    ].join('\n'),
  );
  const end = [words.why, link(words.off), link(words.preferences)].join('\n');
  return `${[words.greeting, ...parts, end, words.footer].join('\n\n')}\n`;
}

/**
 * RFC 2369; where pages come by https also RFC 8058, whose section 3.1 asks for it: one press in a mail
 * program switches the digest off.
 */
function unsubscribeHeaders(facts: DigestFacts): Record<string, string> {
  if (!facts.baseUrl.startsWith('https:')) {
    return { 'List-Unsubscribe': `<${linkTo(facts, '')}>` };
  }
  return {
    'List-Unsubscribe': `<${linkTo(facts, '/one-click')}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  };
}

function linkTo({ baseUrl, token }: DigestFacts, path: '' | '/one-click'): string {
  return `${baseUrl}${DIGEST_LINK_PATH}${path}?token=${token}`;
}
