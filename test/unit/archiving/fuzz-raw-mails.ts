import fc from 'fast-check';
import { SCENARIO } from './scenario-core.ts';

/** Small mails of every kind; what a mail's size does is tried elsewhere. */
const CORPUS: readonly string[] = SCENARIO.deliveries
  .filter(({ raw }) => raw.length < 20_000)
  .map(({ raw }) => raw.toString('latin1'));

const NASTY_LINES = [
  'From: dana@northquay.example',
  'From : tom@northquay.example',
  'From: "dana@northquay.example" <stranger@elsewhere.example>',
  'From: a@b.example, dana@northquay.example',
  'From:',
  'Resent-From: dana@northquay.example',
  'To: undisclosed-recipients:;',
  'To: archive@letters.northquay.example',
  'Cc: =?utf-8?q?dana=40northquay.example?= <x@y.example>',
  'Cc: group: tom@northquay.example, "x\\" y"@z.example;, ,,',
  'Bcc: <dana@northquay.example',
  'Auto-Submitted: auto-replied',
  'Return-Path: <>',
  'Date: Mon, 99 Foo 275760 99:99:99 +9999',
  'Message-ID: <\0\r>',
  'Content-Type: multipart/mixed; boundary=""',
  'Content-Type: message/rfc822',
  'Content-Type: text/html; charset=x-unknown-\xff',
  'Content-Transfer-Encoding: base64',
  '---------- Forwarded message ---------',
  '-----Original Message-----',
  '> From: tom@northquay.example',
  'X-Letterbook-Instance: a1b2c3',
  ' \t',
  '',
  '\xff\xfe\0\ud83d',
];

const line = fc.oneof(fc.constantFrom(...NASTY_LINES), fc.constantFrom(...CORPUS).chain(anyLineOf));
/** Where in a text: a share of its length, so that it keeps its sense when the text changes. */
const place = fc.double({ min: 0, max: 0.999_999, noNaN: true });

type Change = (mail: string) => string;

/** What happens to mail on its way, or is done to it. */
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.tuple(place, line).map(([at, text]) => edit(at, (lines, i) => lines.splice(i, 0, text))),
  fc.tuple(place, line).map(([at, text]) => edit(at / 10, (lines, i) => lines.splice(i, 1, text))),
  place.map((at) => edit(at, (lines, i) => lines.splice(i, 1))),
  fc
    .tuple(place, place)
    .map(([at, to]) =>
      edit(at, (lines, i) => lines.splice(Math.floor(to * lines.length), 0, lines[i] ?? '')),
    ),
  fc.tuple(place, fc.nat(255)).map(([at, byte]): Change => (mail) => {
    const i = Math.floor(at * mail.length);
    return mail.slice(0, i) + String.fromCharCode(byte) + mail.slice(i + 1);
  }),
  place.map(
    (at): Change =>
      (mail) =>
        mail.slice(0, Math.floor(at * mail.length)),
  ),
  fc.tuple(place, fc.constantFrom(...CORPUS)).map(([at, other]): Change => (mail) => {
    return mail.slice(0, Math.floor(at * mail.length)) + other.slice(Math.floor(at * other.length));
  }),
  fc.constant<Change>((mail) => mail.replaceAll('\r\n', '\n')),
);

/** The bytes of a mail of the scenario after a few changes. */
export const anyRawMail: fc.Arbitrary<Buffer> = fc
  .tuple(fc.constantFrom(...CORPUS), fc.array(change, { maxLength: 5 }))
  .map(([mail, changes]) => {
    const changed = changes.reduce((text, each) => each(text), mail);
    return Buffer.from(changed, 'latin1');
  });

function edit(at: number, how: (lines: string[], index: number) => void): Change {
  return (mail) => {
    const lines = mail.split('\r\n');
    how(lines, Math.floor(at * lines.length));
    return lines.join('\r\n');
  };
}

function anyLineOf(mail: string): fc.Arbitrary<string> {
  return fc.constantFrom(...mail.split('\r\n').slice(0, 60));
}
