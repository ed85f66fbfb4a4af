/** Small builders of raw mail for the tests of reading. Lines end in CRLF. */

export function base64(bytes: Buffer): string {
  return bytes.toString('base64').replace(/.{76}(?=.)/g, '$&\r\n');
}

export function part(fields: string, body: string): string {
  const lines = fields === '' ? '' : `${fields.replaceAll('\n', '\r\n')}\r\n`;
  return `${lines}\r\n${body}`;
}

export function multipart(subtype: string, boundary: string, parts: readonly string[]): string {
  const inside = parts.map((one) => `--${boundary}\r\n${one}\r\n`).join('');
  return part(
    `Content-Type: multipart/${subtype}; boundary="${boundary}"`,
    `${inside}--${boundary}--\r\n`,
  );
}

/** A whole mail around one entity ("Content-Type: ...", empty line, body). */
export function mail(entity: string, fields = ''): Buffer {
  const more = fields === '' ? '' : `${fields.replaceAll('\n', '\r\n')}\r\n`;
  const header = `From: Jane <jane@acme.example>\r\nTo: dana@house.example\r\nSubject: Test\r\n${more}`;
  return Buffer.from(`${header}${entity}`, 'latin1');
}

export function file(name: string, content: Buffer, type = 'application/pdf'): string {
  const fields = `Content-Type: ${type}\nContent-Transfer-Encoding: base64\nContent-Disposition: attachment; filename="${name}"`;
  return part(fields, base64(content));
}

export const text = (body: string) => part('Content-Type: text/plain; charset=utf-8', body);
export const html = (body: string) => part('Content-Type: text/html; charset=utf-8', body);
