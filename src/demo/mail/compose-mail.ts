import { createHash } from 'node:crypto';
import libmime from 'libmime';
import { encode as encodeQuotedPrintable, wrap } from 'libqp';

export interface Named {
  readonly name: string;
  readonly address: string;
}

export interface DemoFile {
  readonly name: string;
  readonly type: string;
  readonly content: Buffer;
  /** An image inside the text, which names it as cid:ID. */
  readonly contentId?: string;
}

/** What is written in a mail: always the text, perhaps HTML beside it, files and whole mails. */
export interface MailContent {
  readonly text: string;
  readonly html?: string;
  readonly files?: readonly DemoFile[];
  /** Whole mails, as "forward as attachment" sends them. */
  readonly mails?: readonly Buffer[];
}

export interface MailHeader {
  readonly from: Named;
  readonly to: readonly Named[];
  readonly cc?: readonly Named[];
  readonly subject: string;
  readonly date: Date;
  /** With angle brackets. */
  readonly messageId: string;
  /** Earlier mails of the conversation, the oldest first; with angle brackets. */
  readonly references?: readonly string[];
  readonly more?: Readonly<Record<string, string>>;
}

interface Part {
  readonly head: readonly string[];
  readonly body: string;
}

/** A whole message (RFC 5322, RFC 2045) as a mail program would send it. */
export function composeMail(header: MailHeader, content: MailContent): Buffer {
  const references = header.references ?? [];
  const lines = [
    `From: ${mailbox(header.from)}`,
    `To: ${header.to.map(mailbox).join(',\r\n ')}`,
    ...(header.cc && header.cc.length > 0 ? [`Cc: ${header.cc.map(mailbox).join(',\r\n ')}`] : []),
    `Subject: ${encodedWords(header.subject)}`,
    `Date: ${header.date.toUTCString().replace(/GMT$/, '+0000')}`,
    `Message-ID: ${header.messageId}`,
    ...(references.length > 0
      ? [`In-Reply-To: ${references.at(-1) ?? ''}`, `References: ${references.join('\r\n ')}`]
      : []),
    ...Object.entries(header.more ?? {}).map(([name, value]) => `${name}: ${value}`),
    'MIME-Version: 1.0',
  ];
  const { head, body } = wholePart(content);
  return Buffer.from([...lines, ...head, '', body].join('\r\n'), 'latin1');
}

function wholePart(content: MailContent): Part {
  const files = content.files ?? [];
  const inside = files.filter((file) => file.contentId !== undefined);
  const beside = files.filter((file) => file.contentId === undefined);
  const parts = [
    withImages(textOf(content), inside),
    ...beside.map(filePart),
    ...(content.mails ?? []).map(mailPart),
  ];
  return parts.length === 1 && parts[0] ? parts[0] : multipart('mixed', parts);
}

function textOf({ text, html }: MailContent): Part {
  const plain = textPart('plain', text);
  return html === undefined ? plain : multipart('alternative', [plain, textPart('html', html)]);
}

function withImages(text: Part, images: readonly DemoFile[]): Part {
  return images.length === 0 ? text : multipart('related', [text, ...images.map(filePart)]);
}

function textPart(subtype: string, text: string): Part {
  const lines = text.trimEnd().replace(/\r?\n/g, '\r\n');
  return {
    head: [
      `Content-Type: text/${subtype}; charset=utf-8`,
      'Content-Transfer-Encoding: quoted-printable',
    ],
    body: `${wrap(encodeQuotedPrintable(lines))}\r\n`,
  };
}

function filePart({ name, type, content, contentId }: DemoFile): Part {
  const disposition = contentId === undefined ? 'attachment' : 'inline';
  return {
    head: [
      `Content-Type: ${type}`,
      'Content-Transfer-Encoding: base64',
      `Content-Disposition: ${disposition}; filename*=utf-8''${encodeURIComponent(name)}`,
      ...(contentId === undefined ? [] : [`Content-ID: <${contentId}>`]),
    ],
    body: content.toString('base64').replace(/.{76}/g, '$&\r\n') + '\r\n',
  };
}

function mailPart(mail: Buffer): Part {
  return { head: ['Content-Type: message/rfc822'], body: mail.toString('latin1') };
}

/** RFC 2046 section 5.1. The boundary comes from the content, so that a mail is always the same. */
function multipart(subtype: string, parts: readonly Part[]): Part {
  const hash = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  const boundary = `=_${hash.slice(0, 24)}`;
  const opened = parts.map(
    ({ head, body }) => `--${boundary}\r\n${head.join('\r\n')}\r\n\r\n${body}\r\n`,
  );
  return {
    head: [`Content-Type: multipart/${subtype}; boundary="${boundary}"`],
    body: `${opened.join('')}--${boundary}--\r\n`,
  };
}

/** RFC 2047 words where the name is not ASCII, quotes where it needs them. */
function mailbox({ name, address }: Named): string {
  if (name === '') return address;
  if (/[^\x20-\x7e]/.test(name)) return `${encodedWords(name)} <${address}>`;
  return /^[\w .'-]*$/.test(name)
    ? `${name} <${address}>`
    : `"${name.replace(/["\\]/g, '\\$&')}" <${address}>`;
}

/** RFC 2047, section 2: each word on a line of its own where there are several. */
function encodedWords(text: string): string {
  return libmime.encodeWords(text, 'Q', 52).replaceAll('?= =?', '?=\r\n =?');
}
