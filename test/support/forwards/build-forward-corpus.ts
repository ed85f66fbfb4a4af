import type { ForwardCase, Layout } from './forward-case.ts';
import { APPLE } from './layouts/apple.ts';
import { DESKS } from './layouts/desks.ts';
import { GMAIL } from './layouts/gmail.ts';
import { OUTLOOK } from './layouts/outlook.ts';
import { PHONES } from './layouts/phones.ts';
import { QUOTED } from './layouts/quoted.ts';
import { THUNDERBIRD } from './layouts/thunderbird.ts';
import { WEBMAIL } from './layouts/webmail.ts';
import { ZONED } from './layouts/zoned.ts';
import { writeForward } from './write-forward.ts';
import { writeLocalDates } from './write-local-dates.ts';
import { writeLures } from './write-lures.ts';
import { writeTraps } from './write-traps.ts';

const LAYOUTS: readonly Layout[] = [
  ...GMAIL,
  ...OUTLOOK,
  ...APPLE,
  ...THUNDERBIRD,
  ...PHONES,
  ...WEBMAIL,
  ...DESKS,
  ...QUOTED,
  ...ZONED,
];

/**
 * Forwards as people's mail programs write them, with what a person reads in them. Written from what
 * is known of those programs and without sight of the code that reads forwards. The same every time.
 */
export function buildForwardCorpus(): ForwardCase[] {
  const forwards = LAYOUTS.flatMap((layout) =>
    layout.languages.flatMap((language) =>
      Array.from({ length: layout.times }, (_, index) => writeForward(layout, language, index)),
    ),
  );
  return [...forwards, ...writeLocalDates(), ...writeLures(), ...writeTraps()];
}
