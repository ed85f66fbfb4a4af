import { Resolver } from 'node:dns/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { zoneResolver } from '../../support/trust/zone-resolver.ts';
import { startZoneServer, type ZoneServer } from '../../support/trust/zone-server.ts';

const LONG = [`k=rsa; p=${'A'.repeat(246)}`, 'B'.repeat(255), 'C'.repeat(90)];
const zone = {
  'text.test': [['v=DMARC1; ', 'p=reject'], ['other']],
  'long.test': [LONG],
  'empty.test': [],
  'gone.test': 'nxdomain',
  'broken.test': 'servfail',
  'silent.test': 'timeout',
} as const;

const asked: string[] = [];
let server: ZoneServer;
const overUdp = new Resolver({ timeout: 200, tries: 1 });

beforeAll(async () => {
  server = await startZoneServer(zone);
  overUdp.setServers([server.address]);
});
afterAll(() => server.stop());

describe.each([
  ['the injected resolver', zoneResolver(zone, asked)],
  ['the server, asked by node:dns', (name: string, type: string) => overUdp.resolve(name, type)],
])('%s', (_name, resolve) => {
  test.each([
    ['text.test', zone['text.test']],
    ['TEXT.Test', zone['text.test']],
    ['long.test', zone['long.test']],
  ])('has the records of %s', async (name, records) => {
    const found = (await resolve(name, 'TXT')) as string[][];
    expect(found.toSorted()).toEqual([...records].toSorted());
  });

  test.each([
    ['gone.test', 'TXT', 'ENOTFOUND'],
    ['never-heard-of.test', 'TXT', 'ENOTFOUND'],
    ['empty.test', 'TXT', 'ENODATA'],
    ['text.test', 'A', 'ENODATA'],
    ['broken.test', 'TXT', 'ESERVFAIL'],
    ['silent.test', 'TXT', 'ETIMEOUT'],
  ])('has no %s of type %s: %s', async (name, type, code) => {
    await expect(resolve(name, type)).rejects.toMatchObject({ code });
  });
});

test('both tell what they were asked', () => {
  expect(asked).toContain('A text.test');
  expect(server.asked).toContain('silent.test');
});
