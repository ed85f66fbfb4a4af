import { textPart } from '../mail-builder.ts';
import { USERS } from './cast.ts';
import { personMailbox, strangerMailbox, userMailbox, type Desk, type Draft } from './desk.ts';
import { archived, arrives, arrivesAgain, duplicate, unmatched } from './expectations.ts';
import { FORWARD_LAYOUTS } from './forward-layouts.ts';
import { named, originalMail } from './forwarded-mails.ts';
import type { Delivery, ScenarioPerson } from './scenario.ts';
import { letter } from './texts.ts';

/**
 * The same mail twice is one email; the same Message-ID with anything else changed is another mail.
 */
export function doubleMails(desk: Desk): Delivery[] {
  return [...redelivered(desk), ...sameId(desk), ...twoOwners(desk)];
}

function redelivered(desk: Desk): Delivery[] {
  const again = (name: string, times: number, draft: (to: string) => Partial<Draft>) => {
    const [user, person] = [desk.user(), desk.known()];
    const to = personMailbox(person);
    const mail = desk.write({ from: userMailbox(user), to, ...draft(to) });
    const copies = Array.from({ length: times - 1 }, () => duplicate(user));
    const fates = [archived(user, [person], 'copied'), ...copies];
    return arrivesAgain(`double: ${name}`, mail, fates);
  };
  const user = desk.user();
  const waiting = desk.write({ from: userMailbox(user), to: strangerMailbox(desk.stranger()) });
  return [
    again('redelivered', 2, () => ({})),
    again('redelivered twice', 3, () => ({})),
    again('redelivered five times', 6, () => ({})),
    again('redelivered, no Message-ID', 2, () => ({ messageId: '' })),
    again('redelivered, no Date', 2, () => ({ without: ['date'] })),
    again('Bcc to archive and alias', 2, () => ({ part: textPart(letter('german')) })),
    again('archive and alias both in Cc', 2, () => ({
      cc: `${desk.archive}, ${desk.archiveAlias()}`,
    })),
    arrivesAgain('double: redelivered while it waits', waiting, [
      unmatched(user, 'copied', { reason: 'no-match' }),
      duplicate(user),
    ]),
    redeliveredForward(desk),
  ];
}

function redeliveredForward(desk: Desk): Delivery {
  const [user, person, layout] = [desk.user(), desk.known(), FORWARD_LAYOUTS[0]];
  if (!layout) throw new Error('There is no layout.');
  const original = originalMail(desk, { from: named(person), to: [named(user)], cc: [] });
  const mail = desk.write({
    from: userMailbox(user),
    to: desk.archive,
    subject: layout.subject(original),
    part: layout.part(original, ''),
  });
  const fates = [archived(user, [person], 'forwarded'), duplicate(user)];
  return arrivesAgain('double: a forward redelivered', mail, fates);
}

/** Pairs that differ in one thing that the fingerprint covers: both are kept. */
function sameId(desk: Desk): Delivery[] {
  const changes: Record<string, (person: ScenarioPerson) => Partial<Draft>> = {
    'other text': () => ({ part: textPart('Quite another text.\n') }),
    'other subject': () => ({ subject: 'Quite another subject' }),
    'other date': () => ({ date: 'Tue, 04 Mar 2025 10:00:00 +0000' }),
    'one more recipient': (person) => ({ cc: person.email }),
    'name written differently': (person) => ({ to: `"Somebody" <${person.email}>` }),
  };
  return Object.entries(changes).flatMap(([name, change]) => {
    const [user, person] = [desk.user(), desk.known()];
    const first: Draft = {
      from: userMailbox(user),
      to: personMailbox(person),
      subject: 'The same',
      date: 'Mon, 03 Mar 2025 09:00:00 +0000',
      messageId: desk.messageId(),
      part: textPart(letter('english')),
    };
    const fate = archived(user, [person], 'copied');
    return [
      arrives(`double: same id, first, ${name}`, desk.write(first), fate),
      arrives(`double: same id, ${name}`, desk.write({ ...first, ...change(person) }), fate),
    ];
  });
}

/** The same id and text from two users, and once from a stranger who knew the id beforehand. */
function twoOwners(desk: Desk): Delivery[] {
  const person = desk.known();
  const shared = {
    to: personMailbox(person),
    subject: 'Ours',
    messageId: desk.messageId(),
    part: textPart(letter('english')),
  };
  const two = [USERS.dana, USERS.tom].map((user) =>
    arrives(
      `double: the same mail archived by ${user.name}`,
      desk.write({ ...shared, from: userMailbox(user) }),
      archived(user, [person], 'copied'),
    ),
  );
  const stranger = desk.stranger();
  const early = { ...shared, messageId: desk.messageId(), date: 'Mon, 03 Mar 2025 09:00:00 +0000' };
  return [
    ...two,
    arrives(
      'double: a stranger sends the id of a mail before its author does',
      desk.write({ ...early, from: strangerMailbox(stranger) }),
      {
        outcome: 'rejected',
        reason: 'owner-does-not-exist',
        ownerEmail: null,
        people: [],
        capture: null,
        bounceTo: stranger.address,
      },
    ),
    arrives(
      'double: the author sends it',
      desk.write({ ...early, from: userMailbox(USERS.keiko) }),
      archived(USERS.keiko, [person], 'copied'),
    ),
  ];
}
