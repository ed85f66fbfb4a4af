import { createHash } from 'node:crypto';
import { encodeText, type Charset } from './mail-charsets.ts';

/** A header field as it shall stand in the mail; a Buffer value is written byte for byte. */
export type Field = readonly [name: string, value: string | Buffer];

/** A MIME entity: its own header fields and its bytes. */
export interface Part {
  readonly fields: readonly Field[];
  readonly body: Buffer;
}

export type TransferEncoding = '7bit' | '8bit' | 'quoted-printable' | 'base64';

export interface TextOptions {
  readonly charset?: Charset;
  readonly encoding?: TransferEncoding;
  /** Written in place of the charset that was used: a mail that lies about itself. */
  readonly declaredCharset?: string;
  readonly flowed?: boolean;
  readonly subtype?: string;
}

export interface FileOptions {
  readonly fileName: string;
  readonly contentType: string;
  readonly content: Buffer;
  readonly contentId?: string;
}

/** The whole message, RFC 5322: header fields in the given order, MIME fields last, CRLF. */
export function buildMail(fields: readonly Field[], part: Part): Buffer {
  const mime: Field[] = part.fields.length > 0 ? [['MIME-Version', '1.0'], ...part.fields] : [];
  return Buffer.concat([header([...fields, ...mime]), Buffer.from('\r\n'), part.body]);
}

export function textPart(text: string, options: TextOptions = {}): Part {
  const charset = options.charset ?? 'utf-8';
  const encoding = options.encoding ?? 'quoted-printable';
  const flowed = options.flowed === true ? '; format=flowed' : '';
  const declared = options.declaredCharset ?? charset;
  const type = `text/${options.subtype ?? 'plain'}; charset=${declared}${flowed}`;
  const bytes = encodeText(text.replace(/\r?\n/g, '\r\n'), charset);
  return { fields: contentFields(type, encoding), body: transferEncode(bytes, encoding) };
}

export function htmlPart(html: string, options: TextOptions = {}): Part {
  return textPart(html, { ...options, subtype: 'html' });
}

/** A body without any MIME field, as mail was before 1992. */
export function plainBody(text: string): Part {
  return { fields: [], body: Buffer.from(text.replace(/\r?\n/g, '\r\n'), 'utf8') };
}

/** RFC 2046 section 5.1. `parameters` follow the type, for instance `; type="text/html"`. */
export function multipart(subtype: string, parts: readonly Part[], parameters = ''): Part {
  const boundary = boundaryFor(parts);
  const opened = parts.map((part) =>
    Buffer.concat([
      Buffer.from(`--${boundary}\r\n`),
      header(part.fields),
      Buffer.from('\r\n'),
      part.body,
      Buffer.from('\r\n'),
    ]),
  );
  const type = `multipart/${subtype}; boundary="${boundary}"${parameters}`;
  return {
    fields: [['Content-Type', type]],
    body: Buffer.concat([...opened, Buffer.from(`--${boundary}--\r\n`)]),
  };
}

export function attachmentPart(file: FileOptions): Part {
  return filePart(file, 'attachment');
}

export function inlineImagePart(file: FileOptions & { readonly contentId: string }): Part {
  return filePart(file, 'inline');
}

/** A message/rfc822 part (RFC 2046 section 5.2.1); with a file name it is an attached .eml. */
export function messagePart(raw: Buffer, fileName?: string): Part {
  const type = fileName === undefined ? '' : `; name="${fileName}"`;
  const disposition: Field[] =
    fileName === undefined ? [] : [['Content-Disposition', `attachment; filename="${fileName}"`]];
  return {
    fields: [
      ['Content-Type', `message/rfc822${type}`],
      ['Content-Transfer-Encoding', '8bit'],
      ...disposition,
    ],
    body: raw,
  };
}

