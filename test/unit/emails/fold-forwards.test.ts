import { beforeAll, expect, test } from 'vitest';
import { foldHtml } from '../../../src/emails/fold-html.ts';
import { foldText } from '../../../src/emails/fold-text.ts';
import { isForwardSubject } from '../../../src/emails/forward-subject.ts';
import { sanitiseHtml } from '../../../src/emails/sanitise-html.ts';
import { readMessage } from '../../../src/inbound/reading/read-message.ts';
import { buildForwardCorpus } from '../../support/forwards/build-forward-corpus.ts';
import { PROSE } from '../../support/forwards/prose.ts';

/** A forward as its reader sees it: with its quotes folded away, as text and as HTML. */
interface Read {
  readonly name: string;
  readonly told: string;
  readonly text: string | null;
  readonly html: string | null;
}

const read: Read[] = [];

beforeAll(async () => {
  for (const each of buildForwardCorpus()) {
    const message = await readMessage(each.raw);
    if (message.kind !== 'mail') throw new Error(`"${each.name}" cannot be read.`);
    const { text, html, header } = message.mail;
    const told = wordsOf(PROSE[each.language].body[0]).slice(0, 20);
    const whole = wordsOf(text + (html ?? ''));
    // The traps and lures among them are answers and oddities.
    if (!isForwardSubject(header.subject) || !whole.includes(told)) continue;
    read.push({ name: each.name, told, text: seenText(text), html: html && seenHtml(html) });
  }
}, 120_000);

function seenText(text: string): string | null {
  if (text === '') return null;
  const own = foldText(text, true).filter(({ quoted }) => !quoted);
  return wordsOf(own.flatMap(({ lines }) => lines).join(' '));
}

function seenHtml(html: string): string {
  const clean = sanitiseHtml(html, { images: false, inline: {} }).html;
  const folded = foldHtml(clean, { forwarded: true, words: 'Show' }).html;
  return wordsOf(
    folded
      .replaceAll(/<details class="quoted">[\s\S]*?<\/details>/g, '')
      .replaceAll(/<[^>]*>/g, ' ')
      .replaceAll('&amp;', '&'),
  );
}

/** Without what programs put between words and before lines. */
function wordsOf(text: string): string {
  return text.replace(/[\p{Cf}\s>]/gu, '');
}

test('hundreds of forwards are there to be folded', () => {
  expect(read.length).toBeGreaterThan(500);
});

test('what was forwarded is never folded away, whatever program wrote it', () => {
  const hidden = read.filter(
    ({ told, text, html }) =>
      (text !== null && !text.includes(told)) || (html !== null && !html.includes(told)),
  );
  expect(hidden.map(({ name }) => name)).toEqual([]);
});
