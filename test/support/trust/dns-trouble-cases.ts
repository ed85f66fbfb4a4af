import { caseWriter } from './case-writer.ts';
import { trustKeys } from './keys.ts';
import { draft } from './raw-mail.ts';
import { HOUSE, results, takenIn } from './relays.ts';
import { sealedByList } from './seal-arc.ts';
import { signed, signedByAcme, signedByEvil } from './sign-dkim.ts';
import type { TrustCase, ZoneTrouble } from './trust-case.ts';
import { world } from './zones.ts';

const { genuine, forged } = caseWriter('dns-trouble');
const KEY = 's1._domainkey.acme.test';
const POLICY = '_dmarc.acme.test';

/** The DNS does not answer: what cannot be told now, and what can all the same. */
export function dnsTroubleCases(): TrustCase[] {
  return [...(['timeout', 'servfail'] as const).flatMap(withTrouble), ...itDoesNotMatter()];
}

function withTrouble(trouble: ZoneTrouble): TrustCase[] {
  const noKey = { ...world(), [KEY]: trouble };
  const noPolicy = { ...world(), [POLICY]: trouble };
  const noList = { ...world(), 'list._domainkey.lists.test': trouble };
  return [
    genuine(`key-${trouble}`, signedByAcme(draft()), 'unknown', {
      zone: noKey,
      why: 'The signature may be valid: ask again',
    }),
    genuine(`key-${trouble}-without-policy`, signedByAcme(draft()), 'unknown', {
      zone: { ...world(null), [KEY]: trouble },
      why: 'The signature may be valid: ask again',
    }),
    forged(`policy-${trouble}`, draft(), 'unknown', {
      zone: noPolicy,
      why: 'Unsigned; whether acme.test asks for rejection cannot be told',
    }),
    forged(`policy-${trouble}-own-signature`, signedByEvil(draft()), 'unknown', {
      zone: noPolicy,
      why: 'Signed by a stranger; whether acme.test asks for rejection cannot be told',
    }),
    forged(`all-${trouble}`, { ...signedByAcme(draft()), body: 'Pay.\r\n' }, 'unknown', {
      zone: { [KEY]: trouble, [POLICY]: trouble },
      why: 'The signature is broken; whether acme.test asks for rejection cannot be told',
    }),
    genuine(`sealer-${trouble}`, sealedByList(draft()), 'unknown', {
      zone: noList,
      sealers: ['lists.test'],
      why: 'The named sealer’s chain may be whole: ask again',
    }),
    genuine(`below-policy-${trouble}`, signedByAcme(draft(), { domain: 'acme.test' }), 'pass', {
      zone: noPolicy,
      alsoRight: ['unknown'],
      why: 'Signed by the very domain of From: strict or relaxed, it is aligned',
    }),
  ];
}

function itDoesNotMatter(): TrustCase[] {
  const esp = signed(draft(), { domain: 'esp.test', selector: 'm1', key: trustKeys().esp });
  const both = signedByAcme(draft(), { selector: 'ed', key: trustKeys().acmeEdwards });
  const changed = { ...signedByAcme(draft()), body: 'Pay into XX00 6666.\r\n' };
  return [
    forged('strangers-key', signedByEvil(draft()), 'fail', {
      zone: { ...world(), 'k1._domainkey.evil.test': 'timeout' },
      alsoRight: ['unknown'],
      why: 'Whatever evil.test’s key is, it is not aligned',
    }),
    genuine('services-key', esp, 'none', {
      zone: { ...world(null), 'm1._domainkey.esp.test': 'servfail' },
      alsoRight: ['unknown'],
      why: 'Whatever the service’s key is, it is not aligned',
    }),
    genuine('one-of-two-keys', signedByAcme(both), 'pass', {
      zone: { ...world(), [KEY]: 'timeout' },
      why: 'The other signature holds',
    }),
    forged('body-changed', changed, 'fail', {
      zone: { ...world(), [KEY]: 'timeout' },
      alsoRight: ['unknown'],
      why: 'The hash of the body is wrong, whatever the key is',
    }),
    forged(
      'two-from',
      signedByAcme(draft({ from: ['From: tom@acme.test', 'From: dana@acme.test'] })),
      'fail',
      {
        zone: { [KEY]: 'timeout', [POLICY]: 'timeout' },
        owner: null,
        why: 'Two From fields need no DNS',
      },
    ),
    genuine('house-knows', takenIn(draft(), results('dmarc=pass header.from=acme.test')), 'pass', {
      zone: { [KEY]: 'timeout', [POLICY]: 'timeout' },
      pinned: HOUSE,
      why: 'The house answered it when the mail came: nothing is asked',
    }),
    forged(
      'house-knows-fail',
      takenIn(draft(), results('dmarc=fail header.from=acme.test')),
      'fail',
      {
        zone: { [KEY]: 'timeout', [POLICY]: 'timeout' },
        pinned: HOUSE,
        why: 'The house answered it when the mail came: nothing is asked',
      },
    ),
    genuine('unnamed-sealers-key', sealedByList(draft()), 'fail', {
      zone: { ...world(), 'list._domainkey.lists.test': 'timeout' },
      alsoRight: ['unknown'],
      why: 'Nobody has named the list: its key need not be asked for',
    }),
    forged('no-such-key', signedByAcme(draft()), 'fail', {
      zone: { ...world(), [KEY]: 'nxdomain' },
      why: 'That there is no key is an answer',
    }),
  ];
}