/** RFC 2047 words of at most 75 characters, never splitting a character. */
export function encodedWords(text: string, charset: Charset = 'utf-8'): string {
  const pieces: string[] = [];
  let piece = '';
  for (const character of text) {
    if (encodeText(piece + character, charset).length > 42) {
      pieces.push(piece);
      piece = '';
    }
    piece += character;
  }
  pieces.push(piece);
  return pieces
    .map((word) => `=?${charset}?B?${encodeText(word, charset).toString('base64')}?=`)
    .join('\r\n ');
}

/** A mailbox as mail programs write it: quoted or encoded where its name needs that. */
export function mailbox(name: string, address: string): string {
  if (name === '') return address;
  if (/[^\x20-\x7e]/.test(name)) return `${encodedWords(name)} <${address}>`;
  if (/^[\w !#$%&'*+/=?^`{|}~-]*$/.test(name)) return `${name} <${address}>`;
  return `"${name.replace(/["\\]/g, '\\$&')}" <${address}>`;
}

/** The bytes of header lines; a long list of addresses is folded after its commas. */
export function header(fields: readonly Field[]): Buffer {
  const lines = fields.map(([name, value]) =>
    typeof value === 'string'
      ? Buffer.from(`${name}: ${foldList(value)}\r\n`, 'utf8')
      : Buffer.concat([Buffer.from(`${name}: `), value, Buffer.from('\r\n')]),
  );
  return Buffer.concat(lines);
}

/** RFC 2045 section 6. */
export function transferEncode(bytes: Buffer, encoding: TransferEncoding): Buffer {
  if (encoding === 'base64') return base64Lines(bytes);
  if (encoding === 'quoted-printable') return quotedPrintable(bytes);
  return bytes;
}

function filePart(file: FileOptions, disposition: 'attachment' | 'inline'): Part {
  const name = fileNameParameter(file.fileName);
  const id: Field[] = file.contentId === undefined ? [] : [['Content-ID', `<${file.contentId}>`]];
  return {
    fields: [
      ...contentFields(file.contentType, 'base64'),
      ['Content-Disposition', `${disposition}; ${name}`],
      ...id,
    ],
    body: base64Lines(file.content),
  };
}

/** RFC 2231 where the name is not plain ASCII. */
function fileNameParameter(name: string): string {
  if (/^[\x20-\x7e]*$/.test(name)) return `filename="${name.replace(/["\\]/g, '\\$&')}"`;
  return `filename*=utf-8''${encodeURIComponent(name).replace(/['()*]/g, percentEncoded)}`;
}

function percentEncoded(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

function contentFields(type: string, encoding: TransferEncoding): Field[] {
  return [
    ['Content-Type', type],
    ['Content-Transfer-Encoding', encoding],
  ];
}

/** From the content, so that the same mail has the same bytes each time it is built. */
function boundaryFor(parts: readonly Part[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part.body.subarray(0, 65_536)).update('|');
  hash.update(String(parts.length));
  return `=_${hash.digest('hex').slice(0, 24)}`;
}

function foldList(value: string): string {
  return value.length > 78 ? value.replace(/(>|@[^\s,<>"]+), /g, '$1,\r\n ') : value;
}

function base64Lines(bytes: Buffer): Buffer {
  // 57 bytes are 76 characters; a base64 text cut at multiples of 76 needs no re-encoding.
  const text = bytes.toString('base64');
  return Buffer.from(text.replace(/.{76}/g, '$&\r\n') + '\r\n', 'latin1');
}

function quotedPrintable(bytes: Buffer): Buffer {
  const lines = bytes.toString('latin1').split('\r\n');
  return Buffer.from(lines.map(quotedPrintableLine).join('\r\n'), 'latin1');
}

function quotedPrintableLine(line: string): string {
  const encoded = line.replace(
    /[^\t\x20-\x3c\x3e-\x7e]|[\t ]$/g,
    (character) => `=${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
  const pieces: string[] = [];
  let start = 0;
  while (encoded.length - start > 76) {
    // A soft break may not stand inside "=XX".
    const escape = encoded.lastIndexOf('=', start + 74);
    const end = escape > start + 72 ? escape : start + 75;
    pieces.push(encoded.slice(start, end));
    start = end;
  }
  return [...pieces, encoded.slice(start)].join('=\r\n');
}
