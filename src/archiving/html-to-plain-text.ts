import { compile, type DomNode, type FormatCallback, type SelectorDefinition } from 'html-to-text';

/** Longer HTML is cut: the library's time grows faster than the length of hostile HTML. */
const MAX_HTML = 256 * 1024;
const MAX_DEPTH = 300;
const TAG = /<(\/?)([a-z][a-z0-9]*)/gi;
/** Elements that have no end tag, or need none: a long list of them does not nest. */
const FLAT = new Set(
  'area base br col embed hr img input link meta source track wbr p li dt dd tr td th tbody thead tfoot option'.split(
    ' ',
  ),
);

/** A link to a mailbox that shows a name only gets its address beside it, as Outlook leaves it out. */
const link: FormatCallback = (element, walk, builder) => {
  walk(element.children, builder);
  const { href } = (element.attribs ?? {}) as Record<string, string | undefined>;
  const mailbox = /^mailto:([^?\s]+@[^?\s]+)/i.exec(href ?? '');
  if (mailbox?.[1] && !textOf(element).includes('@')) builder.addInline(` <${mailbox[1]}>`);
};

/** The cells of a row stand beside each other. */
const cell: FormatCallback = (element, walk, builder) => {
  walk(element.children, builder);
  builder.addInline(' ');
};

const HEADINGS: SelectorDefinition[] = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({
  selector,
  options: { uppercase: false },
}));
const LINE = { leadingLineBreaks: 1, trailingLineBreaks: 1 };

const convert = compile({
  wordwrap: false,
  limits: { maxDepth: MAX_DEPTH },
  formatters: { link, cell },
  selectors: [
    { selector: 'a', format: 'link' },
    { selector: 'img', format: 'skip' },
    { selector: 'tr', format: 'block', options: LINE },
    { selector: 'td', format: 'cell' },
    { selector: 'th', format: 'cell' },
    ...HEADINGS,
  ],
});

/**
 * The readable text of HTML, for search, previews and forwarded blocks. At most its first 256 KB, and
 * nothing after elements nested 300 deep, on which the library spends seconds.
 */
export function htmlToPlainText(html: string): string {
  return convert(cutAtDepth(html.slice(0, MAX_HTML)))
    .replaceAll('\u00a0', ' ')
    .trim();
}

/** The HTML up to where its elements are nested too deep; in one pass, counting tags. */
function cutAtDepth(html: string): string {
  let depth = 0;
  for (const tag of html.matchAll(TAG)) {
    const [, slash, name = ''] = tag;
    if (FLAT.has(name.toLowerCase())) continue;
    depth = slash === '' ? depth + 1 : Math.max(0, depth - 1);
    if (depth > MAX_DEPTH) return html.slice(0, tag.index);
  }
  return html;
}

/** A link's text lies a few elements deep; hostile HTML may be too deep to walk through. */
function textOf(node: DomNode, depth = 0): string {
  // The library's type says that every node has children; nodes of text have none.
  const children = depth < 20 ? (node.children as DomNode[] | undefined) : [];
  return (node.data ?? '') + (children ?? []).map((child) => textOf(child, depth + 1)).join('');
}
