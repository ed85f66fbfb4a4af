import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/**
 * Addresses where clouds hand credentials to the machines they run, and never a mail server:
 * whoever may type a host name must not reach them. Ordinary private networks are fine.
 */
const FORBIDDEN = new BlockList();
// RFC 3927 link-local: AWS, Azure, Google, Oracle and others answer at 169.254.169.254.
FORBIDDEN.addSubnet('169.254.0.0', 16, 'ipv4');
FORBIDDEN.addSubnet('fe80::', 10, 'ipv6');
// The same through NAT64 (RFC 6052), 6to4 (RFC 3056) and as IPv4-compatible addresses (RFC 4291).
// IPv4-mapped addresses are covered by the list itself.
FORBIDDEN.addSubnet('64:ff9b::a9fe:0', 112, 'ipv6');
FORBIDDEN.addSubnet('2002:a9fe::', 32, 'ipv6');
FORBIDDEN.addSubnet('::a9fe:0', 112, 'ipv6');
// AWS and Google over IPv6, Azure's WireServer, Alibaba, Oracle Classic.
FORBIDDEN.addAddress('fd00:ec2::254', 'ipv6');
FORBIDDEN.addAddress('fd20:ce::254', 'ipv6');
FORBIDDEN.addAddress('168.63.129.16', 'ipv4');
FORBIDDEN.addAddress('100.100.100.200', 'ipv4');
FORBIDDEN.addAddress('192.0.0.192', 'ipv4');

/** The host leads to an address that no mail server has. */
export class ForbiddenAddress extends Error {
  constructor(address: string) {
    super(`${address} is an address for cloud metadata or of the local link, not of a mail server`);
    this.name = 'ForbiddenAddress';
  }
}

/** Whether `address` (an IP address as text) must not be connected to. */
export function isForbiddenAddress(address: string): boolean {
  const [plain = ''] = address.split('%');
  const family = isIP(plain);
  return family !== 0 && FORBIDDEN.check(plain, family === 6 ? 'ipv6' : 'ipv4');
}

/**
 * A `lookup` for net.connect and tls.connect that fails with ForbiddenAddress when a name leads to
 * a forbidden address. What is checked is what is connected to, so a name that changes its address
 * between two look-ups gains nothing. Node asks no lookup for IP addresses: check those before.
 */
export function guardedLookup(resolve: LookupFunction = systemLookup): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, options, (error, address, family) => {
      const found = error === null ? addressesIn(address) : [];
      const forbidden = found.find(isForbiddenAddress);
      if (forbidden === undefined) callback(error, address, family);
      else callback(new ForbiddenAddress(forbidden), options.all === true ? [] : '', 0);
    });
  };
}

function addressesIn(found: string | LookupAddress[]): string[] {
  return typeof found === 'string' ? [found] : found.map((entry) => entry.address);
}
