import {
  attachmentPart,
  buildMail,
  encodedWords,
  type Field,
  mailbox,
  messagePart,
  multipart,
  type Part,
  textPart,
} from '../../mail-builder.ts';
import { encodeBody } from '../encode-forward.ts';
import type { Person } from '../forward-case.ts';
import { canonical, RECIPIENTS, SENDERS } from '../people.ts';
import type { Picker } from '../picker.ts';
import { PROSE } from '../prose.ts';
import { type Language, thunderbirdOf } from '../words.ts';
import { headerLike, paragraphs } from '../write-html.ts';
import { writtenDates } from '../written-dates.ts';
import type { Inner } from './attached-case.ts';

/** What stands in an attached mail beside its text. */
export type InnerKind = 'plain' | 'with a file' | 'with a mail' | 'with a block' | 'our own';

const DAY = 86_400_000;
const ORDINARY = /^[\x20-\x7e]*$/;

export function innerMail(language: Language, kind: InnerKind, picker: Picker): Inner {
  const { subject: topic, body } = PROSE[language];
  const from = kind === 'our own' ? RECIPIENTS[0] : picker.of(SENDERS);
  if (from === undefined) throw new Error('There is nobody to write as.');
  const at = new Date(
    Date.UTC(2025, 0, 1, 6) + picker.below(650) * DAY + picker.below(720) * 60_000,
  );
  const to = kind === 'our own' ? [picker.of(SENDERS)] : RECIPIENTS.slice(0, 1 + picker.below(2));
  const cc = picker.below(3) === 0 ? RECIPIENTS.slice(-2) : [];
  const subject = picker.of(['', 'Re: ', 'Fwd: ']) + topic;
  const dateRaw = writtenDates.rfc(at, language);
  const messageId = `<${String(at.getTime())}.${String(picker.below(9_999))}@roe.example>`;
  const fields: Field[] = [
    ['Received', 'from mail.roe.example by mx.letterbook.example; Thu, 26 Nov 2026 09:00:00 +0000'],
    ['From', inHeader(from)],
    ['To', to.map(inHeader).join(', ')],
    ...(cc.length > 0 ? [['Cc', cc.map(inHeader).join(', ')] as const] : []),
    ['Subject', ORDINARY.test(subject) ? subject : encodedWords(subject)],
    ['Date', dateRaw],
    ['Message-ID', messageId],
  ];
  const lines = kind === 'with a block' ? [...body, ...blockInside(language, at)] : body;
  const shape = picker.of(['text', 'html', 'both'] as const);
  const written = { subject, text: lines.join('\n\n'), html: paragraphs(lines) };
  const text = encodeBody(written, { language, shape, flowed: false, picker });
  return {
    subject,
    raw: buildMail(fields, withMore(text, kind)),
    expected: {
      messageId,
      sender: canonical(from.address),
      name: from.name,
      date: at.toISOString(),
      dateRaw,
      subject,
      to: to.map(({ address }) => canonical(address)),
      cc: cc.map(({ address }) => canonical(address)),
    },
  };
}

function inHeader({ name, address }: Person): string {
  return mailbox(name, canonical(address));
}

function withMore(text: Part, kind: InnerKind): Part {
  if (kind === 'with a file') {
    const file = {
      fileName: 'doors.pdf',
      contentType: 'application/pdf',
      content: Buffer.from('%PDF-1.7'),
    };
    return multipart('mixed', [text, attachmentPart(file)]);
  }
  return kind === 'with a mail'
    ? multipart('mixed', [text, messagePart(ELLAS, 'older.eml')])
    : text;
}

/** Not the mail that was forwarded: it stands inside of that. */
const ELLAS = buildMail(
  [
    ['From', 'Ella Berg <ella@eik.example>'],
    ['To', 'Jane Roe <jane@roe.example>'],
    ['Subject', 'Oak for the doors'],
    ['Date', 'Mon, 03 Mar 2025 10:15:00 +0100'],
  ],
  textPart('We have oak.'),
);

function blockInside(language: Language, at: Date): string[] {
  const labels = thunderbirdOf(language);
  const lines = [
    `-------- ${labels.title} --------`,
    `${labels.subject}: ${PROSE[language].subject} (2)`,
    `${labels.date}: ${writtenDates.rfc(new Date(at.getTime() - DAY), language)}`,
    `${labels.from}: ${headerLike({ name: 'Ella Berg', address: 'ella@eik.example' })}`,
    `${labels.to}: jane@roe.example`,
  ];
  return [lines.join('\n'), PROSE[language].remark[1]];
}
