import { caseWriter } from './case-writer.ts';
import { trustKeys } from './keys.ts';
import { draft } from './raw-mail.ts';
import { signedByAcme } from './sign-dkim.ts';
import type { TrustCase, Zone } from './trust-case.ts';
import { dmarcRecord, keyRecord, world } from './zones.ts';

const { genuine, forged } = caseWriter('dmarc-policy');
const NEWS = { from: 'From: dana@news.acme.test' };

/** What the domain of From publishes: which signatures are aligned, and what silence means. */
export function dmarcPolicyCases(): TrustCase[] {
  return [...alignment(), ...policies(), ...records()];
}

function alignment(): TrustCase[] {
  const below = { ...world(), ...keyRecord('s1', 'mail.acme.test', trustKeys().acme) };
  const strict = { ...below, ...dmarcRecord('acme.test', 'p=reject; adkim=s') };
  const byMail = signedByAcme(draft(), { domain: 'mail.acme.test' });
  return [
    genuine('relaxed-below', byMail, 'pass', {
      zone: below,
      why: 'A subdomain of the domain of From is aligned, unless it says adkim=s',
    }),
    genuine('relaxed-above', signedByAcme(draft(NEWS)), 'pass', {
      owner: null,
      why: 'The organisational domain may sign for its subdomain',
    }),
    genuine('relaxed-beside', signedByAcme(draft(NEWS), { domain: 'mail.acme.test' }), 'pass', {
      zone: below,
      owner: null,
      why: 'Two subdomains of one organisation are aligned',
    }),
    genuine('strict-below', byMail, 'fail', {
      zone: strict,
      why: 'adkim=s wants the very domain of From',
    }),
    genuine('strict-same', signedByAcme(draft()), 'pass', {
      zone: strict,
      why: 'adkim=s, and it is the very domain',
    }),
    forged('strict-beside', signedByAcme(draft(NEWS), { domain: 'mail.acme.test' }), 'fail', {
      zone: { ...strict, ...dmarcRecord('news.acme.test', 'p=reject; adkim=s') },
      owner: null,
      why: 'The record of the subdomain itself comes first, and it is strict',
    }),
    genuine('strict-says-subdomain', signedByAcme(draft(NEWS)), 'fail', {
      zone: { ...world(), ...dmarcRecord('news.acme.test', 'p=reject; adkim=s') },
      owner: null,
      why: 'The subdomain’s own record wants its own signature',
    }),
    genuine('relaxed-written-out', byMail, 'pass', {
      zone: { ...below, ...dmarcRecord('acme.test', 'p=reject; adkim=r; aspf=s') },
      why: 'aspf is about SPF alone',
    }),
  ];
}

function policies(): TrustCase[] {
  const cases: [string, string, 'fail' | 'none', string][] = [
    ['quarantine', 'p=quarantine', 'fail', 'acme.test asks for quarantine'],
    ['none', 'p=none', 'none', 'acme.test only watches'],
    ['capitals', 'p=REJECT', 'fail', 'Values have no case'],
    ['spaces', ' p = reject ; pct = 100 ;', 'fail', 'White space is allowed around ='],
    ['unknown-tags', 'p=reject; foo=bar', 'fail', 'Unknown tags are passed over'],
  ];
  const unsigned = cases.map(([id, policy, expected, why]) =>
    forged(`unsigned-${id}`, draft(), expected, { zone: world(policy), why }),
  );
  const subdomain = (id: string, policy: string, expected: 'fail' | 'none', why: string) =>
    forged(id, draft(NEWS), expected, {
      zone: { ...world(policy), 'news.acme.test': [['here']] },
      owner: null,
      why,
    });
  return [
    ...unsigned,
    subdomain('sp-none', 'p=reject; sp=none', 'none', 'sp= is the policy of subdomains'),
    subdomain('sp-reject', 'p=none; sp=reject', 'fail', 'sp= is the policy of subdomains'),
    subdomain('sp-absent', 'p=reject', 'fail', 'Without sp= subdomains have p='),
  ];
}

function records(): TrustCase[] {
  const withRecords = (...texts: string[]): Zone => ({
    ...world(null),
    '_dmarc.acme.test': texts.map((text) => [text]),
  });
  return [
    forged('two-records', draft(), 'none', {
      zone: withRecords('v=DMARC1; p=reject', 'v=DMARC1; p=none'),
      alsoRight: ['fail'],
      why: 'Two policies are none (RFC 7489 section 6.6.3)',
    }),
    forged('other-text-beside', draft(), 'fail', {
      zone: withRecords('verification=123', 'v=DMARC1; p=reject'),
      why: 'Other text at the name is passed over',
    }),
    forged('not-dmarc', draft(), 'none', {
      zone: withRecords('v=spf1 -all'),
      why: 'Text that is no policy',
    }),
    forged('split-record', draft(), 'fail', {
      zone: { ...withRecords(), '_dmarc.acme.test': [['v=DMARC1; p=re', 'ject']] },
      why: 'The strings of a record are one text',
    }),
    genuine('signed-and-two-records', signedByAcme(draft()), 'pass', {
      zone: withRecords('v=DMARC1; p=reject', 'v=DMARC1; p=none'),
      why: 'A muddle of policies does not undo the very domain’s signature',
    }),
  ];
}
