import { caseWriter } from './case-writer.ts';
import { trustKeys } from './keys.ts';
import { draft, over, type RawMail } from './raw-mail.ts';
import { signed, signedByEvil } from './sign-dkim.ts';
import type { TrustCase } from './trust-case.ts';
import { dmarcRecord, keyRecord, world } from './zones.ts';

const { genuine, forged } = caseWriter('dkim-forged');

/** Signed rightly, by somebody who is not the domain of From; each forgery has its honest twin. */
export function dkimForgedCases(): TrustCase[] {
  return [...byAttackers(), ...byServices(), ...inSharedDomains()];
}

function byAttackers(): TrustCase[] {
  const mail = signedByEvil(draft());
  const inside = 'i=@acme.test.evil.test';
  return [
    forged('own-signature', mail, 'fail', { why: 'Valid for evil.test, which is not acme.test' }),
    forged('own-signature-without-policy', mail, 'none', {
      zone: world(null),
      why: 'Valid for evil.test; acme.test asks for nothing',
    }),
    forged('own-signature-monitoring', mail, 'none', {
      zone: world('p=none; rua=mailto:d@acme.test'),
      why: 'acme.test only watches',
    }),
    forged('unsigned', draft(), 'fail', { why: 'No signature at all' }),
    forged('unsigned-without-policy', draft(), 'none', {
      zone: world(null),
      why: 'No evidence at all',
    }),
    forged('d-below-evil', signedAs(draft(), 'acme.test.evil.test'), 'fail', {
      zone: { ...world(), ...keyRecord('k1', 'acme.test.evil.test', trustKeys().evil) },
      why: 'acme.test.evil.test belongs to evil.test',
    }),
    forged('d-ends-alike', signedAs(draft(), 'notacme.test'), 'fail', {
      zone: { ...world(), ...keyRecord('k1', 'notacme.test', trustKeys().evil) },
      why: 'notacme.test only ends like acme.test',
    }),
    forged('i-names-acme', signedByEvil(draft(), { tags: inside }), 'fail', {
      why: 'i= counts for nothing in alignment',
    }),
    forged('d-is-top-level', signedAs(draft(), 'test'), 'fail', {
      zone: { ...world(), ...keyRecord('k1', 'test', trustKeys().evil) },
      why: 'A public suffix vouches for nobody below it',
    }),
    forged('sender-field', over(mail, 'Sender: mallory@evil.test'), 'fail', {
      why: 'A Sender of the signing domain does not make it From',
    }),
    forged('acme-selector', signedByEvil(draft(), { selector: 's1._domainkey.acme' }), 'fail', {
      zone: {
        ...world(),
        ...keyRecord('s1._domainkey.acme', 'evil.test', trustKeys().evil),
      },
      why: 'A selector may look like anything',
    }),
    genuine('mallory-himself', signedByEvil(draft({ from: 'From: mallory@evil.test' })), 'pass', {
      owner: null,
      why: 'A stranger who proves that he is one',
    }),
  ];
}

function byServices(): TrustCase[] {
  const mail = signed(draft(), { domain: 'esp.test', selector: 'm1', key: trustKeys().esp });
  return [
    genuine('service-only', mail, 'none', {
      zone: world(null),
      why: 'A mailing service signed for itself; nobody can tell whether Dana asked for it',
    }),
    genuine('service-only-under-reject', mail, 'fail', {
      why: 'acme.test asks that such mail be rejected',
    }),
    forged('service-of-another-customer', mail, 'fail', {
      zone: world('p=quarantine'),
      why: 'Any customer of the service can write this From',
    }),
  ];
}

/** Names under which strangers live side by side. */
function inSharedDomains(): TrustCase[] {
  const victim = draft({ from: 'From: dana@acme.hosting.test' });
  const hosting = {
    ...world(),
    ...dmarcRecord('hosting.test', 'p=reject; psd=y'),
    ...keyRecord('k1', 'evil.hosting.test', trustKeys().evil),
    ...keyRecord('k1', 'acme.hosting.test', trustKeys().acme),
  };
  const own = signed(victim, {
    domain: 'acme.hosting.test',
    selector: 'k1',
    key: trustKeys().acme,
  });
  const github = draft({ from: 'From: dana@acme.github.io' });
  return [
    forged('neighbour-psd', signedAs(victim, 'evil.hosting.test'), 'fail', {
      zone: hosting,
      owner: null,
      why: 'RFC 9989: psd=y makes hosting.test a public suffix; neighbours are not aligned',
    }),
    genuine('own-psd', own, 'pass', {
      zone: hosting,
      owner: null,
      why: 'The domain itself, beside its neighbours',
    }),
    forged('neighbour-private-suffix', signedAs(github, 'evil.github.io'), 'none', {
      zone: { ...world(), ...keyRecord('k1', 'evil.github.io', trustKeys().evil) },
      owner: null,
      alsoRight: ['fail'],
      why: 'The public suffix list has private suffixes too',
    }),
  ];
}

function signedAs(mail: RawMail, domain: string): RawMail {
  return signedByEvil(mail, { domain });
}
