import { caseWriter } from './case-writer.ts';
import { trustKeys } from './keys.ts';
import { draft, utf8 } from './raw-mail.ts';
import { signed, signedByAcme, signedByEvil } from './sign-dkim.ts';
import type { TrustCase } from './trust-case.ts';
import { dmarcRecord, keyRecord, world } from './zones.ts';

const { genuine, forged } = caseWriter('from-lookalike');
const UMA = 'uma@xn--bcher-kva.test';
/** acme.test with a Cyrillic first letter. */
const CYRILLIC = 'xn--cme-5cd.test';

/** Domains and names beyond ASCII: those of users, and those that only look like them. */
export function lookalikeCases(): TrustCase[] {
  return [...international(), ...lookalikes(), ...folding()];
}

function international(): TrustCase[] {
  const domain = 'xn--bcher-kva.test';
  const zone = {
    ...world(),
    ...keyRecord('s1', domain, trustKeys().acme),
    ...dmarcRecord(domain, 'p=reject'),
  };
  const write = (from: string) => draft({ from: utf8(`From: Uma <uma@${from}>`) });
  const byUma = (from: string) => signedByAcme(write(from), { domain });
  return [
    genuine('a-label', byUma(domain), 'pass', { owner: UMA, zone, why: 'A-labels' }),
    genuine('a-label-capitals', byUma('XN--BCHER-KVA.test'), 'pass', {
      owner: UMA,
      zone,
      why: 'A-labels have no case',
    }),
    genuine('u-label', byUma('bücher.test'), 'pass', {
      owner: UMA,
      zone,
      why: 'U-labels (RFC 6532) are the same domain',
    }),
    genuine('u-label-capitals', byUma('BÜCHER.test'), 'pass', {
      owner: UMA,
      zone,
      why: 'U-labels are lowered before they are compared',
    }),
    genuine('u-label-decomposed', byUma('bu\u0308cher.test'), 'pass', {
      owner: UMA,
      zone,
      why: 'A letter and its accent apart are the same domain',
    }),
    forged('u-label-forged', signedByEvil(write('bücher.test')), 'fail', {
      owner: UMA,
      zone,
      why: 'The policy is looked up under the A-labels, and asks for rejection',
    }),
    forged('u-label-unsigned', write('bücher.test'), 'fail', {
      owner: UMA,
      zone,
      why: 'The policy is looked up under the A-labels, and asks for rejection',
    }),
  ];
}

function lookalikes(): TrustCase[] {
  const zone = { ...world(), ...keyRecord('k1', CYRILLIC, trustKeys().evil) };
  const own = { domain: CYRILLIC, selector: 'k1', key: trustKeys().evil };
  const cyrillic = draft({ from: utf8('From: Dana Reyes <dana@\u0430cme.test>') });
  return [
    genuine('cyrillic-proven', signed(cyrillic, own), 'pass', {
      owner: null,
      zone,
      why: 'Another domain, which proves itself; it is no user’s',
    }),
    genuine('cyrillic-a-label', signed(draft({ from: `From: dana@${CYRILLIC}` }), own), 'pass', {
      owner: null,
      zone,
      why: 'Another domain, which proves itself; it is no user’s',
    }),
    genuine('cyrillic-unsigned', cyrillic, 'none', {
      owner: null,
      why: 'Another domain, of which nothing is known',
    }),
    forged('cyrillic-signature', signed(draft(), own), 'fail', {
      zone,
      why: 'Signed by the domain that looks like acme.test',
    }),
    genuine('digit', signedByEvil(draft({ from: 'From: dana@acme1.test' })), 'none', {
      owner: null,
      why: 'Another domain, of which nothing is known',
    }),
    genuine(
      'cyrillic-local',
      signedByAcme(draft({ from: utf8('From: d\u0430na@acme.test') })),
      'pass',
      {
        owner: null,
        alsoRight: ['fail'],
        why: 'Another mailbox of acme.test',
      },
    ),
  ];
}

/** Characters that become a user's address when they are mapped or dropped. */
function folding(): TrustCase[] {
  const cases: [string, string, string | null, string][] = [
    ['full-stop', 'dana@acme\u3002test', 'dana@acme.test', 'An ideographic full stop is a dot'],
    ['full-width', 'dana@\uff41cme.test', 'dana@acme.test', 'Full-width letters are letters'],
    ['zero-width', 'dana@ac\u200bme.test', null, 'A character that cannot be seen'],
    ['soft-hyphen', 'dana@ac\u00adme.test', null, 'A character that cannot be seen'],
    ['zero-width-local', 'da\u200bna@acme.test', null, 'A character that cannot be seen'],
    ['right-to-left', '\u202edana@acme.test', null, 'A character that turns the text round'],
    ['kelvin-local', '\u212aim@acme.test', null, 'A Kelvin sign, which lower case makes a k'],
  ];
  return cases.map(([id, address, owner, why]) => {
    const mail = signedByEvil(draft({ from: utf8(`From: ${address}`) }));
    // Where no address can be read, not even a signature of acme.test makes it one of a user.
    const raw = owner === null ? signedByAcme(mail) : mail;
    return forged(`folding-${id}`, raw, 'fail', { owner, why });
  });
}
