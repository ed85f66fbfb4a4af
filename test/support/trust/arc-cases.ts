import { caseWriter } from './case-writer.ts';
import { trustKeys } from './keys.ts';
import { altered, draft, type RawMail, under } from './raw-mail.ts';
import { SAW_PASS, sealed, sealedByEvil, sealedByList, type SealOptions } from './seal-arc.ts';
import { signedByAcme } from './sign-dkim.ts';
import type { TrustCase } from './trust-case.ts';
import { keyRecord, world } from './zones.ts';

const good = caseWriter('arc-genuine', { sealers: ['lists.test'] });
const bad = caseWriter('arc-forged', { sealers: ['lists.test'] });

/** A list that changes what passes through it, as lists do, and seals what it saw. */
export function arcGenuineCases(): TrustCase[] {
  const { genuine } = good;
  const second = sealedByGate(sealedByList(listed()));
  return [
    genuine('named-sealer', sealedByList(listed()), 'pass', {
      why: 'The list broke the signature; it saw it whole, and is believed',
    }),
    genuine('named-in-capitals', sealedByList(listed()), 'pass', {
      sealers: ['other.test', 'Lists.TEST'],
      why: 'Domains have no case',
    }),
    genuine('saw-signature', sealedByList(listed(), { saw: sawSignature() }), 'pass', {
      why: 'The list saw acme.test’s signature pass; there is no policy',
    }),
    genuine('two-named', second, 'pass', {
      sealers: ['lists.test', 'gate.test'],
      zone: withGate(),
      why: 'Two named sealers, the newer of which saw the older’s chain pass',
    }),
    genuine('unnamed', sealedByList(listed()), 'fail', {
      sealers: [],
      why: 'Nobody has named the list; acme.test asks for rejection',
    }),
    genuine('unnamed-without-policy', sealedByList(listed()), 'none', {
      sealers: [],
      zone: world(null),
      why: 'Nobody has named the list',
    }),
    genuine('second-unnamed', second, 'fail', {
      zone: withGate(),
      why: 'A sealer after the list, whom nobody has named, may have changed all',
    }),
    genuine('whole-signature-broken-chain', under(signedByAcme(draft()), brokenSeal()), 'pass', {
      why: 'acme.test’s signature holds; the chain is not needed',
    }),
    genuine('whole-signature-unnamed', sealedByEvil(signedByAcme(draft())), 'pass', {
      why: 'acme.test’s signature holds; the chain is not needed',
    }),
    genuine(
      'sealed-with-ed25519',
      sealedByList(listed(), { key: trustKeys().acmeEdwards }),
      'pass',
      {
        zone: { ...world(), ...keyRecord('list', 'lists.test', trustKeys().acmeEdwards) },
        alsoRight: ['fail'],
        why: 'RFC 8617 knows RSA alone; RFC 8463 adds the other',
      },
    ),
  ];
}

/** Chains that prove nothing, or not this. */
export function arcForgedCases(): TrustCase[] {
  return [...changedAfterwards(), ...bySealer(), ...byWhatWasSeen(), ...byShape()];
}

function changedAfterwards(): TrustCase[] {
  const { forged } = bad;
  const mail = sealedByList(listed());
  const set = mail.fields.slice(0, 3);
  const body = 'Pay into XX00 6666.\r\n';
  const why = 'Changed after the list had sealed it';
  return [
    forged('body', { ...mail, body }, 'fail', { why }),
    forged('subject', altered(mail, 'Subject: [List]', 'Subject: [Bill]'), 'fail', { why }),
    forged('from', altered(mail, 'From: Dana Reyes <dana@', 'From: Tom <tom@'), 'fail', {
      owner: 'tom@acme.test',
      why,
    }),
    forged('results', sawAltered(), 'fail', { why: 'What the list saw was rewritten' }),
    forged('set-moved', under({ ...draft({ subject: 'Pay' }), body }, ...set), 'fail', {
      why: 'A set taken from one mail and put on another',
    }),
    forged('second-from', under(mail, 'From: tom@acme.test'), 'fail', {
      owner: null,
      why: 'Two From fields, whatever the chain says',
    }),
    forged('resealed-by-stranger', sealedByEvil({ ...mail, body }), 'fail', {
      why: 'The stranger changed the body and sealed on top; the chain itself is unbroken',
    }),
    forged('resealed-fresh', sealedByEvil({ ...listed(), body }), 'fail', {
      why: 'A chain of the stranger’s own',
    }),
  ];
}

function bySealer(): TrustCase[] {
  const { forged } = bad;
  const weak = trustKeys().rsa512;
  const spoofed = sealedByList(listed(), { key: trustKeys().evil });
  const below = sealedByEvil(draft(), { domain: 'evil.lists.test' });
  return [
    forged('stranger', sealedByEvil(draft()), 'fail', { why: 'A sealer whom nobody has named' }),
    forged('stranger-named-in-results', sealedByEvil(draft(), { saw: SAW_PASS }), 'fail', {
      why: 'The authserv-id in the results is the stranger’s own word; d= counts',
    }),
    forged('other-key', spoofed, 'fail', {
      why: 'd=lists.test, with a key that is not the list’s',
    }),
    forged('below-named', below, 'fail', {
      zone: { ...world(), ...keyRecord('k1', 'evil.lists.test', trustKeys().evil) },
      why: 'Only the very domain is named, not what lies below it',
    }),
    forged('weak-key', sealedByList(listed(), { key: weak }), 'fail', {
      zone: { ...world(), ...keyRecord('list', 'lists.test', weak) },
      why: 'Anybody can compute the private key of 512 bits',
    }),
    forged('message-by-stranger', mixed(), 'fail', {
      why: 'Seal and message signature of one set by different domains',
    }),
    forged('key-gone', sealedByList(listed()), 'fail', {
      zone: { ...world(), 'list._domainkey.lists.test': 'nxdomain' },
      why: 'The list’s key is gone',
    }),
    forged('first-by-stranger', sealedByList(sealedByEvil(draft()), sawChain()), 'fail', {
      why: 'The list only says that the stranger’s chain is whole, and that DMARC failed',
    }),
  ];
}

