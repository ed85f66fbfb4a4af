const ADDRESS = /[[(](?:ipv6:)?([0-9a-f.:]{2,45})[\])]/gi;
/** RFC 1918, RFC 6598, loopback, link-local, unique local: nobody sends from there over the internet. */
const PRIVATE =
  /^(?:127\.|10\.|192\.168\.|169\.254\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|::1$|f[cd][0-9a-f]{2}:|fe80:)/i;
/** Addresses that Exchange Online gives to its own servers, between which mail wanders. */
const EXCHANGE_ONLINE = /^2603:10[0-9a-f]6:/i;
const BY_EXCHANGE_ONLINE = /^[a-z0-9.-]+\.(?:outlook\.com|office365\.com)(?:\s|$)/i;

/**
 * Whether a Received field (RFC 5321 section 4.4) tells of a hop within the house: from a private
 * address, over LMTP, or from nobody at all. What a client calls itself counts for nothing, so every
 * address before the last "by" must be within.
 *
 * @param value unfolded
 */
export function isHopWithin(value: string, microsoft: boolean): boolean {
  const text = value.replace(/\s+/g, ' ');
  if (!/^from /i.test(text)) return /^by /i.test(text);
  const by = text.toLowerCase().lastIndexOf(' by ');
  if (by < 0) return false;
  const server = text.slice(by + 4);
  const addresses = [...text.slice(0, by).matchAll(ADDRESS)].map(([, address]) => address ?? '');
  if (addresses.length === 0) return / with LMTP\b/i.test(server);
  const cloud = microsoft && BY_EXCHANGE_ONLINE.test(server);
  return addresses.every(
    (address) => PRIVATE.test(address) || (cloud && EXCHANGE_ONLINE.test(address)),
  );
}
