import { expect, test } from 'vitest';
import { askAhead } from '../../../src/trust/ask-ahead.ts';
import { zoneResolver } from '../../support/trust/zone-resolver.ts';

test('what was asked ahead is answered without asking again, the rest is asked', async () => {
  const asked: string[] = [];
  const zone = {
    'a.acme.test': [['one']],
    'b.acme.test': [['two']],
    'c.acme.test': 'timeout',
  } as const;
  const lookup = await askAhead(['a.acme.test', 'c.acme.test'], zoneResolver(zone, asked));
  expect(asked).toEqual(['TXT a.acme.test', 'TXT c.acme.test']);
  expect(await lookup('A.acme.test', 'TXT')).toEqual([['one']]);
  await expect(lookup('c.acme.test', 'TXT')).rejects.toMatchObject({ code: 'ETIMEOUT' });
  expect(asked).toHaveLength(2);
  expect(await lookup('b.acme.test', 'TXT')).toEqual([['two']]);
  await expect(lookup('a.acme.test', 'CNAME')).rejects.toMatchObject({ code: 'ENODATA' });
  expect(asked.slice(2)).toEqual(['TXT b.acme.test', 'CNAME a.acme.test']);
});