function byWhatWasSeen(): TrustCase[] {
  const { forged } = bad;
  const saw = (id: string, text: string, why: string) =>
    forged(id, sealedByList(draft(), { saw: `lists.test; ${text}` }), 'fail', { why });
  return [
    saw('saw-fail', 'dkim=none; dmarc=fail header.from=acme.test', 'The list saw it fail'),
    saw('saw-nothing', 'none', 'The list saw nothing'),
    saw('saw-other-from', 'dmarc=pass header.from=evil.test', 'The list saw another From'),
    saw(
      'saw-other-signature',
      'dkim=pass header.d=evil.test',
      'The list saw a stranger’s signature',
    ),
    saw('saw-in-comment', 'dmarc=fail (dmarc=pass header.from=acme.test)', 'A comment'),
    saw('saw-both', 'dmarc=pass header.from=acme.test; dmarc=fail', 'It contradicts itself'),
  ];
}

function byShape(): TrustCase[] {
  const { forged } = bad;
  const shape = (id: string, mail: RawMail, why: string) => forged(id, mail, 'fail', { why });
  const named = (mail: RawMail, options: Partial<SealOptions>) => sealedByList(mail, options);
  const once = named(listed(), {});
  const without = (at: number): RawMail => ({ ...once, fields: once.fields.toSpliced(at, 1) });
  const notFrom = ['to', 'subject', 'date', 'message-id'];
  return [
    shape('chain-fail', named(once, { chain: 'fail' }), 'cv=fail'),
    shape('chain-fail-first', named(listed(), { chain: 'fail' }), 'cv=fail'),
    shape('chain-pass-first', named(listed(), { chain: 'pass' }), 'i=1 must say cv=none'),
    shape('chain-none-second', named(once, { chain: 'none' }), 'i=2 must say cv=pass'),
    shape('gap', named(once, { instance: 3 }), 'i=1 and i=3'),
    shape('begins-at-2', named(listed(), { instance: 2 }), 'i=2 alone'),
    shape('instance-0', named(listed(), { instance: 0, chain: 'none' }), 'i=0'),
    shape('instance-51', named(listed(), { instance: 51 }), 'At most 50 (RFC 8617 section 5.1)'),
    shape('set-twice', under(once, ...once.fields.slice(0, 3)), 'i=1 stands twice'),
    shape('seal-missing', without(0), 'No ARC-Seal'),
    shape('message-missing', without(1), 'No ARC-Message-Signature'),
    shape('results-missing', without(2), 'No ARC-Authentication-Results'),
    shape('from-not-covered', named(draft(), { headers: notFrom }), 'From is not signed'),
    shape('seal-broken', altered(once, 'cv=none', 'cv=none; x=1'), 'The seal was touched'),
    forged(
      'length-limited',
      { ...named(draft(), { length: 5 }), body: draft().body + 'Pay' },
      'fail',
      {
        why: 'l= in the message signature, and a text appended',
      },
    ),
  ];
}

/** Dana’s mail as the list sends it on: her signature no longer holds. */
function listed(): RawMail {
  const mail = altered(signedByAcme(draft()), 'Subject: Our', 'Subject: [List] Our');
  return { ...mail, body: `${mail.body}--\r\nYou are on the list\r\n` };
}

function withGate() {
  return { ...world(), ...keyRecord('g1', 'gate.test', trustKeys().esp) };
}

function sealedByGate(mail: RawMail): RawMail {
  const saw =
    'gate.test; arc=pass (i=1); dkim=fail header.d=acme.test; dmarc=fail header.from=acme.test';
  return sealed(mail, { domain: 'gate.test', selector: 'g1', key: trustKeys().esp, saw });
}

function sawSignature(): string {
  return 'lists.test; spf=none; dkim=pass header.d=acme.test; dmarc=none header.from=acme.test';
}

function sawChain() {
  return { saw: 'lists.test; arc=pass; dkim=none; dmarc=fail header.from=acme.test' };
}

function sawAltered(): RawMail {
  const mail = sealedByList(draft(), { saw: 'lists.test; dmarc=fail header.from=acme.test' });
  return altered(mail, 'dmarc=fail', 'dmarc=pass');
}

function brokenSeal(): string {
  return 'ARC-Seal: i=1; a=rsa-sha256; cv=none; d=lists.test; s=list; b=AAAA';
}

/** The list's seal from one mail over the stranger's message signature of another. */
function mixed(): RawMail {
  const stranger = sealedByEvil(draft());
  const [seal] = sealedByList(listed()).fields;
  return { ...stranger, fields: [seal!, ...stranger.fields.slice(1)] };
}
