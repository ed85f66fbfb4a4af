import type { Part } from '../mail-builder.ts';
import { FURTHER, SPECIAL_PEOPLE, USERS } from './cast.ts';
import { userMailbox, type Desk } from './desk.ts';
import { archived, arrives, unmatched, type Fate } from './expectations.ts';
import { gmailText } from './forward-layouts-gmail.ts';
import type { ForwardLayout, Original } from './forward-layout.ts';
import { FORWARD_LAYOUTS } from './forward-layouts.ts';
import { forwardInline, named, originalMail } from './forwarded-mails.ts';
import { at } from './random.ts';
import type { Delivery, ScenarioUser } from './scenario.ts';

/**
 * Forwards that need care. Left out, because the rules leave it open: a reply sent to the archive
 * alone ("On Monday, Jane wrote:").
 */
export function forwardedOddities(desk: Desk): Delivery[] {
  return [...wayOfSending(desk), ...spellingsInTheBlock(desk), ...forwardOfAForward(desk)];
}

function layoutNamed(name: string): ForwardLayout {
  const found = FORWARD_LAYOUTS.find((layout) => layout.name === name);
  if (!found) throw new Error(`There is no layout "${name}".`);
  return found;
}

export const GMAIL = layoutNamed('Gmail, text');
const OUTLOOK = layoutNamed('Outlook on the web, text');
const APPLE = layoutNamed('Apple Mail, text');
const OUTLOOK_DESKTOP = layoutNamed('Outlook on the desktop, text');

function wayOfSending(desk: Desk): Delivery[] {
  const colleague = userMailbox(USERS.tom);
  return [GMAIL, OUTLOOK, APPLE].flatMap((layout) => [
    forwardInline(desk, layout, 'known sender', { cc: colleague }, ', colleague in Cc'),
    forwardInline(
      desk,
      layout,
      'known sender',
      { to: colleague, cc: `Archive <${desk.archive}>` },
      ', archive in Cc of a colleague',
    ),
    forwardInline(desk, layout, 'unknown sender', { to: 'undisclosed-recipients:;' }, ', in Bcc'),
    // The person forwarding may write what he likes over it; the block is what counts.
    forwardInline(
      desk,
      layout,
      'known sender',
      { subject: 'For the file' },
      ', with a subject of its own',
    ),
    forwardInline(desk, layout, 'known sender', { subject: '' }, ', with an empty subject'),
  ]);
}

/** A mail with the given body, sent to the archive alone. */
export function forward(
  desk: Desk,
  name: string,
  build: (owner: ScenarioUser) => { readonly part: Part; readonly fate: Fate; subject?: string },
): Delivery {
  const owner = desk.user();
  const { part, fate, subject } = build(owner);
  const mail = desk.write({
    from: userMailbox(owner),
    to: desk.archive,
    subject: subject ?? 'Fwd: Offer',
    part,
  });
  return arrives(`forwarded oddly: ${name}`, mail, fate);
}

function spellingsInTheBlock(desk: Desk): Delivery[] {
  const { mixedCase, idn, tagged, sharedFirst } = SPECIAL_PEOPLE;
  const written: readonly (readonly [string, Original['from'], string])[] = [
    ['capitals', { name: 'Mia', address: mixedCase.email.toUpperCase() }, mixedCase.email],
    ['domain in Unicode', { name: '', address: 'bjorn@åkesson-snickeri.example' }, idn.email],
    ['tag', { name: 'Olga Petrov', address: tagged.email }, tagged.email],
    ['shared address', { name: 'Office', address: sharedFirst.email }, sharedFirst.email],
    ['second address', { name: 'Lotte', address: FURTHER.lotteInPrivate }, FURTHER.lotteInPrivate],
    ['surname first', { name: 'Upton, Mia', address: mixedCase.email }, mixedCase.email],
    ['surname first, quoted', { name: '"Upton, Mia"', address: mixedCase.email }, mixedCase.email],
    [
      'link beside the address',
      { name: 'Olga', address: `${tagged.email}<mailto:${tagged.email}>` },
      tagged.email,
    ],
    [
      'name is another address',
      { name: FURTHER.lotteInPrivate, address: tagged.email },
      tagged.email,
    ],
  ];
  return written.map(([name, from, linked], index) =>
    forward(desk, `sender in the block, ${name}`, (owner) => {
      const original = originalMail(desk, { from, to: [named(owner)], cc: [] });
      const layout = at([GMAIL, OUTLOOK, APPLE], index);
      return { part: layout.part(original, ''), fate: archived(owner, [linked], 'forwarded') };
    }),
  );
}

/**
 * Only the outermost block counts: it is the mail that the owner received. Outlook on the desktop
 * sets no line above its block, so the inner block is the one that is easier to see.
 */
function forwardOfAForward(desk: Desk): Delivery[] {
  return [GMAIL, APPLE, OUTLOOK_DESKTOP].flatMap((layout) =>
    [true, false].map((knownOutside) =>
      forward(
        desk,
        `${knownOutside ? 'known around unknown' : 'unknown around known'}, ${layout.name}`,
        (owner) => {
          const person = desk.known();
          const stranger = desk.stranger();
          const [outside, inside] = knownOutside
            ? [named(person), stranger]
            : [stranger, named(person)];
          const inner = originalMail(desk, { from: inside, to: [outside], cc: [] });
          const innerText = gmailText(inner, '');
          const outer = originalMail(desk, { from: outside, to: [named(owner)], cc: [] });
          const part = layout.part({ ...outer, text: innerText }, 'See below.');
          const fate = knownOutside
            ? archived(owner, [person], 'forwarded')
            : unmatched(owner, 'forwarded', { reason: 'no-match' });
          return { part, fate };
        },
      ),
    ),
  );
}
