import { describe, expect, test } from 'vitest';
import { foldHtml } from '../../../src/emails/fold-html.ts';
import { sanitiseHtml } from '../../../src/emails/sanitise-html.ts';

const OPEN = '<details class="quoted"><summary>Show quoted text</summary>';
const ATTRIBUTION = 'On Tue, 24 Nov 2026 at 15:06, Jane &lt;jane@acme.example&gt; wrote:';
const HEADER =
  '<b>From:</b> Jane &lt;jane@acme.example&gt;<br><b>Sent:</b> Tuesday, 24 November 2026 15:06<br>' +
  '<b>To:</b> Dana<br><b>Subject:</b> Chairs<br>';
const told = (name: string) =>
  Array.from({ length: 8 }, (_one, at) => `<p>${name} ${at}</p>`).join('');

/** What is folded away of a mail, and its text without the tags. */
function fold(html: string, forwarded = false) {
  const clean = sanitiseHtml(html, { images: false, inline: {} }).html;
  const { html: whole, rows } = foldHtml(clean, { forwarded, words: 'Show quoted text' });
  expect(whole).not.toContain('data-quote');
  // Nothing but these words of ours has come, nothing has gone.
  expect(whole.replaceAll(OPEN, '').replaceAll('</details>', '')).toBe(
    clean.replaceAll(/ data-quote="\w+"/g, ''),
  );
  const folded = whole
    .split(OPEN)
    .slice(1)
    .map((part) => part.split('</details>')[0] ?? '');
  return { folded: folded.map((part) => part.replaceAll(/<[^>]*>/g, ' ').trim()), rows };
}

const begins = (folded: readonly string[]) => folded.map((text) => text.slice(0, 5));

describe('what a mail quotes is folded away', () => {
  test.each<[string, string, string[]]>([
    [
      'by Gmail',
      `<p>Yes</p><div class="gmail_quote"><div class="gmail_attr">${ATTRIBUTION}<br></div><blockquote class="gmail_quote">${told('Older')}</blockquote></div>`,
      ['On Tu'],
    ],
    [
      'by Thunderbird and Apple Mail',
      `<p>Yes</p><div class="moz-cite-prefix">${ATTRIBUTION}</div><blockquote type="cite">${told('Older')}</blockquote>`,
      ['Older'],
    ],
    [
      'by Outlook',
      `<div><p>Yes</p><div><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in"><p>${HEADER}</p></div></div>${told('Older')}</div>`,
      ['From:'],
    ],
    [
      'by Outlook on the web',
      `<div>Yes</div><hr><div id="divRplyFwdMsg" dir="ltr">${HEADER}</div><div>${told('Older')}</div>`,
      ['From:'],
    ],
    ['by GMX', `<p>Yes</p><div name="quote">${ATTRIBUTION}${told('Older')}</div>`, ['On Tu']],
    [
      'by what Outlook renamed',
      `<p>Yes</p><div class="x_gmail_quote">${ATTRIBUTION}${told('Older')}</div>`,
      ['On Tu'],
    ],
    [
      'below the words that lead to it',
      `<p>Yes</p><p>${ATTRIBUTION}</p><blockquote>${told('Older')}</blockquote><p>No</p>`,
      ['Older'],
    ],
    [
      'twice',
      `<p>Yes</p><blockquote type="cite">${told('One')}</blockquote><p>No</p><blockquote type="cite">${told('Two')}<blockquote type="cite">${told('Three')}</blockquote></blockquote>`,
      ['One 0', 'Two 0'],
    ],
    [
      'in what was forwarded',
      `<div class="gmail_quote"><div class="gmail_attr">---------- Forwarded message ---------<br>${HEADER}</div>${told('Told')}<div class="gmail_quote">${ATTRIBUTION}<blockquote class="gmail_quote">${told('Older')}</blockquote></div></div>`,
      ['On Tu'],
    ],
    [
      'below a picture',
      `<img src="https://a.example/x.png"><blockquote type="cite">${told('Older')}</blockquote>`,
      ['Older'],
    ],
  ])('%s', (_by, html, expected) => {
    expect(begins(fold(html).folded)).toEqual(expected);
  });

  test('and does not count as what is seen', () => {
    expect(fold(`<p>Yes</p><blockquote type="cite">${told('Older')}</blockquote>`).rows).toBe(1);
    expect(fold(told('Own')).rows).toBe(8);
  });
});

describe('what is told stays open', () => {
  test.each<[string, string]>([
    [
      'a forward by Gmail',
      `<p>FYI</p><div class="gmail_quote"><div class="gmail_attr">---------- Forwarded message ---------<br>${HEADER}</div>${told('Told')}</div>`,
    ],
    [
      'a forward by Apple Mail',
      `<p>FYI</p><blockquote type="cite"><div>Begin forwarded message:</div><br>${HEADER}<br>${told('Told')}</blockquote>`,
    ],
    ['nothing but a quote', `<blockquote type="cite">${told('Told')}</blockquote>`],
    [
      'nothing but a quote, what leads to it and a signature',
      `<div>${ATTRIBUTION}</div><blockquote type="cite">${told('Told')}</blockquote><div class="gmail_signature">Jane</div>`,
    ],
    [
      'a quote beside hidden words',
      `<div style="display:none">Read this in your browser</div><blockquote type="cite">${told('Told')}</blockquote>`,
    ],
    ['a saying', `<p>Yes</p><blockquote>${told('Said')}</blockquote>`],
    ['a few words', `<p>Yes</p><blockquote type="cite">When?</blockquote>`],
    ['a ruled box', `<p>Yes</p><div style="border-top:solid #ccc 1.0pt">${told('Own')}</div>`],
    ['what only says to be marked', `<p>Yes</p><div data-quote="sure">${told('Own')}</div>`],
  ])('%s', (_what, html) => {
    expect(fold(html).folded).toEqual([]);
  });

  test('the first header of a forward by Outlook, but not what it quotes', () => {
    const box = `<div style="border-top:solid #E1E1E1 1.0pt"><p>${HEADER}</p></div>`;
    const html = `<div><p>FYI</p>${box}${told('Told')}<div>${box}${told('Older')}</div></div>`;
    expect(fold(html, true).folded.map((text) => /Told|Older/.exec(text)?.[0])).toEqual(['Older']);
    expect(fold(html, false).folded.map((text) => /Told|Older/.exec(text)?.[0])).toEqual(['Told']);
  });
});

test('marks that a mail makes up are no marks, also in its text', () => {
  const html = `<p data-quote="sure" title=' data-quote="sure"'>&lt;div data-quote="sure"&gt;</p>`;
  const clean = sanitiseHtml(html, { images: false, inline: {} }).html;
  const { html: folded } = foldHtml(clean, { forwarded: false, words: '<b>' });
  expect(folded).toBe(clean);
  expect(folded).toContain('&lt;div data-quote="sure"&gt;');
});
