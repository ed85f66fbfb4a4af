import { buildMail, textPart } from '../../mail-builder.ts';
import { outerHeader } from '../encode-forward.ts';
import { Picker } from '../picker.ts';
import { PROSE } from '../prose.ts';
import type { Language } from '../words.ts';
import type { AttachedCase, Inner, Wrapping } from './attached-case.ts';
import { type Damage, DAMAGES } from './broken-mails.ts';
import { innerMail, type InnerKind } from './inner-mail.ts';
import { WRAPPINGS } from './wrappings.ts';

const SPOKEN: readonly Language[] = [
  'en',
  'de',
  'fr',
  'es',
  'it',
  'pl',
  'ru',
  'ja',
  'zh-Hans',
  'ar',
];
const CONTENTS: readonly (readonly InnerKind[])[] = [
  ['plain'],
  ['plain', 'with a file'],
  ['with a mail'],
  ['with a block', 'plain', 'our own'],
];

/**
 * Forwards whose mails are attached, with what a person reads in each. Written from what is known of
 * the programs and before the code that reads them was touched. The same every time.
 */
export function buildAttachedCorpus(): AttachedCase[] {
  const whole = WRAPPINGS.flatMap((wrapping, row) =>
    CONTENTS.flatMap((kinds, column) =>
      [0, 1, 2].map((index) => {
        const language = SPOKEN[(row * 7 + column * 3 + index * 4) % SPOKEN.length] ?? 'en';
        return writeAttached(
          wrapping,
          wrapping.name === 'nothing but the mail' ? kinds.slice(0, 1) : kinds,
          language,
          index,
        );
      }),
    ),
  );
  const broken = DAMAGES.flatMap((damage, row) =>
    [0, 1, 2, 3].map((index) => {
      const wrapping = WRAPPINGS[(row + index * 2) % 10];
      if (wrapping === undefined) throw new Error('There is no such wrapping.');
      return writeBroken(
        damage,
        wrapping,
        SPOKEN[(row + index * 3) % SPOKEN.length] ?? 'en',
        index,
      );
    }),
  );
  return [...whole, ...broken];
}

function writeAttached(
  wrapping: Wrapping,
  kinds: readonly InnerKind[],
  language: Language,
  index: number,
): AttachedCase {
  const name = `${wrapping.client}, attached, ${wrapping.name}, ${kinds.join(' and ')}, ${language}, ${String(index + 1)}`;
  const picker = new Picker(name);
  const mails = kinds.map((kind, at) =>
    innerMail(language, kind, new Picker(`${name}, mail ${String(at + 1)}`)),
  );
  return assemble(wrapping, language, picker, mails, {
    name,
    layout: `attached, ${wrapping.name}`,
  });
}

/** The damaged mail is alone in every other case; else a whole one follows. */
function writeBroken(
  damage: Damage,
  wrapping: Wrapping,
  language: Language,
  index: number,
): AttachedCase {
  const name = `${wrapping.client}, attached, ${wrapping.name}, ${damage.name}, ${language}, ${String(index + 1)}`;
  const picker = new Picker(name);
  const first = innerMail(language, 'plain', new Picker(`${name}, mail 1`));
  const broken = { ...first, raw: damage.damage(first) };
  const after =
    index % 2 === 0 ? [] : [innerMail(language, 'plain', new Picker(`${name}, mail 2`))];
  const whole = assemble(wrapping, language, picker, [broken, ...after], {
    name,
    layout: `attached, ${damage.name}`,
  });
  const [one, ...others] = whole.expected;
  if (damage.leaves === 'a mail' || one === undefined) return whole;
  const expected = damage.leaves === 'nothing' ? others : [{ ...one, sender: null }, ...others];
  return { ...whole, expected };
}

function assemble(
  wrapping: Wrapping,
  language: Language,
  picker: Picker,
  mails: readonly Inner[],
  { name, layout }: { name: string; layout: string },
): AttachedCase {
  const [short, long] = PROSE[language].remark;
  const alone = wrapping.name === 'nothing but the mail';
  const remark = alone ? '' : picker.of(['', short, `${short}\n\n${long}\n\n-- \nMax Sample`]);
  const above = remark === '' && picker.below(2) === 0 ? null : textPart(remark);
  return {
    name,
    client: wrapping.client,
    language,
    layout,
    heldOut: picker.heldOut,
    raw: buildMail(
      outerHeader(`Fwd: ${mails[0]?.subject ?? ''}`.replace(/[^\x20-\x7e]/g, '')),
      wrapping.wrap(above, mails),
    ),
    expected: mails.map((mail) => ({ ...mail.expected, remark })),
  };
}
