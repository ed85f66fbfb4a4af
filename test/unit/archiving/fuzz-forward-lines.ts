import fc from 'fast-check';
import { RECIPIENTS, SENDERS } from '../../support/forwards/people.ts';
import {
  appleOf,
  LANGUAGES,
  labelsOf,
  thunderbirdOf,
  wordsOf,
} from '../../support/forwards/words.ts';
import { outlookLike } from '../../support/forwards/write-html.ts';

/** Lines that mean something to who looks for a forwarded mail, where they don't belong. */
const person = fc.constantFrom(...SENDERS, ...RECIPIENTS);
const language = fc.constantFrom(...LANGUAGES);
const label = fc
  .tuple(language, fc.constantFrom('from', 'sent', 'to', 'cc', 'subject', 'date'))
  .map(([spoken, which]) => labelsOf(spoken)[which]);

const STRAY = [
  '',
  ' ',
  '> ',
  '>',
  '-- ',
  '________________________________',
  '-----Original Message-----',
  '---------- Forwarded message ---------',
  '----- End forwarded message -----',
  'Begin forwarded message:',
  'From:',
  'From: jane at roe.example',
  'Date: Mon, 3 Mar 2025 10:15:00 +0100',
  'Tel: +44 20 7946 0000',
  'On Mon, 3 Mar 2025 at 10:15, Ella Berg <ella.berg@eik.example> wrote:',
  'Ella Berg <ella.berg@eik.example>;',
  '<ella.berg@eik.example>',
  '=?utf-8?q?ella.berg=40eik.example?=',
  '\u202eFrom: ella.berg@eik.example',
];

export const strayLine: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...STRAY),
  fc.tuple(label, person).map(([word, who]) => `${word}: ${outlookLike(who)}`),
  fc
    .tuple(label, person, person)
    .map(([word, one, two]) => `${word}: ${outlookLike(one)}; ${outlookLike(two)}`),
  fc.tuple(label, person).map(([word, who]) => `> ${word}: ${outlookLike(who)}`),
  person.map((who) => `E-mail: ${who.address}`),
  person.map((who) => `See what ${outlookLike(who)} writes below:`),
  language.map((spoken) => `-------- ${thunderbirdOf(spoken).title} --------`),
  language.map((spoken) => `> ${appleOf(spoken).title}:`),
  language.map((spoken) => wordsOf(spoken).wrote),
);

/** Where in a text: near its beginning most often, where the block stands. */
export const place: fc.Arbitrary<number> = fc
  .double({ min: 0, max: 0.999_999, noNaN: true })
  .map((share) => share * share);

export type LinesChange = (lines: readonly string[]) => string[];

/** What people, programs and gateways do to the lines of a text. */
export const linesChange: fc.Arbitrary<LinesChange> = fc.oneof(
  fc.tuple(place, strayLine).map(([at, line]) => edit(at, (lines, i) => lines.splice(i, 0, line))),
  fc.tuple(place, strayLine).map(([at, line]) => edit(at, (lines, i) => lines.splice(i, 1, line))),
  place.map((at) => edit(at, (lines, i) => lines.splice(i, 1))),
  fc
    .tuple(place, place)
    .map(([at, to]) =>
      edit(at, (lines, i) => lines.splice(Math.floor(to * lines.length), 0, lines[i] ?? '')),
    ),
  fc.tuple(place, place).map(([at, to]) => edit(at, (lines, i) => swap(lines, i, to))),
  fc.tuple(place, place).map(([at, share]) => edit(at, (lines, i) => breakLine(lines, i, share))),
  place.map((at) =>
    edit(at, (lines, i) => lines.splice(i, 2, `${lines[i] ?? ''} ${lines[i + 1] ?? ''}`)),
  ),
  fc.tuple(place, place).map(
    ([from, to]): LinesChange =>
      (lines) =>
        quote(lines, from, to),
  ),
  fc.constant<LinesChange>((lines) => lines.map((line) => line.replace(/^> ?/, ''))),
  fc.constant<LinesChange>((lines) => lines.flatMap((line) => [line, ''])),
);

function edit(at: number, how: (lines: string[], index: number) => unknown): LinesChange {
  return (before) => {
    const lines = [...before];
    how(lines, Math.floor(at * lines.length));
    return lines;
  };
}

function swap(lines: string[], one: number, share: number): void {
  const other = Math.floor(share * lines.length);
  [lines[one], lines[other]] = [lines[other] ?? '', lines[one] ?? ''];
}

function breakLine(lines: string[], at: number, share: number): void {
  const line = lines[at] ?? '';
  const cut = Math.floor(share * line.length);
  lines.splice(at, 1, line.slice(0, cut), line.slice(cut));
}

function quote(lines: readonly string[], from: number, to: number): string[] {
  const [first, last] = [from, from + to].map((share) => Math.floor(share * lines.length));
  return lines.map((line, at) => (at >= (first ?? 0) && at <= (last ?? 0) ? `> ${line}` : line));
}
