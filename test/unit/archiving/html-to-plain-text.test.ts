import { describe, expect, test } from 'vitest';
import { htmlToPlainText } from '../../../src/archiving/html-to-plain-text.ts';

describe('htmlToPlainText', () => {
  test.each([
    ['paragraphs', '<p>One</p><p>Two</p>', 'One\n\nTwo'],
    ['line breaks', 'One<br>Two<div>Three</div>', 'One\nTwo\nThree'],
    ['headings, not shouted', '<h1>Offer</h1>', 'Offer'],
    [
      'rows of a table',
      '<table><tr><td>A</td><td>B</td></tr><tr><td>C</td></tr></table>',
      'A B\nC',
    ],
    ['links by their text', '<a href="https://acme.example/?x=1">our page</a>', 'our page'],
    [
      'a name with its address',
      '<a href="mailto:j@acme.example?subject=x">Jane</a>',
      'Jane <j@acme.example>',
    ],
    ['an address once', '<a href="mailto:j@acme.example">j@acme.example</a>', 'j@acme.example'],
    [
      'nothing of scripts, styles and images',
      '<style>p{}</style><script>x</script><img alt="y">z',
      'z',
    ],
    ['entities', 'a&nbsp;&lt;b&gt; &euro;', 'a <b> €'],
    ['quotes', '<blockquote>One</blockquote>', '> One'],
    ['nothing', '', ''],
  ])('%s', (_name, html, text) => {
    expect(htmlToPlainText(html)).toBe(text);
  });

  test.each([
    ['deep elements', '<div>'.repeat(60_000)],
    ['a link around deep elements', `<a href="mailto:a@acme.example">${'<b>'.repeat(60_000)}`],
    ['deep tables', '<table><tr><td>'.repeat(20_000)],
    ['a single unclosed tag', `<p title="${'x'.repeat(300_000)}`],
    ['nothing but brackets', '<'.repeat(300_000)],
  ])('survives %s', (_name, html) => {
    expect(typeof htmlToPlainText(html)).toBe('string');
  });

  test('reads the beginning of very long HTML', () => {
    const text = htmlToPlainText(`<p>first</p>${'<p>x</p>'.repeat(100_000)}<p>last</p>`);
    expect(text.startsWith('first')).toBe(true);
    expect(text).not.toContain('last');
  });
});
