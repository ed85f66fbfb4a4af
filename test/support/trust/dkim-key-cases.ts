import { caseWriter } from './case-writer.ts';
import { trustKeys } from './keys.ts';
import { draft } from './raw-mail.ts';
import { signedByAcme } from './sign-dkim.ts';
import type { TrustCase, Zone } from './trust-case.ts';
import { keyRecord, world } from './zones.ts';

const { genuine, forged } = caseWriter('dkim-key');

/** The key record in place of the usual one, in a domain that publishes no policy. */
function soft(record: Zone): Zone {
  return { ...world(null), ...record };
}

/** Signatures that are right in themselves and depend on what the key record says. */
export function dkimKeyCases(): TrustCase[] {
  return [...weakKeys(), ...unusableKeys(), ...recordForms()];
}

function weakKeys(): TrustCase[] {
  const keys = trustKeys();
  return ([512, 768] as const).flatMap((bits) => {
    const key = bits === 512 ? keys.rsa512 : keys.rsa768;
    const record = keyRecord('weak', 'acme.test', key);
    const mail = signedByAcme(draft(), { selector: 'weak', key });
    return [
      forged(`rsa-${bits}-under-reject`, mail, 'fail', {
        zone: { ...world(), ...record },
        why: `RFC 8301: anybody can compute the private key of ${bits} bits`,
      }),
      forged(`rsa-${bits}`, mail, 'none', {
        zone: soft(record),
        alsoRight: ['fail'],
        why: `RFC 8301: a signature with ${bits} bits is as good as none`,
      }),
    ];
  });
}

function unusableKeys(): TrustCase[] {
  const { acme, acmeEdwards } = trustKeys();
  const mail = signedByAcme(draft());
  const cases: [string, Zone, string][] = [
    ['revoked', keyRecord('s1', 'acme.test', 'p='), 'RFC 6376: an empty p= is a key withdrawn'],
    ['missing', { 's1._domainkey.acme.test': 'nxdomain' }, 'There is no key'],
    ['no-text', { 's1._domainkey.acme.test': [] }, 'The name exists and holds no key'],
    ['other', keyRecord('s1', 'acme.test', trustKeys().rsa1024), 'The key is another'],
    ['other-type', keyRecord('s1', 'acme.test', acmeEdwards), 'The key is of another kind'],
    ['junk', keyRecord('s1', 'acme.test', 'p=!!!!'), 'The key cannot be read'],
    ['wrong-version', keyRecord('s1', 'acme.test', acme, 'v=DKIM2; '), 'v= is not DKIM1'],
    ['sha1-only', keyRecord('s1', 'acme.test', acme, 'v=DKIM1; h=sha1; '), 'h= shuts sha256 out'],
    ['not-for-mail', keyRecord('s1', 'acme.test', acme, 'v=DKIM1; s=tlsrpt; '), 's= has no email'],
  ];
  return cases.map(([id, record, why]) =>
    genuine(id, mail, 'none', { zone: soft(record), alsoRight: ['fail'], why }),
  );
}

function recordForms(): TrustCase[] {
  const { acme, rsa1024 } = trustKeys();
  const mail = signedByAcme(draft());
  const sub = signedByAcme(draft({ from: 'From: dana@acme.test' }), { tags: 'i=@mail.acme.test' });
  const strict = keyRecord('s1', 'acme.test', acme, 'v=DKIM1; t=s; ');
  const half = keyRecord('s1', 'acme.test', acme.record.slice(0, 60));
  const split = acme.record.match(/.{1,40}/g)!;
  return [
    genuine('many-strings', mail, 'pass', {
      zone: { ...world(), 's1._domainkey.acme.test': [split] },
      why: 'The strings of a record are one text, and v= may be left out',
    }),
    genuine('for-all-services', mail, 'pass', {
      zone: { ...world(), ...keyRecord('s1', 'acme.test', acme, 'v=DKIM1; s=*; h=sha256; n=x; ') },
      why: 's=* and unknown notes are fine',
    }),
    genuine('cut-off', mail, 'none', {
      zone: soft(half),
      alsoRight: ['fail'],
      why: 'Half a key is none',
    }),
    genuine('testing', mail, 'none', {
      zone: soft(keyRecord('s1', 'acme.test', acme, 'v=DKIM1; t=y; ')),
      alsoRight: ['pass'],
      why: 'RFC 6376 section 3.6.1: mail of a domain that tests is to be treated as unsigned',
    }),
    forged('testing-and-broken', { ...mail, body: 'Pay here.\r\n' }, 'none', {
      zone: soft(keyRecord('s1', 'acme.test', acme, 'v=DKIM1; t=y; ')),
      alsoRight: ['fail'],
      why: 'A domain that tests proves nothing by a signature that does not hold',
    }),
    genuine('strict-identity', mail, 'pass', {
      zone: { ...world(), ...strict },
      why: 't=s wants i= in d= itself, where it is when left out',
    }),
    genuine('strict-identity-elsewhere', sub, 'none', {
      zone: soft(strict),
      alsoRight: ['fail'],
      why: 't=s: i= must not be in a subdomain',
    }),
    genuine('second-selector', signedByAcme(draft(), { selector: 'Two', key: rsa1024 }), 'pass', {
      zone: { ...world(), ...keyRecord('two', 'acme.test', rsa1024) },
      why: 'Selectors have no case',
    }),
  ];
}
