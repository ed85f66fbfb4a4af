import { expect, test } from 'vitest';
import { checkSender } from '../../../src/trust/check-sender.ts';
import { namesToAsk } from '../../../src/trust/names-to-ask.ts';
import { bytesOf, DANA, draft, RECEIVED_AT } from '../../support/trust/raw-mail.ts';
import { signedByEvil } from '../../support/trust/sign-dkim.ts';
import { zoneResolver } from '../../support/trust/zone-resolver.ts';
import { world } from '../../support/trust/zones.ts';

const SENDER = { address: DANA, field: 'from', pinnedAuthservId: null } as const;

function named(header: string, sender = {}): string[] {
  return namesToAsk(Buffer.from(`${header}\r\n\r\nHello\r\n`), { ...SENDER, ...sender });
}

test('are those that the check asks about', async () => {
  const raw = bytesOf(signedByEvil(draft({})));
  const asked: string[] = [];
  const settings = { pinnedAuthservId: null, arcSealers: [] };
  const question = { raw, receivedAt: RECEIVED_AT, address: DANA, field: 'from' } as const;
  await checkSender(question, settings, zoneResolver(world(), asked));
  const names = namesToAsk(raw, SENDER).map((name) => `TXT ${name}`);
  expect(names.sort()).toEqual([...new Set(asked)].sort());
  expect(names).toContain('TXT k1._domainkey.evil.test');
});

test('folds and blanks in a signature count for nothing', () => {
  expect(named('DKIM-Signature: v=1; s =\r\n S1 ;d= Acme.\r\n test; b=x')).toEqual([
    's1._domainkey.acme.test',
    '_dmarc.acme.test',
    '_dmarc.test',
  ]);
});

test('of many signatures the first ten, and what is no name is left out', () => {
  const fields = Array.from({ length: 40 }, (_, at) => `DKIM-Signature: s=k${at}; d=acme.test`);
  const odd = ['DKIM-Signature: s=a/b; d=acme.test', `DKIM-Signature: s=${'x'.repeat(64)}; d=y`];
  expect(named([...odd, 'DKIM-Signature: d=', ...fields].join('\r\n'))).toEqual([
    ...[0, 1, 2, 3, 4, 5, 6].map((at) => `k${at}._domainkey.acme.test`),
    '_dmarc.acme.test',
    '_dmarc.test',
  ]);
});

test('of a domain with many names above it no more are asked than the check asks', async () => {
  const address = `dana@${'a.'.repeat(60)}acme.test`;
  const asked: string[] = [];
  const raw = Buffer.from(`From: ${address}\r\n\r\nHello\r\n`);
  const settings = { pinnedAuthservId: null, arcSealers: [] };
  const question = { raw, receivedAt: RECEIVED_AT, address, field: 'from' } as const;
  await checkSender(question, settings, zoneResolver({}, asked));
  const names = namesToAsk(raw, { ...SENDER, address });
  expect(names).toHaveLength(8);
  expect(asked).toEqual(expect.arrayContaining(names.map((name) => `TXT ${name}`)));
});

test('none where the server that took it in has decided', () => {
  const header = 'Authentication-Results: mx.firm.test; dmarc=pass header.from=acme.test';
  const pinnedAuthservId = 'mx.firm.test';
  expect(named(header, { pinnedAuthservId })).toEqual([]);
  expect(named(header)).not.toEqual([]);
  expect(named(header, { pinnedAuthservId, field: 'resent-from' })).not.toEqual([]);
});

test('none for an address without a domain', () => {
  expect(named('From: dana@[192.0.2.1]', { address: 'dana@[192.0.2.1]' })).toEqual([]);
});
