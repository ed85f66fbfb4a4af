import fc from 'fast-check';
import type { ParsedMail } from '../../../src/archiving/parsed-mail.ts';
import { readMessage } from '../../../src/inbound/reading/read-message.ts';
import { buildAttachedCorpus } from '../../support/forwards/attached/build-attached-corpus.ts';
import { buildForwardCorpus } from '../../support/forwards/build-forward-corpus.ts';
import { outerHeader } from '../../support/forwards/encode-forward.ts';
import {
  attachmentPart,
  buildMail,
  type Field,
  htmlPart,
  multipart,
  type Part,
  type TransferEncoding,
  textPart,
  transferEncode,
} from '../../support/mail-builder.ts';
import { contentOf } from '../inbound/reading/slice-of.ts';
import { linesChange, place } from './fuzz-forward-lines.ts';

/** A forward taken apart, so that what is changed is its text and its structure, not its encoding. */
interface Sketch {
  readonly fields: readonly Field[];
  readonly lines: readonly string[];
  readonly html: string | null;
  /** The bytes of the mails that are attached. */
  readonly mails: readonly Buffer[];
}

/** Every mail of the corpora of forwards, the part that is held out as well: nothing is tuned by it. */
export async function forwardSketches(): Promise<Sketch[]> {
  const sketches: Sketch[] = [];
  for (const { raw } of [...buildForwardCorpus(), ...buildAttachedCorpus()]) {
    const read = await readMessage(raw);
    if (read.kind === 'mail') sketches.push(sketchOf(read.mail, raw));
  }
  return sketches;
}

function sketchOf({ text, html, attachments, forwarded }: ParsedMail, raw: Buffer): Sketch {
  const paths = new Set(forwarded.map(({ partPath }) => partPath));
  const mails = attachments
    .filter(({ partPath }) => paths.has(partPath))
    .map((attachment) => contentOf(raw, attachment));
  return { fields: outerHeader('Fwd: doors'), lines: text.split('\n'), html, mails };
}

type Change = (sketch: Sketch) => Sketch;

/** The bytes of a forward of the corpora after a few changes to its lines, its HTML and its parts. */
export function anyForwardMail(sketches: readonly Sketch[]): fc.Arbitrary<Buffer> {
  const sketch = fc.constantFrom(...sketches);
  const change: fc.Arbitrary<Change> = fc.oneof(
    { weight: 6, arbitrary: linesChange.map(inText) },
    { weight: 3, arbitrary: linesChange.map(inHtml) },
    { weight: 3, arbitrary: fc.tuple(place, linesChange).map(([at, how]) => inMail(at, how)) },
    fc.tuple(place, sketch).map(([at, other]) => splice(at, other)),
    sketch.map((other): Change => (mail) => ({ ...mail, mails: [...mail.mails, ...other.mails] })),
    sketch.map((other): Change => (mail) => ({ ...mail, html: other.html })),
    fc.constant<Change>((mail) => ({ ...mail, lines: [] })),
    fc.constant<Change>((mail) => ({ ...mail, html: null })),
    fc.constant<Change>((mail) => ({ ...mail, mails: mail.mails.slice(1) })),
    fc.constant<Change>((mail) => ({ ...mail, mails: [assemble(mail, 'mixed', '8bit', 0)] })),
    fc.constantFrom<Field>(...OUTER).map((field) => inHeader(field)),
  );
  return fc
    .tuple(
      sketch,
      fc.array(change, { maxLength: 5 }),
      fc.constantFrom('mixed', 'digest', 'related', 'alternative', 'report', 'x-unknown'),
      fc.constantFrom<TransferEncoding>('8bit', 'base64', 'quoted-printable'),
      fc.nat(2),
    )
    .map(([mail, changes, subtype, encoding, how]) =>
      assemble(
        changes.reduce((changed, each) => each(changed), mail),
        subtype,
        encoding,
        how,
      ),
    );
}

const OUTER: readonly Field[] = [
  ['To', 'Jane Roe <jane.roe@roe-joinery.example>'],
  ['Cc', 'ella.berg@eik.example'],
  ['From', 'Ella Berg <ella.berg@eik.example>'],
  ['Resent-From', 'max.sample@letterbook.example'],
  ['Reply-To', 'ella.berg@eik.example'],
  ['Auto-Submitted', 'auto-replied'],
];

const inText = (how: (lines: readonly string[]) => string[]): Change => {
  return (mail) => ({ ...mail, lines: how(mail.lines) });
};

/** The pieces of HTML are its tags, each with the text behind it. */
const inHtml = (how: (pieces: readonly string[]) => string[]): Change => {
  return (mail) => {
    if (mail.html === null) return mail;
    return { ...mail, html: how(mail.html.split(/(?=<)/)).join('') };
  };
};

const inMail = (at: number, how: (lines: readonly string[]) => string[]): Change => {
  return (mail) => {
    const index = Math.floor(at * mail.mails.length);
    const change = (raw: Buffer) =>
      Buffer.from(how(raw.toString('latin1').split('\r\n')).join('\r\n'), 'latin1');
    return { ...mail, mails: mail.mails.map((raw, i) => (i === index ? change(raw) : raw)) };
  };
};

/** From there on it is another forward. */
const splice = (at: number, other: Sketch): Change => {
  return (mail) => ({
    ...mail,
    lines: [
      ...mail.lines.slice(0, Math.floor(at * mail.lines.length)),
      ...other.lines.slice(Math.floor(at * other.lines.length)),
    ],
  });
};

const inHeader = (field: Field): Change => {
  return (mail) => ({ ...mail, fields: [...mail.fields, field] });
};

function assemble(
  { fields, lines, html, mails }: Sketch,
  subtype: string,
  encoding: TransferEncoding,
  how: number,
): Buffer {
  const text = textPart(lines.join('\n'), { encoding });
  const body =
    html === null ? text : multipart('alternative', [text, htmlPart(html, { encoding })]);
  const attached = mails.map((raw) => attachedAs(raw, how));
  return buildMail(fields, attached.length === 0 ? body : multipart(subtype, [body, ...attached]));
}

function attachedAs(raw: Buffer, how: number): Part {
  if (how === 1) {
    const contentType = 'application/octet-stream';
    return attachmentPart({ fileName: 'mail.eml', contentType, content: raw });
  }
  const fields: Field[] = [['Content-Type', 'message/rfc822']];
  if (how === 0) return { fields, body: raw };
  return {
    fields: [...fields, ['Content-Transfer-Encoding', 'base64']],
    body: transferEncode(raw, 'base64'),
  };
}
