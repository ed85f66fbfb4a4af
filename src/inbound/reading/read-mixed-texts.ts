import { randomUUID } from 'node:crypto';
import { MailParser, type MessageText } from 'mailparser';
import { charsetOf } from './decode-text.ts';
import type { MailPart } from './split-mail.ts';
import { encodingOf } from './transfer-encoding.ts';
import { writeLines } from './write-lines.ts';

/** All text parts of a mail together; empty where there are none. */
export interface MailTexts {
  readonly text: string;
  readonly html: string;
}

const BOUNDARY = `letterbook-${randomUUID()}`;

/**
 * The text and the HTML of a mail of which some is HTML alone and some plain text alone: each is made of
 * the other. The parser that does so gets a message written anew, of nothing but the text parts and the
 * multiparts around them: it never sees what hostile headers and boundaries hold.
 *
 * @param texts what is to be read of each text part.
 */
export async function readMixedTexts(
  root: MailPart,
  texts: ReadonlyMap<MailPart, Buffer>,
): Promise<MailTexts> {
  const message = new TextMessage(texts);
  message.add(root, 0);
  return await parse(message.pieces);
}

/** A MIME message that holds the text parts of another one. */
class TextMessage {
  readonly pieces: Buffer[] = [];
  readonly #texts: ReadonlyMap<MailPart, Buffer>;

  constructor(texts: ReadonlyMap<MailPart, Buffer>) {
    this.#texts = texts;
  }

  add(part: MailPart, depth: number): void {
    const body = this.#texts.get(part);
    if (body) this.#addText(part, body);
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

  #addText({ node }: MailPart, body: Buffer): void {
    const type = node.contentType === 'text/html' ? 'text/html' : 'text/plain';
    const flowed = node.flowed ? `; format=flowed; delsp=${node.delSp ? 'yes' : 'no'}` : '';
    this.#write(`Content-Type: ${type}; charset="${charsetOf(node)}"${flowed}\r\n`);
    this.#write(`Content-Transfer-Encoding: ${encodingOf(node)}\r\n\r\n`);
    this.pieces.push(body);
  }

  #write(text: string): void {
    this.pieces.push(Buffer.from(text, 'latin1'));
  }
}

/** What could be read when the parser gives up on a part is kept. */
async function parse(pieces: readonly Buffer[]): Promise<MailTexts> {
  const parser = new MailParser({
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

function textsOf(data: MessageText): MailTexts {
  return { text: data.text ?? '', html: typeof data.html === 'string' ? data.html : '' };
}
