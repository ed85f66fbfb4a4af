import type { NamedAddress } from '../shared/email-address.ts';
import { readAddressList } from './read-address-list.ts';

const MAX_ADDRESSES = 1_000;

/** The one address on a From line of a forwarded block; null when there is none or more than one. */
export function senderOnLine(value: string): NamedAddress | null {
  const { mailboxes, addresses } = readAddressList(plainAddresses(value), 2);
  const [sender] = addresses;
  return sender && mailboxes === 1 && addresses.length === 1 ? withPlainName(sender) : null;
}

/** The addresses on a To or Cc line of a forwarded block. */
export function addressesOnLine(value: string): NamedAddress[] {
  return readAddressList(plainAddresses(value), MAX_ADDRESSES).addresses.map(withPlainName);
}

/** "[mailto:a@b]", "<mailto:a@b>", "<a@b<mailto:a@b>>" and "[a@b]", which programs write, as "<a@b>". */
function plainAddresses(value: string): string {
  return value
    .replace(/<mailto:/gi, '<')
    .replace(/<[^\s<>]*<([^\s<>]+)>>/g, '<$1>')
    .replace(/\[(?:mailto:)?([^\s[\]@]+@[^\s[\]@]+)\]/gi, '<$1>')
    .replaceAll('*', '');
}

function withPlainName({ address, name }: NamedAddress): NamedAddress {
  const plain = name.replace(/^'(.*)'$/, '$1');
  return { address, name: plain.toLowerCase() === address ? '' : plain };
}
