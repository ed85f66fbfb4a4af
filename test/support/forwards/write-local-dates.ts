import { encodeForward } from './encode-forward.ts';
import type { ForwardCase } from './forward-case.ts';
import { LOCAL_DATES, type LocalDate } from './local-dates.ts';
import { Picker } from './picker.ts';
import { PROSE } from './prose.ts';
import { labelsOf, wordsOf } from './words.ts';
import { outlookLike, paragraphs } from './write-html.ts';
import { JANE } from './write-traps.ts';

/** Each date in a block whose labels are in its language: as text, and as HTML. */
export function writeLocalDates(): ForwardCase[] {
  return LOCAL_DATES.map((date, index) => writeLocalDate(date, index % 2 === 0 ? 'text' : 'html'));
}

function writeLocalDate(
  [language, written, moment]: LocalDate,
  shape: 'text' | 'html',
): ForwardCase {
  const name = `Date, "${written}", ${language} (${shape})`;
  const picker = new Picker(name);
  const { subject, body, remark } = PROSE[language];
  const labels = labelsOf(language);
  const lines = [
    remark[0],
    '',
    `-------- ${wordsOf(language).original} --------`,
    `${labels.from}: ${outlookLike(JANE)}`,
    `${labels.date}: ${written}`,
    `${labels.to}: max.sample@letterbook.example`,
    `${labels.subject}: ${subject}`,
    '',
    ...body,
  ];
  const text = { subject: `Fwd: ${subject}`, text: lines.join('\n'), html: '' };
  const html = paragraphs([text.text], 'div');
  return {
    name,
    client: 'Local dates',
    language,
    layout: moment === null ? 'not told' : 'told',
    heldOut: picker.heldOut,
    raw: encodeForward({ ...text, html }, { language, shape, flowed: false, picker }),
    expected: {
      sender: JANE.address,
      name: JANE.name,
      date: moment === null ? null : new Date(moment).toISOString(),
      dateRaw: written,
      subject,
      remark: remark[0],
      to: ['max.sample@letterbook.example'],
      cc: [],
    },
  };
}
