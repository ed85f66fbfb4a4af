import type { BodyText } from './body-text.ts';
import { escapeHtml } from '../shared/escape-html.ts';
import { linkify } from './linkify.ts';
import { sanitiseHtml, type SanitisedHtml, type SanitiseOptions } from './sanitise-html.ts';

export interface BodyJob extends SanitiseOptions {
  readonly texts: readonly BodyText[];
}

/** The parts of a formatted body under each other, made harmless. */
export function composeBody({ texts, ...options }: BodyJob): SanitisedHtml {
  const parts = texts.map(({ kind, text }) =>
    kind === 'html'
      ? sanitiseHtml(text, options)
      : { html: `<div class="text">${textToHtml(text)}</div>`, remoteImages: 0 },
  );
  return {
    html: parts.map(({ html }) => html).join('\n<hr>\n'),
    remoteImages: parts.reduce((sum, { remoteImages }) => sum + remoteImages, 0),
  };
}

/** Plain text as HTML, with the addresses in it as links. Line ends are kept by the style. */
export function textToHtml(text: string): string {
  return linkify(text)
    .map(({ text: words, href }) =>
      href === null
        ? escapeHtml(words)
        : `<a href="${escapeHtml(href)}" target="_blank" rel="noopener noreferrer">${escapeHtml(words)}</a>`,
    )
    .join('');
}
