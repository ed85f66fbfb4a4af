import { encodeText } from '../mail-charsets.ts';
import { multipart, textPart, type Field, type Part } from '../mail-builder.ts';
import type { ContentKind } from './content.ts';
import { letter } from './texts.ts';

/** Mail that breaks the rules, as it arrives every day: filed like any other. */
export const brokenContents: readonly ContentKind[] = [
  () => ({ subject: 'Closing boundary is missing', part: withoutClosing() }),
  () => ({
    subject: 'Truncated base64',
    part: raw([['Content-Type', 'text/plain; charset=utf-8'], base64], 'VGhpcyBlbmRzIHRvbyBlYX'),
  }),
  () => ({
    subject: 'Not base64 at all',
    part: raw([['Content-Type', 'text/plain'], base64], '*** this is not base64 ***\r\n'),
  }),
  () => ({
    subject: 'Charset that lies',
    part: textPart(letter('german'), {
      charset: 'iso-8859-1',
      encoding: '8bit',
      declaredCharset: 'utf-8',
    }),
  }),
  () => ({
    subject: 'Charset nobody knows',
    part: textPart(letter('french'), { encoding: '8bit', declaredCharset: 'x-unknown-8' }),
  }),
  () => ({
    subject: '=?utf-8?Q?broken=ZZ_word?= =?nonsense?X?abc?= =?utf-8?B?w6',
    part: raw([['Content-Type', ';;; nothing / useful']], 'Hello\r\n'),
  }),
  () => ({
    subject: 'Boundary is not named',
    part: raw([['Content-Type', 'multipart/mixed']], '--x\r\n\r\nHello\r\n--x--\r\n'),
  }),
  () => ({ subject: 'No parts', part: raw([['Content-Type', 'multipart/mixed; boundary=x']], '') }),
  () => ({ subject: 'Long line', part: textPart('chairs '.repeat(3_000), { encoding: '8bit' }) }),
  () => ({
    subject: 'Raw eight-bit text without any declaration',
    part: { fields: [], body: encodeText(letter('spanish'), 'iso-8859-1') },
  }),
  () => ({ subject: 'Deep', part: nested(100) }),
  () => ({
    subject: 'Unknown transfer encoding',
    part: raw([['Content-Transfer-Encoding', 'x-uue']], 'begin 644 x\r\nend\r\n'),
  }),
  () => ({ subject: 'Bare line feeds', part: raw([], 'one\ntwo\n\nthree\n') }),
];

const base64: Field = ['Content-Transfer-Encoding', 'base64'];

/** Multiparts inside each other, `depth` deep, with one text at the bottom. */
export function nested(depth: number): Part {
  let part = textPart(letter('english'));
  for (let level = 0; level < depth; level++) part = multipart('mixed', [part]);
  return part;
}

function raw(fields: readonly Field[], body: string): Part {
  return { fields, body: Buffer.from(body) };
}

function withoutClosing(): Part {
  const whole = multipart('mixed', [textPart(letter('english')), textPart(letter('german'))]);
  return { fields: whole.fields, body: whole.body.subarray(0, -34) };
}
