import { encodeForward } from './encode-forward.ts';
import type { ForwardCase, Original, Person } from './forward-case.ts';
import { Picker } from './picker.ts';
import { PROSE } from './prose.ts';
import { type Language, labelsOf, thunderbirdOf, wroteLine } from './words.ts';
import { bracketed, outlookLike, paragraphs } from './write-html.ts';
import { writtenDates } from './written-dates.ts';

export const SPOKEN: readonly Language[] = [
  'en',
  'de',
  'fr',
  'es',
  'it',
  'nl',
  'pl',
  'ru',
  'ja',
  'he',
];
export const JANE: Person = { name: 'Jane Roe', address: 'jane@roe.example' };
export const ELLA: Person = { name: 'Ella Berg', address: 'ella@eik.example' };
const RULE = '________________________________';
export const AT = new Date('2026-03-03T09:15:00Z');

interface Trap {
  readonly name: string;
  readonly subject: 'Fwd' | 'Re' | '';
  /** The whole text. Right is to name nobody. */
  write(language: Language): string[];
}

/** A block in the manner of Outlook whose From line says `from`; null leaves the line out. */
export function block(language: Language, from: string | null): string[] {
  const labels = labelsOf(language);
  return [
    ...(from === null ? [] : [`${labels.from}: ${from}`]),
    `${labels.sent}: ${writtenDates.outlook(AT, language)}`,
    `${labels.to}: Max Sample <max.sample@letterbook.example>`,
    `${labels.subject}: ${PROSE[language].subject}`,
    '',
    ...PROSE[language].body,
  ];
}

export function thunderbirdBlock(language: Language, from: string): string[] {
  const labels = thunderbirdOf(language);
  return [
    `-------- ${labels.title} --------`,
    `${labels.subject}: \t${PROSE[language].subject}`,
    `${labels.date}: \t${writtenDates.rfc(AT, language)}`,
    `${labels.from}: \t${from}`,
    `${labels.to}: \tmax.sample@letterbook.example`,
    '',
    ...PROSE[language].body,
  ];
}

function wrote(language: Language, who: Person): string {
  return wroteLine(language, writtenDates.gmail(AT, language), bracketed(who));
}

const quote = (lines: readonly string[]) => lines.map((line) => `> ${line}`);

const TRAPS: readonly Trap[] = [
  {
    name: 'only a name in From',
    subject: 'Fwd',
    write: (language) => [RULE, ...block(language, 'Jane Roe')],
  },
  {
    name: 'two addresses in From',
    subject: 'Fwd',
    write: (language) => [RULE, ...block(language, `${outlookLike(JANE)}; ${outlookLike(ELLA)}`)],
  },
  {
    name: 'two addresses in From, Thunderbird',
    subject: 'Fwd',
    write: (language) => thunderbirdBlock(language, `${outlookLike(JANE)}, ${outlookLike(ELLA)}`),
  },
  {
    name: 'no From line',
    subject: 'Fwd',
    write: (language) => [PROSE[language].remark[0], '', RULE, ...block(language, null)],
  },
  {
    name: 'an address that is none',
    subject: 'Fwd',
    write: (language) => thunderbirdBlock(language, 'Jane Roe <jane at roe.example>'),
  },
  {
    name: 'an empty From line',
    subject: 'Fwd',
    write: (language) => [RULE, ...block(language, ' ')],
  },
  {
    name: 'a reply that quotes',
    subject: 'Re',
    write: (language) => [
      PROSE[language].remark[1],
      '',
      wrote(language, JANE),
      ...quote(PROSE[language].body),
    ],
  },
  {
    name: 'a reply that quotes a forward',
    subject: 'Re',
    write: (language) => [
      PROSE[language].remark[1],
      '',
      wrote(language, ELLA),
      ...quote([PROSE[language].remark[0], '', ...thunderbirdBlock(language, outlookLike(JANE))]),
    ],
  },
  {
    name: 'a signature like a header',
    subject: '',
    write: (language) => [
      PROSE[language].remark[0],
      '',
      '-- ',
      'Max Sample',
      `${labelsOf(language).to}: Letterbook Ltd, 1 Harbour Road`,
      `E-mail: ${JANE.address}`,
    ],
  },
  {
    name: 'a line of a header in a note',
    subject: '',
    write: (language) => [
      PROSE[language].remark[0],
      '',
      `${labelsOf(language).from}: ${outlookLike(JANE)}`,
      '',
      PROSE[language].remark[1],
    ],
  },
  {
    name: 'a header in a sentence of a note',
    subject: '',
    write: (language) => [
      PROSE[language].remark[0],
      '',
      `(${block(language, outlookLike(ELLA)).slice(0, 4).join('; ')})`,
      '',
      PROSE[language].remark[1],
    ],
  },
  {
    name: 'somebody on behalf of another',
    subject: 'Fwd',
    write: (language) => [
      RULE,
      ...block(language, `${outlookLike(ELLA)} On Behalf Of ${outlookLike(JANE)}`),
    ],
  },
];

/** Mails of which nobody can tell who sent them: an answer at all is a wrong one. */
export function writeTraps(): ForwardCase[] {
  return TRAPS.flatMap((trap) =>
    SPOKEN.flatMap((language) =>
      (['text', 'html'] as const).map((shape) => {
        const name = `Trap, ${trap.name}, ${language} (${shape})`;
        const picker = new Picker(name);
        const lines = trap.write(language);
        const own: Original['subject'] = PROSE[language].subject;
        const subject = trap.subject === '' ? own : `${trap.subject}: ${own}`;
        const html = paragraphs([lines.join('\n')], 'div');
        const options = { language, shape, flowed: false, picker };
        return {
          name,
          client: 'Traps',
          language,
          layout: trap.name,
          heldOut: picker.heldOut,
          raw: encodeForward({ subject, text: lines.join('\n'), html }, options),
          expected: NOBODY,
        };
      }),
    ),
  );
}

const NOBODY: ForwardCase['expected'] = {
  sender: null,
  name: '',
  date: null,
  dateRaw: '',
  subject: '',
  remark: '',
  to: [],
  cc: [],
};
