import { htmlToPlainText } from '../../archiving/html-to-plain-text.ts';
import { cleanText } from '../../shared/clean-text.ts';
import { decodeText } from './decode-text.ts';
import type { MailTexts } from './read-mixed-texts.ts';
import type { MailPart } from './split-mail.ts';
import { MAX_TEXT_BYTES, type TextBudget } from './text-budget.ts';

export interface Bodies {
  readonly text: string;
  readonly fromHtml: boolean;
  readonly html: string | null;
  readonly truncated: boolean;
}

/** So much of all text parts is decoded. */
const MAX_ENCODED = 8 * 1024 * 1024;
/**
 * And of each: what is kept of one, in base64. A parser takes some fifty bytes for each line end, and
 * a text may have nothing else.
 */
const MAX_ENCODED_PART = Math.ceil(1.5 * MAX_TEXT_BYTES);

/**
 * The readable text and the HTML of a mail.
 *
 * @param texts the parts that are text to read; all others are attachments.
 */
export async function readBodies(
  root: MailPart,
  texts: ReadonlySet<MailPart>,
  budget: TextBudget,
): Promise<Bodies> {
  if (texts.size === 0) return { text: '', fromHtml: false, html: null, truncated: false };
  const cut = cutTexts(texts);
  const read = mixesTextAndHtml(texts) ? await readMixed(root, cut) : await readEach(cut);
  const html = read.html === '' ? null : budget.take(cleanText(read.html));
  const whole = cleanText(read.text);
  const fromHtml = whole.trim() === '' && html !== null;
  const text = budget.take(fromHtml ? htmlToPlainText(html.text) : whole);
  const cutShort = [...cut].some(([part, body]) => body.length < part.body.length);
  const truncated = cutShort || text.truncated || (html?.truncated ?? false);
  return { text: text.text, fromHtml, html: html?.text ?? null, truncated };
}

/** What is decoded of each part. */
function cutTexts(texts: ReadonlySet<MailPart>): ReadonlyMap<MailPart, Buffer> {
  const cut = new Map<MailPart, Buffer>();
  let left = MAX_ENCODED;
  for (const part of texts) {
    const body = part.body.subarray(0, Math.min(left, MAX_ENCODED_PART));
    left -= body.length;
    cut.set(part, body);
  }
  return cut;
}

/** Whether there is text beside HTML that is not the same in another form: a list's footer, say. */
function mixesTextAndHtml(texts: ReadonlySet<MailPart>): boolean {
  const kinds = new Set<string>();
  for (const part of texts) {
    if (!isAlternative(part)) kinds.add(isHtml(part) ? 'html' : 'text');
    else kinds.add('alternative');
  }
  return kinds.size > 1;
}

function isHtml({ node }: MailPart): boolean {
  return node.contentType === 'text/html';
}

function isAlternative(part: MailPart): boolean {
  for (let around = part.parent; around; around = around.parent) {
    if (around.node.multipart === 'alternative') return true;
  }
  return false;
}

async function readMixed(root: MailPart, texts: ReadonlyMap<MailPart, Buffer>): Promise<MailTexts> {
  // Not before it is needed, which is seldom: what it needs takes time to load.
  const { readMixedTexts } = await import('./read-mixed-texts.ts');
  return await readMixedTexts(root, texts);
}

/** Nothing has to be converted between text and HTML: the parts of each kind are put together. */
async function readEach(texts: ReadonlyMap<MailPart, Buffer>): Promise<MailTexts> {
  const plain: string[] = [];
  const html: string[] = [];
  for (const [part, body] of texts) {
    const text = await decodeText(part, body);
    if (text !== '') (isHtml(part) ? html : plain).push(text);
  }
  return { text: plain.join('\n'), html: html.join('<br/>\n') };
}
