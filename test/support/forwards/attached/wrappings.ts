import {
  type Field,
  multipart,
  type Part,
  type TransferEncoding,
  transferEncode,
} from '../../mail-builder.ts';
import type { Inner, Wrapping } from './attached-case.ts';

/** How programs attach a mail to a mail: types, encodings, names, places. */

type Named = (fileName: string, index: number) => readonly Field[];

const type = (value: string): Field => ['Content-Type', value];
const disposition = (value: string): Field => ['Content-Disposition', value];
const coded = (value: TransferEncoding): Field => ['Content-Transfer-Encoding', value];

function part(fields: readonly Field[], { raw }: Inner): Part {
  const encoding = fields.find(([name]) => name === 'Content-Transfer-Encoding')?.[1];
  return { fields, body: encoding === 'base64' ? transferEncode(raw, 'base64') : raw };
}

/** As file names may look; the subject is what programs take. */
function fileNameOf({ subject }: Inner): string {
  return `${subject.replace(/[\\/:*?"<>|]/g, '_')}.eml`;
}

function extended(fileName: string): string {
  const escaped = encodeURIComponent(fileName).replace(
    /['()*]/g,
    (each) => `%${each.charCodeAt(0).toString(16)}`,
  );
  return `filename*=UTF-8''${escaped}`;
}

function mixed(client: string, name: string, fieldsOf: Named): Wrapping {
  return {
    client,
    name,
    wrap: (remark, mails) =>
      multipart('mixed', [
        ...(remark === null ? [] : [remark]),
        ...mails.map((mail, index) => part(fieldsOf(fileNameOf(mail), index), mail)),
      ]),
  };
}

/** Several mails are a digest, whose parts are mails without saying so (RFC 2046 section 5.1.5). */
const digest: Wrapping = {
  client: 'Evolution',
  name: 'digest',
  wrap: (remark, mails) =>
    multipart('mixed', [
      ...(remark === null ? [] : [remark]),
      multipart(
        'digest',
        mails.map((mail) => ({ fields: [], body: mail.raw })),
      ),
    ]),
};

/** The whole body is the one mail: nothing can be written above it. */
const whole: Wrapping = {
  client: 'Mutt',
  name: 'nothing but the mail',
  wrap: (_remark, [mail]) => {
    if (mail === undefined) throw new Error('There is no mail to send.');
    return part([type('message/rfc822'), coded('8bit')], mail);
  },
};

export const WRAPPINGS: readonly Wrapping[] = [
  mixed('Gmail', 'as attachment', (_name, index) => [
    type(`message/rfc822; name="mail${String(index)}.eml"`),
    disposition(`attachment; filename="mail${String(index)}.eml"`),
    ['X-Attachment-Id', `f_${String(index)}`],
  ]),
  mixed('Outlook', 'item', () => [
    type('message/rfc822'),
    disposition('attachment; creation-date="Thu, 26 Nov 2026 09:58:00 GMT"'),
  ]),
  mixed('Outlook', 'file of unknown type', (name) => [
    type('application/octet-stream; name="mail.eml"'),
    disposition(`attachment; ${extended(name)}`),
    coded('base64'),
  ]),
  mixed('Apple Mail', 'as attachment', () => [
    disposition('attachment; filename="Mail Attachment.eml"'),
    type('message/rfc822; x-unix-mode=0644; name="Mail Attachment.eml"'),
    coded('8bit'),
  ]),
  mixed('Thunderbird', 'as attachment', (name) => [
    type('message/rfc822; charset=UTF-8; name="ForwardedMessage.eml"'),
    disposition(`attachment; ${extended(name)}`),
    coded('8bit'),
  ]),
  mixed('Mutt', 'mime_forward', () => [type('message/rfc822'), disposition('inline')]),
  mixed('Evolution', 'one after the other', (name) => [
    disposition('inline'),
    ['Content-Description', `Forwarded message - ${name.replace(/[^\x20-\x7e]/g, '?')}`],
    type('message/rfc822'),
  ]),
  mixed('HCL Notes', 'in base64', () => [
    type('message/rfc822'),
    coded('base64'),
    disposition('attachment; filename="C.DTF"'),
  ]),
  mixed('K-9', 'as attachment', (_name, index) => [
    type(`application/octet-stream;\r\n name="MAIL${String(index)}.EML"`),
    coded('base64'),
    disposition(`attachment;\r\n filename="MAIL${String(index)}.EML";\r\n size=1000`),
  ]),
  mixed('Roundcube', 'as attachment', () => [
    type('message/global; name="mail.eml"'),
    coded('8bit'),
    disposition('attachment; filename="mail.eml"'),
  ]),
  digest,
  whole,
];
