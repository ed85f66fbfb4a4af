/**
 * A mail as its header fields, each with its folds but without the last CRLF, and its body. A
 * character is a byte, so that any bytes at all can be written; other text goes through utf8().
 */
export interface RawMail {
  readonly fields: readonly string[];
  readonly body: string;
}

export interface DraftOptions {
  /** The whole field or fields, for instance `From : a@b.test`; none to leave From out. */
  readonly from?: string | readonly string[];
  readonly subject?: string;
  readonly body?: string;
  /** After the usual fields. */
  readonly more?: readonly string[];
}

export const RECEIVED_AT = new Date('2026-03-02T09:00:00Z');
export const DANA = 'dana@acme.test';
export const FROM_DANA = 'From: Dana Reyes <dana@acme.test>';
export const FROM_MALLORY = 'From: Mallory <mallory@evil.test>';
export const BODY = 'Dear Alex,\r\n\r\nthe offer stands until Friday.\r\n\r\nDana\r\n';

/** UTF-8 bytes as characters. */
export function utf8(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

export function draft(options: DraftOptions = {}): RawMail {
  const from = options.from ?? FROM_DANA;
  return {
    fields: [
      ...(typeof from === 'string' ? [from] : from),
      'To: Alex Moor <alex@customer.example>',
      `Subject: ${options.subject ?? 'Our offer'}`,
      'Date: Mon, 02 Mar 2026 09:59:30 +0100',
      'Message-ID: <offer-1@acme.test>',
      'MIME-Version: 1.0',
      'Content-Type: text/plain; charset=utf-8',
      ...(options.more ?? []),
    ],
    body: options.body ?? BODY,
  };
}

/** With fields above all others, as every relay writes them; the first given stands on top. */
export function under(mail: RawMail, ...fields: readonly string[]): RawMail {
  return { ...mail, fields: [...fields, ...mail.fields] };
}

/** With fields below all others. */
export function over(mail: RawMail, ...fields: readonly string[]): RawMail {
  return { ...mail, fields: [...mail.fields, ...fields] };
}

/** With every text in the header replaced. Throws where there is none: the case would be void. */
export function altered(mail: RawMail, from: string, to: string): RawMail {
  if (!mail.fields.some((field) => field.includes(from))) throw new Error(`no ${from} in the mail`);
  return { ...mail, fields: mail.fields.map((field) => field.replaceAll(from, to)) };
}

export function bytesOf(mail: RawMail): Buffer {
  const header = mail.fields.map((field) => `${field}\r\n`).join('');
  return Buffer.from(`${header}\r\n${mail.body}`, 'latin1');
}

/** The name of a field in lower case, whatever stands between it and its colon. */
export function fieldName(field: string): string {
  return field.slice(0, field.indexOf(':')).trim().toLowerCase();
}
