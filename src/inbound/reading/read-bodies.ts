import { randomUUID } from 'node:crypto';
import { MailParser, type MessageText } from 'mailparser';
import { htmlToPlainText } from '../../archiving/html-to-plain-text.ts';
import { cleanText } from '../../shared/clean-text.ts';
import { MAX_TEXT_BYTES, type TextBudget } from './text-budget.ts';
import type { MailPart } from './split-mail.ts';
import { encodingOf } from './transfer-encoding.ts';
import { writeLines } from './write-lines.ts';

export interface Bodies {
  readonly text: string;
  readonly html: string | null;
  readonly truncated: boolean;
}

/** So much of all text parts is decoded. */
const MAX_ENCODED = 8 * 1024 * 1024;
/**
 * And of each: what is kept of one, in base64. The parser takes some fifty bytes for each line end, and
 * a text may have nothing else.
 */
const MAX_ENCODED_PART = Math.ceil(1.5 * MAX_TEXT_BYTES);
const BOUNDARY = `letterbook-${randomUUID()}`;

/**
 * The readable text and the HTML of a mail. The parser gets a message written anew, of nothing but the
 * text parts and the multiparts around them: it never sees what hostile headers and boundaries hold.
 *
 * @param texts the parts that are text to read; all others are attachments.
 */
export async function readBodies(
  root: MailPart,
  texts: ReadonlySet<MailPart>,
  budget: TextBudget,
): Promise<Bodies> {
  if (texts.size === 0) return { text: '', html: null, truncated: false };
  const message = new TextMessage(texts);
  message.add(root, 0);
  const read = await parse(message.pieces, !message.mixesTextAndHtml());
  const html = read.html === '' ? null : budget.take(cleanText(read.html));
  const whole = cleanText(read.text);
  const text = budget.take(whole.trim() === '' && html ? htmlToPlainText(html.text) : whole);
  const truncated = message.truncated || text.truncated || (html?.truncated ?? false);
  return { text: text.text, html: html?.text ?? null, truncated };
}

/** A MIME message that holds the text parts of another one. */
class TextMessage {
  readonly pieces: Buffer[] = [];
  truncated = false;
  readonly #texts: ReadonlySet<MailPart>;
  #left = MAX_ENCODED;

  constructor(texts: ReadonlySet<MailPart>) {
    this.#texts = texts;
  }

  add(part: MailPart, depth: number): void {
    if (this.#texts.has(part)) this.#addText(part);
    else this.#addMultipart(part, depth);
  }

  #addMultipart(part: MailPart, depth: number): void {
    const boundary = `${BOUNDARY}-${depth}`;
    const subtype = part.node.multipart === 'alternative' ? 'alternative' : 'mixed';
    this.#write(`Content-Type: multipart/${subtype}; boundary="${boundary}"\r\n\r\n`);
    for (const child of part.children) {
      if (!this.#texts.has(child) && child.children.length === 0) continue;
      this.#write(`--${boundary}\r\n`);
      this.add(child, depth + 1);
      this.#write('\r\n');
    }
    this.#write(`--${boundary}--\r\n`);
  }

  #addText(part: MailPart): void {
    const { node } = part;
    const type = node.contentType === 'text/html' ? 'text/html' : 'text/plain';
    const charset = (node.charset || 'utf-8').replace(/[^\w.:+-]/g, '').slice(0, 60);
    const flowed = node.flowed ? `; format=flowed; delsp=${node.delSp ? 'yes' : 'no'}` : '';
    this.#write(`Content-Type: ${type}; charset="${charset}"${flowed}\r\n`);
    this.#write(`Content-Transfer-Encoding: ${encodingOf(node)}\r\n\r\n`);
    const body = part.body.subarray(0, Math.min(this.#left, MAX_ENCODED_PART));
    this.#left -= body.length;
    this.truncated ||= body.length < part.body.length;
    this.pieces.push(body);
  }

  #write(text: string): void {
    this.pieces.push(Buffer.from(text, 'latin1'));
  }

  /** Whether there is text beside HTML that is not the same in another form: a list's footer, say. */
  mixesTextAndHtml(): boolean {
    const kinds = new Set<string>();
    for (const part of this.#texts) {
      if (!isAlternative(part)) kinds.add(part.node.contentType === 'text/html' ? 'html' : 'text');
      else kinds.add('alternative');
    }
    return kinds.size > 1;
  }
}

function isAlternative(part: MailPart): boolean {
  for (let around = part.parent; around; around = around.parent) {
    if (around.node.multipart === 'alternative') return true;
  }
  return false;
}

/**
 * What could be read when the parser gives up on a part is kept.
 *
 * @param simple nothing has to be converted between text and HTML, which costs most of the time. */
async function parse(pieces: readonly Buffer[], simple: boolean): Promise<MailTexts> {
  const parser = new MailParser({
    skipHtmlToText: simple,
    skipTextToHtml: simple,
    skipImageLinks: true,
    skipTextLinks: true,
    maxHtmlLengthToParse: 256 * 1024,
  });
  return await new Promise((resolve) => {
    let texts: MailTexts = { text: '', html: '' };
    parser.on('data', (data) => {
      if (data.type === 'text') texts = textsOf(data);
      else data.release?.();
    });
    parser.on('error', () => resolve(texts));
    parser.on('end', () => resolve(texts));
    writeLines(parser, pieces);
  });
}

interface MailTexts {
  readonly text: string;
  readonly html: string;
}

function textsOf(data: MessageText): MailTexts {
  return { text: data.text ?? '', html: typeof data.html === 'string' ? data.html : '' };
}
