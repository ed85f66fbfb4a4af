import type { QuoteMark } from './html-outline.ts';

/** Gmail, Yahoo, Proton, Tuta, Front, Zoho, Outlook on a phone; GMX calls its box "quote". */
const SURE =
  /^(?:gmail_quote|gmail_quote_container|gmail_extra|yahoo_quoted|protonmail_quote|tutanota_quote|front-blockquote|zmail_extra|ms-outlook-mobile-reference-message|mail-editor-reference-message-container|quote)$/i;
/** The header that Outlook and Zimbra set above the mail that is answered. */
const HEADER = /^(?:divRplyFwdMsg|OutlookMessageHeader|__HEADERS__)$/i;
const OUTLOOK_RULE = /border-top:\s*(?:solid\s+#?\w{3,12}\s+1(?:\.0)?pt|1(?:\.0)?pt\s+solid)/i;
const SIGNATURE =
  /^(?:gmail_signature|gmail_signature_prefix|moz-signature|Signature|AppleMailSignature)$/i;
const BOXES = new Set(['div', 'section', 'article', 'p', 'pre', 'span']);

/**
 * What the classes, ids and names that mail programs give to their boxes say about an element; null for
 * most. What a program has quoted before, Outlook has renamed ("x_gmail_quote").
 */
export function quoteMarkOf(
  tagName: string,
  attribs: Readonly<Record<string, string | undefined>>,
): QuoteMark | null {
  const { class: classes = '', id = '', name = '', type, cite, style = '' } = attribs;
  const names = [...classes.slice(0, 300).split(/\s+/), id, name, attribs['data-marker'] ?? ''];
  const known = names.map((one) => one.slice(0, 100).replace(/^(?:x_)+/, ''));
  if (tagName === 'blockquote') {
    return type === 'cite' || cite !== undefined || known.some((one) => SURE.test(one))
      ? 'sure'
      : 'maybe';
  }
  if (!BOXES.has(tagName)) return null;
  if (known.some((one) => SIGNATURE.test(one))) return 'signature';
  if (tagName !== 'div') return null;
  if (known.some((one) => SURE.test(one))) return 'sure';
  const isHeader = known.some((one) => HEADER.test(one)) || OUTLOOK_RULE.test(style.slice(0, 500));
  return isHeader ? 'rest' : null;
}
