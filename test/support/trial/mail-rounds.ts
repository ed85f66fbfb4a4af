import { copiesOf } from '../scenario/build-scenario.ts';
import { PLAIN_PEOPLE, SPECIAL_PEOPLE, USERS } from '../scenario/cast.ts';
import { Desk, personMailbox, strangerMailbox, userMailbox } from '../scenario/desk.ts';
import {
  archived,
  arrives,
  arrivesAgain,
  automatic,
  duplicate,
  rejected,
  unmatched,
} from '../scenario/expectations.ts';
import type { Delivery, Scenario } from '../scenario/scenario.ts';

export const ARCHIVE = 'archive@letterbook.example';
export const ALIASES = ['log@letterbook.example'];

/** Mail by the handful, for trials in which the way matters more than the mail. */
export interface MailRounds {
  /** Seven mails of six kinds, never the same twice; two are from strangers. */
  next(): Buffer[];
  /** All that was written so far and what shall become of it. */
  scenario(): Scenario;
  /** The same after the whole mailbox arrived, and was read, a second time. */
  scenarioReadTwice(): Scenario;
}

export const MAILS_A_ROUND = 7;

export function createMailRounds(seed = 1): MailRounds {
  const options = { seed, archiveAddress: ARCHIVE, aliases: ALIASES, now: new Date() };
  const desk = new Desk(options);
  const deliveries: Delivery[] = [];
  const cast = {
    users: Object.values(USERS),
    people: [...Object.values(SPECIAL_PEOPLE), ...PLAIN_PEOPLE],
  };
  return {
    next() {
      const round = writeRound(desk);
      deliveries.push(...round);
      return round.flatMap(copiesOf);
    },
    scenario: () => ({ ...cast, deliveries: [...deliveries] }),
    scenarioReadTwice: () => ({ ...cast, deliveries: deliveries.map(readTwice) }),
  };
}

function writeRound(desk: Desk): Delivery[] {
  const [first, second, third] = [desk.user(), desk.user(), desk.user()];
  const [known, again] = [desk.known(), desk.known()];
  const stranger = () => {
    const who = desk.stranger();
    const mail = desk.write({ from: strangerMailbox(who), to: desk.archive });
    return arrives('stranger', mail, rejected(who.address));
  };
  const copied = desk.write({ from: userMailbox(first), to: personMailbox(known) });
  const unknown = strangerMailbox(desk.stranger());
  const waiting = desk.write({ from: userMailbox(second), to: unknown });
  const twice = desk.write({ from: userMailbox(third), to: personMailbox(again) });
  const program = desk.write({
    from: strangerMailbox(desk.stranger()),
    to: desk.archive,
    fields: [['Auto-Submitted', 'auto-replied']],
  });
  return [
    arrives('copied, known', copied, archived(first, [known], 'copied')),
    stranger(),
    arrives('copied, unknown', waiting, unmatched(second, 'copied', { reason: 'no-match' })),
    arrives('automatic', program, automatic),
    arrivesAgain('twice', twice, [archived(third, [again], 'copied'), duplicate(third)]),
    stranger(),
  ];
}

/** The second reading finds all of it told apart by content, and nobody hears of it again. */
function readTwice(delivery: Delivery): Delivery {
  const seconds = delivery.expected.map((one) => ({
    ...one,
    outcome: 'ignored' as const,
    reason: 'duplicate' as const,
    people: [],
    capture: null,
  }));
  return { ...delivery, expected: [...delivery.expected, ...seconds] };
}
