import { addressMails } from './address-mails.ts';
import { automaticMails } from './automatic-mails.ts';
import { PLAIN_PEOPLE, SPECIAL_PEOPLE, USERS } from './cast.ts';
import { copiedMails } from './copied-mails.ts';
import { Desk, rfcDate, type ScenarioOptions } from './desk.ts';
import { doubleMails } from './double-mails.ts';
import { doubtfulForwards } from './doubtful-forwards.ts';
import { forwardedMails } from './forwarded-mails.ts';
import { forwardedOddities } from './forwarded-oddities.ts';
import { headerMails } from './header-mails.ts';
import { messagePartMails } from './message-part-mails.ts';
import { nobodyMails } from './nobody-mails.ts';
import { ownerMails } from './owner-mails.ts';
import { header } from '../mail-builder.ts';
import type { Delivery, Scenario } from './scenario.ts';
import { strangerMails } from './stranger-mails.ts';

/** How often each copied case is written, so that each kind of content comes up. */
const COPIED_ROUNDS = 5;

/**
 * More than 300 mails of all kinds and what shall become of each, under the trust policy `off`, for
 * mails delivered after the mailbox was set up. The same options give the same bytes.
 */
export function buildScenario(options: ScenarioOptions): Scenario {
  const desk = new Desk(options);
  return {
    users: Object.values(USERS),
    people: [...Object.values(SPECIAL_PEOPLE), ...PLAIN_PEOPLE],
    deliveries: [
      ...copiedMails(desk, COPIED_ROUNDS),
      ...addressMails(desk),
      ...ownerMails(desk),
      ...nobodyMails(desk),
      ...forwardedMails(desk),
      ...forwardedOddities(desk),
      ...doubtfulForwards(desk),
      ...messagePartMails(desk),
      ...strangerMails(desk),
      ...automaticMails(desk),
      ...headerMails(desk),
      ...doubleMails(desk),
    ],
  };
}

/** The bytes of each copy: a redelivered mail has other Received lines, everything else is equal. */
export function copiesOf(delivery: Delivery): Buffer[] {
  return Array.from({ length: delivery.deliver }, (_, copy) => {
    if (copy === 0) return delivery.raw;
    const hop = `from relay${String(copy)}.mail.example by mx${String(copy)}.mail.example`;
    const when = rfcDate(new Date(Date.UTC(2025, 0, 1 + copy)));
    return Buffer.concat([header([['Received', `${hop}; ${when}`]]), delivery.raw]);
  });
}

/** All copies of all deliveries in the order of `order`, so that kinds come mixed. */
export function allCopies(scenario: Scenario, order: 'written' | 'mixed' = 'mixed'): Buffer[] {
  const copies = scenario.deliveries.flatMap(copiesOf);
  if (order === 'written') return copies;
  // A step that shares no factor with the count visits each exactly once.
  const step = [97, 101, 103].find((prime) => copies.length % prime !== 0) ?? 1;
  return copies.map((_, index) => copies[(index * step) % copies.length] ?? Buffer.alloc(0));
}
