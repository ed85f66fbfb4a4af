import type { Outcome } from '../../src/shared/outcome.ts';

/** A mail made to be slow or large in the reading, of any size. */
export interface WorstMail {
  /** What it is full of. */
  readonly name: string;
  /** What shall become of it: what people could have sent is archived, however long it is. */
  readonly outcome: Outcome;
  /** About so many bytes. */
  make(bytes: number): Buffer;
}

export const WORST_SENDER = 'dana@quayside.example';
export const WORST_RECIPIENT = 'jane@acme.example';

const ENVELOPE = [
  `From: Dana Kim <${WORST_SENDER}>`,
  `To: ${WORST_RECIPIENT}`,
  'Subject: The worst',
  'Date: Tue, 24 Nov 2026 15:06:00 +0100',
];
const FORWARD = [
  '---------- Forwarded message ---------',
  `From: Jane Roe <${WORST_RECIPIENT}>`,
  'Date: Mon, 23 Nov 2026 10:00',
  'Subject: Chairs',
  `To: Dana Kim <${WORST_SENDER}>`,
  '\r\n',
].join('\r\n');

const archived = (name: string, make: WorstMail['make']): WorstMail => ({
  name,
  outcome: 'archived',
  make,
});
const refused = (name: string, make: WorstMail['make']): WorstMail => ({
  name,
  outcome: 'quarantined',
  make,
});

/** A piece repeated up to about so many bytes; `{}` in it becomes a number of its own. */
function fill(piece: string, bytes: number, most = Number.POSITIVE_INFINITY): string {
  const numbered = piece.includes('{}');
  const length = piece.length + (numbered ? 4 : 0);
  const count = Math.max(1, Math.min(most, Math.floor(bytes / length)));
  if (!numbered) return piece.repeat(count);
  return Array.from({ length: count }, (_, at) => piece.replaceAll('{}', String(at))).join('');
}

function mail(fields: readonly string[], body: string): Buffer {
  return Buffer.from(`${[...ENVELOPE, ...fields].join('\r\n')}\r\n\r\n${body}`, 'latin1');
}

function plain(piece: string, most?: number): WorstMail['make'] {
  return (bytes) => mail([], fill(piece, bytes, most));
}

function typed(type: string, encoding: string, piece: string): WorstMail['make'] {
  const fields = [`Content-Type: ${type}`, `Content-Transfer-Encoding: ${encoding}`];
  return (bytes) => mail(fields, fill(piece, bytes));
}

const html = (piece: string) => typed('text/html; charset=utf-8', '8bit', piece);

/** In the middle of the header, where it is part of no envelope. */
function field(name: string, piece: string, most?: number): WorstMail['make'] {
  return (bytes) => mail([`${name}: ${fill(piece, bytes, most)}`], 'Hello');
}

function parts(piece: string, most?: number): WorstMail['make'] {
  return (bytes) =>
    mail(
      ['Content-Type: multipart/mixed; boundary=b'],
      `--b\r\n\r\nHello\r\n${fill(piece, bytes, most)}--b--\r\n`,
    );
}

function attached(head: readonly string[], piece: string): WorstMail['make'] {
  const opening = ['--b', ...head, '', ''].join('\r\n');
  return (bytes) =>
    mail(
      ['Content-Type: multipart/mixed; boundary=b'],
      `--b\r\n\r\nHello\r\n${opening}${fill(piece, bytes)}\r\n--b--\r\n`,
    );
}

function nestedMultiparts(bytes: number): Buffer {
  const levels = Array.from(
    { length: Math.min(1_000, Math.ceil(bytes / 60)) },
    (_, at) => `Content-Type: multipart/mixed; boundary=b${at}\r\n\r\n--b${at}\r\n`,
  );
  const nested = `${levels.slice(1).join('')}\r\n${fill('core\r\n', bytes)}`;
  return mail(['Content-Type: multipart/mixed; boundary=b0'], `--b0\r\n${nested}`);
}

function signature(more: string): string {
  return `DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=quayside.example; s=x;${more} h=from:subject; bh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=; b=aGVsbG8=`;
}

