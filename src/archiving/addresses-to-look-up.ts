import type { NamedAddress } from '../shared/email-address.ts';
import type { ForwardReading, MailHeader, ParsedMail } from './parsed-mail.ts';

/**
 * Every address for which planFiling needs the facts about users and people: From, Resent-From,
 * Reply-To, To, Cc and Bcc of the message and of its message/rfc822 parts, and those of a forwarded
 * block.
 *
 * @param forward null while the text has not been read for a block
 * @returns sorted by code unit, each once: also the order in which to lock them
 */
export function addressesToLookUp(mail: ParsedMail, forward: ForwardReading | null): string[] {
  const found = new Set<string>();
  const add = (list: readonly NamedAddress[]): void => {
    for (const { address } of list) found.add(address);
  };
  for (const { header } of [mail, ...mail.forwarded]) {
    for (const list of addressLists(header)) add(list);
  }
  if (forward?.kind === 'found') {
    const { from, to, cc } = forward.block;
    if (from !== null) add([from]);
    add(to);
    add(cc);
  }
  return [...found].sort();
}

function addressLists(header: MailHeader): (readonly NamedAddress[])[] {
  const { from, resentFrom, replyTo, to, cc, bcc } = header;
  return [from, resentFrom, replyTo, to, cc, bcc];
}
