import type { NamedAddress } from '../shared/email-address.ts';
import type { Facts } from './facts.ts';
import type { Participant, ParticipantRole } from './planned-email.ts';
import type { ForwardedBlock, MailHeader } from './parsed-mail.ts';
import { sideOf } from './side-of.ts';

/**
 * Which roles decide on an email: `recipients` where our own side wrote it, `sender` where the mail is
 * somebody else's, `nobody` where it is not certain whose it is.
 */
export type Deciders = 'recipients' | 'sender' | 'nobody';

type RoleList = readonly [ParticipantRole, readonly NamedAddress[]];

/** The participants that a header names, in the order of their roles. */
export function participantsOfHeader(
  header: MailHeader,
  deciders: Deciders,
  ownerId: number,
  facts: Facts,
): Participant[] {
  const roles: RoleList[] = [
    ['from', header.from],
    ['resent-from', header.resentFrom],
    ['reply-to', header.replyTo],
    ['to', header.to],
    ['cc', header.cc],
    ['bcc', header.bcc],
  ];
  return listParticipants(roles, 'header', deciders, ownerId, facts);
}

/** The participants that the lines of a forwarded block name. */
export function participantsOfBlock(
  block: ForwardedBlock,
  deciders: Deciders,
  ownerId: number,
  facts: Facts,
): Participant[] {
  const roles: RoleList[] = [
    ['from', block.from === null ? [] : [block.from]],
    ['to', block.to],
    ['cc', block.cc],
  ];
  return listParticipants(roles, 'block', deciders, ownerId, facts);
}

function listParticipants(
  roles: readonly RoleList[],
  source: Participant['source'],
  deciders: Deciders,
  ownerId: number,
  facts: Facts,
): Participant[] {
  return roles.flatMap(([role, list]) =>
    eachOnce(list).map(({ address, name }) => {
      const kind = sideOf(address, ownerId, facts);
      const deciding = kind === 'correspondent' && roleDecides(role, deciders);
      return { role, address, name, kind, deciding, source };
    }),
  );
}

function roleDecides(role: ParticipantRole, deciders: Deciders): boolean {
  if (deciders === 'sender') return role === 'from';
  return deciders === 'recipients' && (role === 'to' || role === 'cc');
}

/** Each address once, with the first name that is not empty. */
function eachOnce(list: readonly NamedAddress[]): NamedAddress[] {
  const names = new Map<string, string>();
  for (const { address, name } of list) {
    const known = names.get(address);
    if (known === undefined || known === '') names.set(address, name);
  }
  return [...names].map(([address, name]) => ({ address, name }));
}