/** As many body hashes as a mail can ask for. */
const SIGNED = Array.from({ length: 20 }, (_, at) => signature(` l=${1_000_000 + at};`));

/**
 * All shapes that were thought of; those that cost most are tests. The outcome is that of the full size;
 * a small one of them may be read where the large one is not.
 */
export const WORST_MAILS: readonly WorstMail[] = [
  archived('one line', plain('x')),
  archived('newlines', plain('\n')),
  archived('CRLF', plain('\r\n')),
  archived('bare CR', plain('\r')),
  archived('NUL', plain('\0')),
  archived('spaces', plain(' ')),
  archived('dashes', plain('-')),
  archived('lines of dashes', plain('--\r\n')),
  archived('words', plain('lorem ipsum dolor sit amet, consectetur adipiscing elit sed do\r\n')),
  archived('quotes', plain('>')),
  archived('quoted lines', plain('>>>>>>>> x\r\n')),
  archived('lines like attributions', plain('On Mon, "<x, "<x wrote:\r\n')),
  archived('a forward, again and again', (bytes) => mail([], fill(FORWARD, bytes))),
  archived('a forward of newlines', (bytes) => mail([], `${FORWARD}${fill('\n', bytes)}`)),
  archived('100,000 recipients', (bytes) =>
    mail([`Cc: ${fill('P {} <p{}@acme.example>,\r\n ', bytes, 100_000)}x@acme.example`], 'Hello'),
  ),
  archived('100,000 bare recipients', (bytes) =>
    mail([`Cc: ${fill('p{}@acme.example,', bytes, 100_000)}x@acme.example`], 'Hello'),
  ),
  refused('one Cc over all', field('Cc', 'P {} <p{}@acme.example>,\r\n ')),
  refused('one Cc of quotes', field('Cc', '"')),
  refused('folds', field('X-Folded', '\r\n x')),
  refused('fields', (bytes) => mail([fill('X: y\r\n', bytes).trimEnd()], 'Hello')),
  refused('From again and again', (bytes) =>
    mail([fill('From: Eve {} <eve@evil.example>\r\n', bytes).trimEnd()], 'Hello'),
  ),
  archived('100,000 encoded words', (bytes) =>
    mail([`X-Words: ${fill('=?utf-8?Q?=C3=A4?= ', bytes, 100_000)}`], 'Hello'),
  ),
  archived('a subject of encoded words', (bytes) =>
    mail([fill('Keywords: =?iso-2022-jp?B?GyRCJCIbKEI=?= ', bytes, 100_000)], 'Hello'),
  ),
  archived('4 MB of references', (bytes) =>
    mail([`References: ${fill('<{}@x.example>\r\n ', Math.min(bytes, 4_000_000))}<x>`], 'Hello'),
  ),
  archived('a boundary of 60 KB', (bytes) => {
    const boundary = 'b'.repeat(60_000);
    const body = fill(`--${boundary}x\r\n`, bytes);
    return mail([`Content-Type: multipart/mixed; boundary="${boundary}"`], body);
  }),
  refused('multiparts, 1,000 deep', nestedMultiparts),
  archived('mails in mails, 1,000 deep', (bytes) =>
    mail(
      ['Content-Type: message/rfc822'],
      `${`From: ${WORST_RECIPIENT}\r\nContent-Type: message/rfc822\r\n\r\n`.repeat(1_000)}${fill('core\r\n', bytes)}`,
    ),
  ),
  refused('100,000 parts', parts('--b\r\n\r\nx\r\n', 100_000)),
  archived('900 attached mails', (bytes) =>
    parts(
      `--b\r\nContent-Type: message/rfc822\r\n\r\nFrom: ${WORST_RECIPIENT}\r\nDate: today\r\n\r\n${'hi\r\n'.repeat(Math.ceil(bytes / 900 / 4))}`,
      900,
    )(bytes * 2),
  ),
  archived('lines that begin like a boundary', parts('--bx\r\n')),
  archived('HTML: paragraphs', html('<p>x</p>\r\n')),
  archived('HTML: nested elements', html('<div>')),
  archived('HTML: nested tables', html('<table><tr><td>')),
  archived('HTML: attributes', (bytes) =>
    mail(['Content-Type: text/html'], `<p ${fill('a{}=1 ', bytes)}>x</p>`),
  ),
  archived('HTML: a style', (bytes) =>
    mail(['Content-Type: text/html'], `<style>${fill('a{color:red}', bytes)}</style><p>x</p>`),
  ),
  archived('HTML: unclosed tags', html('<a href="')),
  archived('HTML: brackets', html('<')),
  archived('HTML: entities', html('&amp;')),
  archived('HTML: quotes', html('<blockquote>&gt;')),
  archived('HTML: comments', html('<!--')),
  archived('HTML: a picture in its address', (bytes) =>
    mail(
      ['Content-Type: text/html'],
      `<p>Hello</p><img src="data:image/png;base64,${fill('A', bytes)}">`,
    ),
  ),
  archived('base64 on one line', typed('text/plain; charset=utf-8', 'base64', 'eHh4')),
  archived('base64 of "=" alone', typed('text/plain', 'base64', '=')),
  archived('quoted-printable: soft breaks', typed('text/plain', 'quoted-printable', '=\r\n')),
  archived('quoted-printable: one line', typed('text/plain', 'quoted-printable', '=3D')),
  archived('utf-7', typed('text/plain; charset=utf-7', '7bit', '+AGE-')),
  archived('iso-2022-jp', typed('text/plain; charset=iso-2022-jp', '7bit', '\x1b$B$"\x1b(B')),
  archived('iso-2022-kr', typed('text/plain; charset=iso-2022-kr', '7bit', '\x0e!!\x0f')),
  archived('utf-16', typed('text/plain; charset=utf-16', '8bit', 'x\0')),
  archived('format=flowed', typed('text/plain; format=flowed; delsp=yes', '7bit', '> x \r\n')),
  archived(
    'an attachment of base64',
    attached(
      ['Content-Type: application/zip', 'Content-Transfer-Encoding: base64'],
      `${'QUJD'.repeat(19)}\r\n`,
    ),
  ),
  archived(
    'winmail.dat',
    attached(
      ['Content-Type: application/ms-tnef; name=winmail.dat', 'Content-Transfer-Encoding: base64'],
      'eJ8+',
    ),
  ),
  archived(
    'an attached mail in base64',
    attached(
      ['Content-Type: message/rfc822', 'Content-Transfer-Encoding: base64'],
      `${Buffer.from(`From: ${WORST_RECIPIENT}\r\n`).toString('base64').replaceAll('=', '')}\r\n`,
    ),
  ),
  archived(
    'a calendar',
    attached(
      ['Content-Type: text/calendar; method=REQUEST'],
      'ATTENDEE;CN=Person {}:mailto:p{}@acme.example\r\n',
    ),
  ),
  archived('signatures over one line', (bytes) => mail(SIGNED.slice(0, 3), fill('x', bytes))),
  archived('signatures over 900,000 lines', (bytes) =>
    mail(SIGNED.slice(0, 3), fill(`x${' '.repeat(53)}\n`, bytes, 900_000)),
  ),
  archived('20 signatures over newlines', (bytes) => mail(SIGNED, fill('\n', bytes))),
  archived('20 signatures over one line', (bytes) => mail(SIGNED, fill('x', bytes))),
  archived('20 signatures over spaces', (bytes) => mail(SIGNED, fill('x \n', bytes))),
  archived('a signature over 80,000 folds', (bytes) =>
    mail([signature(''), `X-Folded:${fill('\n x', Math.min(bytes, 240_000))}`], 'Hello'),
  ),
];

/** A mail of the kind that is no duplicate of another one. */
export function worstCopy({ make }: WorstMail, bytes: number, copy: number): Buffer {
  return Buffer.concat([Buffer.from(`Message-ID: <${copy}@worst.example>\r\n`), make(bytes)]);
}
