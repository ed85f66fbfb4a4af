import { encodeForward } from './encode-forward.ts';
import type { ForwardCase } from './forward-case.ts';
import { Picker } from './picker.ts';
import { PROSE } from './prose.ts';
import type { Language } from './words.ts';
import { outlookLike, paragraphs } from './write-html.ts';
import { AT, block, ELLA, JANE, SPOKEN, thunderbirdBlock } from './write-traps.ts';
import { writtenDates } from './written-dates.ts';

interface Lure {
  readonly name: string;
  /** The From line of the block. */
  readonly from: string;
  /** Lines above the block. */
  above(language: Language): string[];
}

const LURES: readonly Lure[] = [
  {
    name: 'a header in a sentence of the remark',
    from: outlookLike(JANE),
    above: (language) => [
      PROSE[language].remark[0],
      '',
      `(${block(language, outlookLike(ELLA)).slice(0, 4).join('; ')})`,
    ],
  },
  {
    name: 'the address of another as a name',
    from: `"${ELLA.address}" <${JANE.address}>`,
    above: (language) => [PROSE[language].remark[0]],
  },
  {
    name: 'the address of another in the remark',
    from: outlookLike(JANE),
    above: (language) => [PROSE[language].remark[1], '', `Cc: ${ELLA.address}`],
  },
];

/** Forwards of Jane's mail that have Ella's address where a careless reader takes it for the sender. */
export function writeLures(): ForwardCase[] {
  return LURES.flatMap((lure) =>
    SPOKEN.flatMap((language) =>
      (['text', 'html'] as const).map((shape) => writeLure(lure, language, shape)),
    ),
  );
}

function writeLure(lure: Lure, language: Language, shape: 'text' | 'html'): ForwardCase {
  const name = `Lure, ${lure.name}, ${language} (${shape})`;
  const picker = new Picker(name);
  const above = lure.above(language);
  const text = [...above, '', ...thunderbirdBlock(language, lure.from)].join('\n');
  const subject = PROSE[language].subject;
  const written = { subject: `Fwd: ${subject}`, text, html: paragraphs([text], 'div') };
  return {
    name,
    client: 'Lures',
    language,
    layout: lure.name,
    heldOut: picker.heldOut,
    raw: encodeForward(written, { language, shape, flowed: false, picker }),
    expected: {
      sender: JANE.address,
      name: lure.from.startsWith('"') ? ELLA.address : JANE.name,
      date: AT.toISOString(),
      dateRaw: writtenDates.rfc(AT, language),
      subject,
      remark: above.join('\n'),
      to: ['max.sample@letterbook.example'],
      cc: [],
    },
  };
}
