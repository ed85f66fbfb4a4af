import { isIPv6 } from 'node:net';

/**
 * Who counts as one visitor when tries are counted: an IPv4 address, or the /64 of an IPv6 address,
 * since whoever has one address of it has them all (RFC 4291 section 2.5.4).
 */
export function networkOf(ip: string | undefined): string {
  const [address = ''] = (ip ?? '').split('%', 1);
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  return isIPv6(address) ? `${firstGroups(address)}::/64` : address;
}

/** The first four groups, without leading zeros. */
function firstGroups(address: string): string {
  // The URL standard writes every IPv6 address in one form.
  const canonical = URL.parse(`http://[${address}]`)?.hostname.slice(1, -1) ?? address;
  const [head = '', tail] = canonical.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : 8 - before.length - after.length;
  return [...before, ...Array.from({ length: zeros }, () => '0'), ...after].slice(0, 4).join(':');
}
