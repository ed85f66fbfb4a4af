import { escapeHtml } from '../shared/escape-html.ts';
import type { BodyText } from './body-text.ts';
import { foldHtml, type FoldedHtml, type FoldOptions } from './fold-html.ts';
import { foldText } from './fold-text.ts';
import { linkify } from './linkify.ts';
import { rowsOf } from './quoted-words.ts';
import { sanitiseHtml, type SanitisedHtml, type SanitiseOptions } from './sanitise-html.ts';

export interface BodyJob extends SanitiseOptions, FoldOptions {
  readonly texts: readonly BodyText[];
}

export interface ComposedBody extends SanitisedHtml, FoldedHtml {}

/** The parts of a formatted body under each other, made harmless, with what they quote folded away. */
export function composeBody({ texts, ...options }: BodyJob): ComposedBody {
  let remoteImages = 0;
  const parts = texts.map(({ kind, text }): FoldedHtml => {
    if (kind === 'text') return textToHtml(text, options);
    const clean = sanitiseHtml(text, options);
    remoteImages += clean.remoteImages;
    return foldHtml(clean.html, options);
  });
  return {
    html: parts.map(({ html }) => html).join('\n<hr>\n'),
    remoteImages,
    rows: parts.reduce((sum, { rows }) => sum + rows, 0),
    hasQuote: parts.some(({ hasQuote }) => hasQuote),
    isLaidOut: parts.some(({ isLaidOut }) => isLaidOut),
  };
}

/** Plain text as HTML, with the addresses in it as links. Line ends are kept by the style. */
export function textToHtml(text: string, { forwarded, words }: FoldOptions): FoldedHtml {
  const parts = foldText(text, forwarded);
  const html = parts.map(({ quoted, lines }) => {
    const shown = `<div class="text">${linked(lines.join('\n'))}</div>`;
    return quoted
      ? `<details class="quoted"><summary>${escapeHtml(words)}</summary>${shown}</details>`
      : shown;
  });
  const own = parts.filter(({ quoted }) => !quoted);
  return {
    html: html.join('\n'),
    rows: rowsOf(own.flatMap(({ lines }) => lines)),
    hasQuote: own.length < parts.length,
    isLaidOut: false,
  };
}

function linked(text: string): string {
  return linkify(text)
    .map(({ text: words, href }) =>
      href === null
        ? escapeHtml(words)
        : `<a href="${escapeHtml(href)}" target="_blank" rel="noopener noreferrer">${escapeHtml(words)}</a>`,
    )
    .join('');
}
