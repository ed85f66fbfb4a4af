import { mailbox } from '../mail-builder.ts';
import {
  personMailbox,
  strangerMailbox,
  userMailbox,
  type Desk,
  type WrittenMail,
} from './desk.ts';
import { archived, arrives, unmatched, type Fate } from './expectations.ts';
import type { Delivery } from './scenario.ts';

type Case = (desk: Desk) => { readonly mail: WrittenMail; readonly fate: Fate };

/** A user wrote to people and put the archive beside them: who it is decides, never how it looks. */
const CASES: Record<string, Case> = {
  'Bcc, to a known person': (desk) => {
    const [user, person] = [desk.user(), desk.known()];
    const mail = desk.write({ from: userMailbox(user), to: personMailbox(person) });
    return { mail, fate: archived(user, [person], 'copied') };
  },
  'Bcc, to an unknown person': (desk) => {
    const user = desk.user();
    const mail = desk.write({ from: userMailbox(user), to: strangerMailbox(desk.stranger()) });
    return { mail, fate: unmatched(user, 'copied', { reason: 'no-match' }) };
  },
  'to known and unknown people': (desk) => {
    const [user, person] = [desk.user(), desk.known()];
    const to = `${strangerMailbox(desk.stranger())}, ${personMailbox(person)}`;
    const mail = desk.write({ from: userMailbox(user), to });
    return { mail, fate: archived(user, [person], 'copied') };
  },
  'known people in To and Cc': (desk) => {
    const [user, first, second, third] = [desk.user(), desk.known(), desk.known(), desk.known()];
    const mail = desk.write({
      from: userMailbox(user),
      to: `${personMailbox(first)}, ${personMailbox(second)}`,
      cc: personMailbox(third),
    });
    return { mail, fate: archived(user, [first, second, third], 'copied') };
  },
  'unknown in To, known in Cc': (desk) => {
    const [user, person] = [desk.user(), desk.known()];
    const mail = desk.write({
      from: userMailbox(user),
      to: strangerMailbox(desk.stranger()),
      cc: personMailbox(person),
    });
    return { mail, fate: archived(user, [person], 'copied') };
  },
  'archive in Cc': (desk) => {
    const [user, person] = [desk.user(), desk.known()];
    const mail = desk.write({
      from: userMailbox(user),
      to: personMailbox(person),
      cc: `CRM archive <${desk.archive}>`,
    });
    return { mail, fate: archived(user, [person], 'copied') };
  },
  'archive alias in Cc, unknown person': (desk) => {
    const user = desk.user();
    const mail = desk.write({
      from: userMailbox(user),
      to: strangerMailbox(desk.stranger()),
      cc: desk.archiveAlias(),
    });
    return { mail, fate: unmatched(user, 'copied', { reason: 'no-match' }) };
  },
  'archive alias in To beside a known person': (desk) => {
    const [user, person] = [desk.user(), desk.known()];
    const to = `${desk.archiveAlias()}, ${personMailbox(person)}`;
    const mail = desk.write({ from: userMailbox(user), to });
    return { mail, fate: archived(user, [person], 'copied') };
  },
  'archive in capitals with a name in Cc': (desk) => {
    const [user, person] = [desk.user(), desk.known()];
    const cc = mailbox('Archive, the', desk.archive.toUpperCase());
    const mail = desk.write({ from: userMailbox(user), to: personMailbox(person), cc });
    return { mail, fate: archived(user, [person], 'copied') };
  },
  'archive in To, known person in Cc': (desk) => {
    const [user, person] = [desk.user(), desk.known()];
    const mail = desk.write({
      from: userMailbox(user),
      to: desk.archive,
      cc: personMailbox(person),
    });
    return { mail, fate: archived(user, [person], 'copied') };
  },
  'archive in a visible Bcc field': (desk) => {
    const [user, person] = [desk.user(), desk.known()];
    const mail = desk.write({
      from: userMailbox(user),
      to: personMailbox(person),
      fields: [['Bcc', desk.archive]],
    });
    return { mail, fate: archived(user, [person], 'copied') };
  },
  'known person and a colleague': (desk) => {
    const [user, person] = [desk.user(), desk.known()];
    const mail = desk.write({
      from: userMailbox(user),
      to: userMailbox(desk.colleague(user)),
      cc: `${personMailbox(person)}, ${userMailbox(user)}`,
    });
    return { mail, fate: archived(user, [person], 'copied') };
  },
  'unknown person and colleagues': (desk) => {
    const user = desk.user();
    const mail = desk.write({
      from: userMailbox(user),
      to: `${userMailbox(desk.colleague(user))}, ${strangerMailbox(desk.stranger())}`,
      cc: `${userMailbox(desk.colleague(user))}, ${desk.archive}`,
    });
    return { mail, fate: unmatched(user, 'copied', { reason: 'no-match' }) };
  },
  'sent to a person with an older mail quoted below': (desk) => {
    const [user, person, quoted] = [desk.user(), desk.known(), desk.known()];
    const mail = desk.write({
      from: userMailbox(user),
      to: personMailbox(person),
      subject: 'Re: Chairs',
      fields: [['In-Reply-To', `<older-${String(desk.count('older'))}@${quoted.email}>`]],
    });
    return { mail, fate: archived(user, [person], 'copied') };
  },
};

/** Every case with as many users, people and contents as there are rounds. */
export function copiedMails(desk: Desk, rounds: number): Delivery[] {
  return Array.from({ length: rounds }, (_, round) =>
    Object.entries(CASES).map(([name, write]) => {
      const { mail, fate } = write(desk);
      return arrives(`copied: ${name} (${String(round + 1)})`, mail, fate);
    }),
  ).flat();
}
