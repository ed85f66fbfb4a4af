import sanitizeHtml from 'sanitize-html';
import { ALLOWED_STYLES } from './allowed-styles.ts';
import { QUOTE_ATTRIBUTE } from './html-outline.ts';
import { linkTarget } from './link-target.ts';
import { quoteMarkOf } from './quote-mark.ts';

export interface SanitiseOptions {
  /** Whether pictures of other hosts are let through: only when the reader has asked for them. */
  readonly images: boolean;
  /** Addresses of the mail's own pictures, by Content-ID (RFC 2392). */
  readonly inline: Readonly<Record<string, string>>;
}

export interface SanitisedHtml {
  readonly html: string;
  /** How many pictures are on other hosts, shown or not. */
  readonly remoteImages: number;
}

const TAGS = (
  'a abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd ' +
  'del details dfn div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins ' +
  'kbd li main mark nav ol p pre q s samp section small span strike strong sub summary sup table ' +
  'tbody td tfoot th thead tr tt u ul var wbr'
).split(' ');

/** What stands between these is no text to read. */
const NOT_TEXT = (
  'script style textarea option select noscript title template xmp iframe noembed noframes ' +
  'plaintext svg math object audio video canvas head'
).split(' ');

const CELL = ['align', 'valign', 'bgcolor', 'width', 'height', 'colspan', 'rowspan', 'nowrap'];
/** Deeper than any table layout of a newsletter. */
const MAX_DEPTH = 150;
const MAX_STYLE = 4_000;
const MAX_ADDRESS = 4_000;
const DATA_IMAGE = /^data:image\/(?:png|jpe?g|gif|webp);base64,[a-z0-9+/=\s]+$/i;

/**
 * The harmless part of a mail's HTML: a strict list of elements, attributes and styles. Nothing that
 * runs, that loads, that names or moves anything outside of itself. Links say where they lead and open
 * beside the page. Boxes that a mail program has quoted are marked for foldHtml, which takes the marks
 * out again.
 */
export function sanitiseHtml(html: string, options: SanitiseOptions): SanitisedHtml {
  let remoteImages = 0;
  const clean = sanitizeHtml(html, {
    allowedTags: TAGS,
    nonTextTags: NOT_TEXT,
    allowedAttributes: {
      '*': ['style', 'dir', 'lang', 'align', 'title', QUOTE_ATTRIBUTE],
      a: ['href', 'target', 'rel', 'referrerpolicy', 'title'],
      img: ['src', 'alt', 'width', 'height', 'border', 'hspace', 'vspace', 'referrerpolicy'],
      font: ['color', 'size', 'face'],
      table: ['bgcolor', 'width', 'height', 'border', 'cellpadding', 'cellspacing'],
      tr: ['bgcolor', 'valign', 'height'],
      td: CELL,
      th: CELL,
      col: ['span', 'width'],
      colgroup: ['span', 'width'],
      ol: ['start', 'type', 'reversed'],
      ul: ['type'],
      li: ['value'],
      hr: ['width', 'size', 'noshade', 'color'],
      details: ['open'],
    },
    allowedClasses: { img: ['blocked'] },
    allowedStyles: { '*': ALLOWED_STYLES },
    // Addresses are judged below; this stands behind it.
    allowedSchemes: ['http', 'https', 'mailto'],
    allowedSchemesByTag: { img: ['https', 'data'] },
    allowProtocolRelative: false,
    nestingLimit: MAX_DEPTH,
    transformTags: {
      '*': (tagName, attribs) => ({ tagName, attribs: marked(tagName, withoutLong(attribs)) }),
      a: (tagName, attribs) => ({ tagName, attribs: linkOf(withoutLong(attribs)) }),
      img: (tagName, attribs) => {
        const image = imageOf(attribs, options);
        if (image.remote) remoteImages += 1;
        return { tagName, attribs: image.attribs };
      },
    },
  });
  return { html: clean, remoteImages };
}

type Attributes = Record<string, string>;

/** A style as long as a novel costs time and says nothing. */
function withoutLong(attribs: Attributes): Attributes {
  const { style, ...rest } = attribs;
  return style === undefined || style.length > MAX_STYLE ? rest : { ...rest, style };
}

/** A mark of the mail's own is none. */
function marked(tagName: string, attribs: Attributes): Attributes {
  if (tagName !== 'blockquote' && Object.keys(attribs).length === 0) return attribs;
  const { [QUOTE_ATTRIBUTE]: _forged, ...rest } = attribs;
  const mark = quoteMarkOf(tagName, attribs);
  return mark === null ? rest : { ...rest, [QUOTE_ATTRIBUTE]: mark };
}

function linkOf({ style, dir, lang, href = '' }: Attributes): Attributes {
  const kept = definedOf({ style, dir, lang });
  const target = linkTarget(href);
  if (target === null) return kept;
  const safe = { target: '_blank', rel: 'noopener noreferrer', referrerpolicy: 'no-referrer' };
  return { ...kept, href: target, title: target.slice(0, 300), ...safe };
}

function imageOf(
  attribs: Attributes,
  { images, inline }: SanitiseOptions,
): { readonly attribs: Attributes; readonly remote: boolean } {
  const {
    style,
    alt = '',
    title,
    width,
    height,
    border,
    hspace,
    vspace,
    align,
  } = withoutLong(attribs);
  const kept = definedOf({ style, alt, title, width, height, border, hspace, vspace, align });
  const source = (attribs.src ?? '').trim();
  if (/^cid:/i.test(source)) {
    const own = findInline(inline, source.slice(4));
    return { attribs: own === null ? kept : { ...kept, src: own }, remote: false };
  }
  if (DATA_IMAGE.test(source)) return { attribs: { ...kept, src: source }, remote: false };
  const remote = remoteSource(source);
  if (remote === null) return { attribs: kept, remote: false };
  const shown = { ...kept, src: remote, referrerpolicy: 'no-referrer' };
  return { attribs: images ? shown : { ...kept, class: 'blocked' }, remote: true };
}

/** Pictures are asked for over TLS, whatever the mail says. */
function remoteSource(source: string): string | null {
  const whole = source.startsWith('//') ? `https:${source}` : source;
  if (whole.length > MAX_ADDRESS || !URL.canParse(whole)) return null;
  const url = new URL(whole);
  if (url.protocol === 'http:') url.protocol = 'https:';
  return url.protocol === 'https:' ? url.href : null;
}

function findInline(inline: SanitiseOptions['inline'], id: string): string | null {
  const wanted = [id, decoded(id)];
  return (
    wanted.map((name) => (Object.hasOwn(inline, name) ? inline[name] : undefined)).find(Boolean) ??
    null
  );
}

/** RFC 2392: a Content-ID in an address is percent-encoded. */
function decoded(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}

function definedOf(attribs: Readonly<Record<string, string | undefined>>): Attributes {
  const given = Object.entries(attribs).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return Object.fromEntries(given);
}
