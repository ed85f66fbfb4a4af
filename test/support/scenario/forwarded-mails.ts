import { displayName } from './cast.ts';
import { userMailbox, type Desk, type Draft } from './desk.ts';
import { archived, arrives, unmatched, type Fate } from './expectations.ts';
import type { ForwardLayout, Named, Original } from './forward-layout.ts';
import { FORWARD_LAYOUTS } from './forward-layouts.ts';
import type { Delivery, ScenarioPerson, ScenarioUser } from './scenario.ts';
import { letter } from './texts.ts';

/** Who is on the forwarded mail, and what becomes of it. */
interface Situation {
  readonly from: Named;
  readonly to: readonly Named[];
  readonly cc: readonly Named[];
  readonly fate: Fate;
}

const SITUATIONS: Record<string, (desk: Desk, owner: ScenarioUser) => Situation> = {
  'known sender': (desk, owner) => {
    const person = desk.known();
    const fate = archived(owner, [person], 'forwarded');
    return { from: named(person), to: [named(owner)], cc: [], fate };
  },
  'unknown sender': (desk, owner) => {
    const fate = unmatched(owner, 'forwarded', { reason: 'no-match' });
    return { from: desk.stranger(), to: [named(owner)], cc: [], fate };
  },
  'known sender, known and unknown others': (desk, owner) => {
    const [person, other] = [desk.known(), desk.known()];
    return {
      from: named(person),
      to: [named(owner), desk.stranger()],
      cc: [named(other), named(desk.colleague(owner))],
      fate: archived(owner, [person, other], 'forwarded'),
    };
  },
  'unknown sender, known others': (desk, owner) => ({
    from: desk.stranger(),
    to: [named(owner), named(desk.known())],
    cc: [named(desk.known())],
    fate: unmatched(owner, 'forwarded', { reason: 'no-match' }),
  }),
  'own mail to a known person': (desk, owner) => {
    const person = desk.known();
    const fate = archived(owner, [person], 'forwarded');
    return { from: named(owner), to: [named(person)], cc: [], fate };
  },
  'own mail to an unknown person': (desk, owner) => {
    const fate = unmatched(owner, 'forwarded', { reason: 'no-match' });
    return { from: named(owner), to: [desk.stranger()], cc: [], fate };
  },
};

const REMARKS = [
  '',
  'Please file this.\nThank you',
  'Für die Akte – schöne Grüße',
  'As we discussed: the customer is named below.\n\n-- \nSent from my telephone',
];

/**
 * Every layout in every situation. Left out: a forwarded mail whose sender is a colleague of the
 * owner, because the rules do not say whether the recipients then decide.
 */
export function forwardedMails(desk: Desk): Delivery[] {
  return FORWARD_LAYOUTS.flatMap((layout) =>
    Object.keys(SITUATIONS).map((name) => forwardInline(desk, layout, name)),
  );
}

/** One forward; `draft` overrides how it is sent. */
export function forwardInline(
  desk: Desk,
  layout: ForwardLayout,
  situation: string,
  draft: Partial<Draft> = {},
  label = '',
): Delivery {
  const owner = desk.user();
  const read = SITUATIONS[situation];
  if (!read) throw new Error(`There is no situation "${situation}".`);
  const { fate, ...people } = read(desk, owner);
  const original = originalMail(desk, people);
  const remark = REMARKS[desk.count('remark') % REMARKS.length] ?? '';
  const mail = desk.write({
    from: userMailbox(owner),
    to: desk.count('address') % 4 === 3 ? desk.archiveAlias() : desk.archive,
    subject: layout.subject(original),
    part: layout.part(original, remark),
    ...draft,
  });
  return arrives(`forwarded: ${layout.name}, ${situation}${label}`, mail, fate);
}

export function originalMail(desk: Desk, people: Pick<Original, 'from' | 'to' | 'cc'>): Original {
  const number = String(desk.count('original'));
  return {
    ...people,
    subject: `Offer number ${number}`,
    date: desk.moment(),
    text: letter('english', people.from.name),
  };
}

export function named(who: ScenarioPerson | ScenarioUser): Named {
  const name = 'firstName' in who ? displayName(who) : who.name;
  // Names outside windows-1252 would not survive the layouts that use that charset.
  return { name: name.replace('ř', 'r').replace('š', 's'), address: who.email };
}
