import { compile, type DomNode, type FormatCallback, type SelectorDefinition } from 'html-to-text';

/** Longer HTML is cut: the library's time grows faster than the length of hostile HTML. */
const MAX_HTML = 256 * 1024;
const MAX_DEPTH = 300;

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

/** The readable text of HTML, for search, previews and forwarded blocks. At most its first 256 KB. */
export function htmlToPlainText(html: string): string {
  return convert(html.slice(0, MAX_HTML)).replaceAll('\u00a0', ' ').trim();
}

function textOf(node: DomNode): string {
  return (node.data ?? '') + node.children.map(textOf).join('');
}
