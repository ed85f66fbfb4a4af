import { textPart } from '../mail-builder.ts';
import { userMailbox, type Desk, type Draft } from './desk.ts';
import { arrives, unmatched } from './expectations.ts';
import type { Delivery, ScenarioUser } from './scenario.ts';
import { letter } from './texts.ts';

/**
 * A user's mail with no correspondent on it and nothing forwarded in it: it waits in Data Cleanup.
 * With colleagues on it the rules leave open whether it counts as copied or forwarded.
 */
export function nobodyMails(desk: Desk): Delivery[] {
  return [...colleaguesOnly(desk), ...archiveOnly(desk)];
}

const plain = textPart(letter('english'), { encoding: '7bit' });

function colleaguesOnly(desk: Desk): Delivery[] {
  const write = (name: string, draft: (user: ScenarioUser) => Omit<Draft, 'from'>) => {
    const user = desk.user();
    const mail = desk.write({ part: plain, ...draft(user), from: userMailbox(user) });
    return arrives(`nobody: ${name}`, mail, unmatched(user, null));
  };
  return [
    write('to one colleague', (user) => ({ to: userMailbox(desk.colleague(user)) })),
    write('to colleagues in To and Cc', (user) => ({
      to: userMailbox(desk.colleague(user)),
      cc: userMailbox(desk.colleague(user)),
    })),
    write('to colleagues, archive in Cc', (user) => ({
      to: userMailbox(desk.colleague(user)),
      cc: desk.archive,
    })),
    write('note to self', (user) => ({ to: user.email })),
    write('note to self, archive alias beside', (user) => ({
      to: `${user.email}, ${desk.archiveAlias()}`,
    })),
    write('no recipient at all', () => ({})),
    write('empty To', () => ({ to: '' })),
    write('undisclosed recipients', () => ({ to: 'undisclosed-recipients:;' })),
    write('only something that is no address', () => ({ to: 'Somebody, somewhere' })),
  ];
}

function archiveOnly(desk: Desk): Delivery[] {
  const write = (name: string, draft: Omit<Draft, 'from'>) => {
    const user = desk.user();
    const mail = desk.write({ part: plain, ...draft, from: userMailbox(user) });
    return arrives(`nobody: ${name}`, mail, unmatched(user, 'forwarded'));
  };
  const known = desk.known().email;
  return [
    write('a note to the archive', { to: desk.archive, subject: 'A note' }),
    write('to an alias', { to: desk.archiveAlias(), subject: 'Another note' }),
    write('to archive and alias', { to: desk.archive, cc: desk.archiveAlias() }),
    write('empty text', { to: desk.archive, subject: 'Fwd:', part: textPart('') }),
    write('a known address in the prose is not a forward', {
      to: desk.archive,
      subject: 'Please call her',
      part: textPart(`I spoke to Alma today, her address is ${known}.\n`),
    }),
    write('a known address in the subject is not a forward', {
      to: desk.archive,
      subject: `Fwd: ${known}`,
    }),
  ];
}
