import { textPart } from '../mail-builder.ts';
import { personMailbox, userMailbox, type Desk } from './desk.ts';
import { archived, arrives, unmatched } from './expectations.ts';
import { named, originalMail } from './forwarded-mails.ts';
import { forward, GMAIL } from './forwarded-oddities.ts';
import type { Delivery } from './scenario.ts';

/** What looks like a forward and is none, or cannot be read as one. */
export function doubtfulForwards(desk: Desk): Delivery[] {
  return [...unreadable(desk), ...notAForward(desk)];
}

/** Never guess: what cannot be read with certainty waits for its owner. */
function unreadable(desk: Desk): Delivery[] {
  const known = desk.known();
  const texts: Record<string, string> = {
    'names without addresses':
      '________________________________\nFrom: Roe, Jane\nSent: Monday, March 3, 2025 9:12 AM\nTo: Whitfield, Dana\nSubject: Offer\n\nHello\n',
    'only a separator': '---------- Forwarded message ---------\n\nHello\n',
    'separator and a date':
      '---------- Forwarded message ---------\nDate: Mon, Mar 3, 2025 at 9:12 AM\nSubject: Offer\n\nHello\n',
    'only a subject line': 'Begin forwarded message:\n\nSubject: Offer\n\nHello\n',
    'the body pasted without any header': `Hello,\n\nforty chairs, please.\n\n${known.firstName}\n`,
    'an address that is none':
      '---------- Forwarded message ---------\nFrom: Jane Roe <jane at roe>\nDate: Mon, Mar 3, 2025 at 9:12 AM\nSubject: Offer\nTo: <>\n\nHello\n',
    'fifty thousand empty lines': `${'\n'.repeat(50_000)}Hello\n`,
  };
  return Object.entries(texts).map(([name, text]) =>
    forward(desk, `unreadable, ${name}`, (owner) => ({
      part: textPart(text),
      fate: unmatched(owner, 'forwarded'),
    })),
  );
}

function notAForward(desk: Desk): Delivery[] {
  const [addressee, inBlock, mentioned] = [desk.known(), desk.known(), desk.known()];
  const owner = desk.user();
  const block = { from: named(inBlock), to: [named(owner)], cc: [] };
  const mail = desk.write({
    from: userMailbox(owner),
    to: personMailbox(addressee),
    subject: 'Fwd: Offer',
    part: GMAIL.part(originalMail(desk, block), 'For your information.'),
  });
  return [
    arrives(
      'forwarded oddly: a forward sent to a known person is a copied mail',
      mail,
      archived(owner, [addressee], 'copied'),
    ),
    forward(desk, 'a known address in the remark counts for nothing', (user) => {
      const people = { from: desk.stranger(), to: [named(user)], cc: [] };
      const remark = `This is for ${mentioned.email}, I think.`;
      return {
        part: GMAIL.part(originalMail(desk, people), remark),
        fate: unmatched(user, 'forwarded', { reason: 'no-match' }),
      };
    }),
  ];
}
