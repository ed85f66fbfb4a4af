import { oneLine } from '../account-mail/own-mail.ts';
import { shorten } from '../archiving/shorten.ts';
import { createFormat } from '../http/format.ts';
import { createTranslate } from '../http/translation.ts';
import type { Digest } from './load-digest.ts';

/** One part of a digest, to be written as text and as a page. */
export interface DigestSection {
  readonly heading: string;
  readonly lines: readonly { readonly text: string; readonly href: string | null }[];
  /** "and 3 more"; '' for none. */
  readonly more: string;
  readonly link: { readonly text: string; readonly href: string };
}

/** Names and subjects come from mail: each is one line of at most so many characters. */
const LONGEST = 200;

const t = createTranslate();

/** The parts that have something to tell, in one order. */
export function digestSections(
  digest: Digest,
  { baseUrl, timeZone }: { readonly baseUrl: string; readonly timeZone: string },
): DigestSection[] {
  return [
    waiting(digest, baseUrl),
    archived(digest, baseUrl, timeZone),
    notices(digest, baseUrl),
  ].filter((section) => section !== null);
}

function waiting({ waiting: { total, addresses, others } }: Digest, baseUrl: string) {
  if (total === 0) return null;
  return {
    heading: t('digest.waiting', { count: total }),
    lines: addresses.map(({ address, count }) => ({
      text: t('digest.waitingLine', {
        count,
        address: address === '' ? t('digest.noAddress') : clean(address),
      }),
      href: null,
    })),
    more: others === 0 ? '' : t('digest.otherAddresses', { count: others }),
    link: { text: t('app.settings.dataCleanup'), href: `${baseUrl}/data-cleanup` },
  };
}

function archived({ archived: { total, newest, since } }: Digest, baseUrl: string, zone: string) {
  if (total === 0) return null;
  const more = total - newest.length;
  return {
    heading: t('digest.archived', { count: total, since: createFormat(zone).dateTime(since) }),
    lines: newest.map(({ id, subject, people }) => ({
      text: [clean(subject) || t('app.noSubject'), clean(people)].filter(Boolean).join(' · '),
      href: `${baseUrl}/emails/${id}`,
    })),
    more: more === 0 ? '' : t('digest.more', { count: more }),
    link: { text: t('inbox.home'), href: `${baseUrl}/` },
  };
}

function notices({ notices: unread, senders }: Digest, baseUrl: string) {
  const lines = unread.map(({ id, kind, subject, count }) => ({
    text: t(`inbox.notice.${kind}`, { count, address: clean(subject) }),
    href: `${baseUrl}/inbox/${id}/open`,
  }));
  if (senders !== null) {
    lines.push({
      text: t('inbox.senders', { count: senders.unread }),
      href: `${baseUrl}/admin/rejected`,
    });
  }
  if (lines.length === 0) return null;
  return {
    heading: t('digest.notices', { count: lines.length }),
    lines,
    more: '',
    link: { text: t('inbox.title'), href: `${baseUrl}/inbox` },
  };
}

function clean(text: string): string {
  return shorten(oneLine(text), LONGEST);
}
