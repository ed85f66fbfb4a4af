import { expect, onTestFinished, test } from 'vitest';
import type { DnsLookup } from '../../../src/trust/dns-lookup.ts';
import { nodeDnsLookup } from '../../../src/trust/node-dns-lookup.ts';
import { startZoneServer, type ZoneServer } from '../../support/trust/zone-server.ts';

const SILENT = Array.from({ length: 20 }, (_, at) => `k${at}.silent.test`);
const ZONE = {
  'acme.test': [['here']],
  'other.test': [['there']],
  ...Object.fromEntries(SILENT.map((name) => [name, 'timeout' as const])),
};

async function open(): Promise<{ dns: ZoneServer; lookup: DnsLookup }> {
  const dns = await startZoneServer(ZONE);
  onTestFinished(async () => {
    await dns.stop();
  });
  return { dns, lookup: nodeDnsLookup({ servers: [dns.address], timeoutMs: 50 }) };
}

test('many silences side by side, as one mail may bring about, stop no other question', async () => {
  const { lookup } = await open();
  const answers = await Promise.allSettled(SILENT.map(async (name) => await lookup(name, 'TXT')));
  expect(answers.every(({ status }) => status === 'rejected')).toBe(true);
  expect(await lookup('acme.test', 'TXT')).toEqual([['here']]);
});

test('after six silences, one after the other, nobody is asked for a while', async () => {
  const { dns, lookup } = await open();
  for (const name of SILENT.slice(0, 5)) await expect(lookup(name, 'TXT')).rejects.toThrow();
  expect(await lookup('acme.test', 'TXT')).toEqual([['here']]);
  for (const name of SILENT.slice(5, 11)) await expect(lookup(name, 'TXT')).rejects.toThrow();
  await expect(lookup('other.test', 'TXT')).rejects.toMatchObject({ code: 'ETIMEOUT' });
  expect(dns.asked).not.toContain('other.test');
});
