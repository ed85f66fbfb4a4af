import { automaticSigns, isAutomatic } from '../../../src/archiving/automatic-signs.ts';
import type { Facts } from '../../../src/archiving/facts.ts';
import type {
  ForwardReading,
  MailHeader,
  ParsedMail,
  ReadMailResult,
} from '../../../src/archiving/parsed-mail.ts';
import { INSTANCE } from './samples.ts';

/** Whether an address is never a correspondent. */
export function isOurs(address: string, facts: Facts): boolean {
  return (
    facts.usersByAddress.has(address) ||
    facts.archiveAddresses.has(address) ||
    facts.ownAddresses.has(address)
  );
}

/** Whether a never-archive rule of the owner, or one for all, names the address or its domain. */
export function isRuled(address: string, ownerId: number | null, facts: Facts): boolean {
  const domain = address.slice(address.lastIndexOf('@') + 1);
  return [address, domain].some((pattern) =>
    facts.rulesByPattern.get(pattern)?.some(({ userId }) => userId === null || userId === ownerId),
  );
}

/** The decision table once more, written down plainly and apart from the code it checks. */
export function expectedLine(
  read: ReadMailResult,
  forward: ForwardReading | null,
  facts: Facts,
): string {
  if (read.kind === 'unreadable') return 'unreadable';
  const { mail } = read;
  const { from, fromLines, fromMailboxes, resentFrom } = mail.header;
  if (fromLines !== 1 || fromMailboxes !== 1 || from.length !== 1) return 'not exactly one From';
  const known = (address: string) => facts.usersByAddress.get(address);
  const owner = [...resentFrom, ...from].find(({ address }) => known(address)?.active === true);
  const ownerId = owner === undefined ? null : (known(owner.address)?.userId ?? null);
  const sender = (owner ?? resentFrom[0] ?? from[0])?.address ?? '';
  const automatic = isAutomatic(automaticSigns(mail, sender, facts));
  if (isOwnMail(mail) || (automatic && mail.forwarded.some(isOwnMail))) return 'our own notice';
  const { trust, trustPolicy } = facts;
  const verdict = trustPolicy === 'off' || trust.kind !== 'checked' ? 'unknown' : trust.verdict;
  const isKept = trustPolicy === 'require' && verdict !== 'pass' && facts.letIn === null;
  const repeats = facts.sameFingerprint.filter((earlier) => earlier.ownerId === ownerId);
  const isProven = verdict === 'pass' || facts.letIn !== null;
  if (repeats.some((earlier) => !isProven || !earlier.heldBack)) return 'duplicate';
  if (ownerId === null && automatic) return 'no owner, automatic';
  if (ownerId === null && facts.ignoredSenders.has(sender)) return 'no owner, ignored sender';
  if (ownerId === null) return verdict === 'fail' ? 'no owner, trust fail' : 'no owner';
  if (isKept) return 'owner, not trusted';
  const resent = owner !== from[0];
  const ruled = (address: string) => isRuled(address, ownerId, facts);
  const deciders = decidersOf(mail, forward, resent, facts);
  const isOut = (deciding: readonly string[]) => deciding.length > 0 && deciding.every(ruled);
  if (deciders.every(isOut)) return 'never-archive rule';
  if (
    facts.ignoreColleaguesOnly &&
    isAmongUs(mail, forward, ownerId, resent, facts, deciders.map(isOut))
  )
    return 'rule';
  const isRecord = (address: string) => (facts.peopleByAddress.get(address) ?? []).length > 0;
  const kept = deciders.filter((deciding) => !isOut(deciding));
  return kept.every((deciding) => deciding.some((one) => isRecord(one) && !ruled(one)))
    ? 'a deciding correspondent matched'
    : 'else';
}

function isOwnMail({ header }: ParsedMail): boolean {
  return header.fields.some(
    ({ name, value }) => name === 'x-letterbook-instance' && value === INSTANCE,
  );
}

function outside({ to, cc }: Pick<MailHeader, 'to' | 'cc'>, facts: Facts): string[] {
  return [...to, ...cc].map(({ address }) => address).filter((address) => !isOurs(address, facts));
}

/** Who decides about each mail that the message holds; nobody about one whose sender is not known. */
function decidersOf(
  mail: ParsedMail,
  forward: ForwardReading | null,
  resent: boolean,
  facts: Facts,
): string[][] {
  const original = (sender: string | undefined, lists: Pick<MailHeader, 'to' | 'cc'>): string[] => {
    if (sender === undefined) return [];
    return isOurs(sender, facts) ? outside(lists, facts) : [sender];
  };
  if (resent) return [original(mail.header.from[0]?.address, mail.header)];
  const addressees = outside(mail.header, facts);
  if (addressees.length > 0) return [addressees];
  const isAttached = mail.forwarded.length > 0 || mail.mailsLeftOut > 0;
  if (isAttached && forward !== null && forward.kind !== 'none') return [[]];
  if (isAttached) {
    const read = mail.forwarded.map(({ header }) => {
      const { fromLines, fromMailboxes, from } = header;
      const single = fromLines === 1 && fromMailboxes === 1 && from.length === 1;
      return original(single ? from[0]?.address : undefined, header);
    });
    return mail.mailsLeftOut > 0 ? [[], ...read] : read;
  }
  if (forward?.kind !== 'found') return [[]];
  return [original(forward.block.from?.address, forward.block)];
}

function isAmongUs(
  mail: ParsedMail,
  forward: ForwardReading | null,
  ownerId: number,
  resent: boolean,
  facts: Facts,
  leftOut: readonly boolean[],
): boolean {
  const amongUs = ({ header }: ParsedMail): boolean => {
    const { from, resentFrom, to, cc, bcc } = header;
    const onIt = [from, resentFrom, to, cc, bcc].flat().map(({ address }) => address);
    const colleague = onIt.some((address) => {
      const user = facts.usersByAddress.get(address);
      return user !== undefined && user.userId !== ownerId && !facts.archiveAddresses.has(address);
    });
    return colleague && onIt.every((address) => isOurs(address, facts));
  };
  if (resent) return amongUs(mail);
  if (outside(mail.header, facts).length > 0) return false;
  if (mail.mailsLeftOut > 0) return false;
  if (mail.forwarded.length > 0) {
    if (forward !== null && forward.kind !== 'none') return false;
    return mail.forwarded.every((inner, index) => leftOut[index] === true || amongUs(inner));
  }
  const { to, cc } = mail.header;
  const addressees = to.length > 0 ? to : cc;
  const toArchiveAlone =
    addressees.length > 0 &&
    addressees.every(
      ({ address }) =>
        facts.archiveAddresses.has(address) ||
        (facts.ownAddresses.has(address) && !facts.usersByAddress.has(address)),
    );
  return forward?.kind === 'none' && !toArchiveAlone && amongUs(mail);
}
