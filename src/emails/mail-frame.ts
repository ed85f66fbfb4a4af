import { createHash } from 'node:crypto';
import { escapeHtml } from '../shared/escape-html.ts';

/** Mail is written for white paper, also where the page around it is dark. */
const STYLE = `
:root { color-scheme: light; }
html { background: #fff; }
body { margin: 0; padding: 1rem; color: #1f2937; background: #fff; font: 15px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
img { max-width: 100%; }
img[height]:not([width]) { width: auto; }
img.blocked { display: inline-block; min-width: 1.5rem; min-height: 1.5rem; border: 1px dashed #9ca3af; color: #4b5563; font-size: 12px; }
table { max-width: 100%; border-collapse: separate; }
blockquote { margin: 0.5rem 0 0.5rem 0.25rem; padding-left: 0.75rem; border-left: 3px solid #d1d5db; }
pre { white-space: pre-wrap; }
a { color: #1d4ed8; }
.text { white-space: pre-wrap; }
.quoted { margin: 0.75rem 0; }
.quoted > summary, .whole > summary { width: fit-content; padding: 0.25rem 0; color: #1d4ed8; cursor: pointer; }
.letter:has(+ .whole:not([open])):not(:has(.quoted[open]), :focus-within) { max-height: calc(100vh - 5rem); overflow: hidden; mask-image: linear-gradient(#000 calc(100% - 4rem), transparent); }
.letter:is(:has(.quoted[open]), :focus-within) + .whole, .whole[open] { display: none; }
`;
const STYLE_HASH = `'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`;

/** What both the frame's element and its answer allow: a link opens beside the page, and no more. */
export const FRAME_SANDBOX = 'allow-popups allow-popups-to-escape-sandbox';

export interface FrameContent {
  readonly title: string;
  /** Safe. */
  readonly html: string;
  /** What opens the whole of a mail that is much longer than its frame; null shows it at once. */
  readonly showWhole: string | null;
}

/**
 * The document in the frame. Of a long mail so much is to be seen at first as fits into the frame, so
 * that whoever passes it by with a finger is not held up in it.
 */
export function frameDocument({ title, html, showWhole }: FrameContent): string {
  const body =
    showWhole === null
      ? html
      : `<div class="letter">${html}</div><details class="whole"><summary>${escapeHtml(showWhole)}</summary></details>`;
  return `<!doctype html>
<html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(title)}</title><style>${STYLE}</style></head>
<body dir="auto">${body}</body></html>
`;
}

/**
 * The frame loads nothing but pictures of its own mail and, when they were asked for, those of other
 * hosts; were there a script or a form in it, neither would run. Styles of elements can load nothing
 * either, since pictures are all that they could ask for.
 */
export function frameHeaders(images: boolean): Readonly<Record<string, string>> {
  const policy = [
    "default-src 'none'",
    `style-src-elem ${STYLE_HASH}`,
    "style-src-attr 'unsafe-inline'",
    `img-src 'self' data:${images ? ' https:' : ''}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
    `sandbox ${FRAME_SANDBOX}`,
  ];
  return {
    'Content-Security-Policy': policy.join('; '),
    'X-Frame-Options': 'SAMEORIGIN',
    'Referrer-Policy': 'no-referrer',
    'Cache-Control': 'no-store',
    'X-DNS-Prefetch-Control': 'off',
  };
}
