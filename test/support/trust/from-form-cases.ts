import { caseWriter } from './case-writer.ts';
import { DANA, draft, type RawMail, utf8 } from './raw-mail.ts';
import { signedByAcme, signedByEvil } from './sign-dkim.ts';
import type { TrustCase } from './trust-case.ts';

const { genuine, forged } = caseWriter('from-form');

/** From written in ways that people, programs and attackers have thought of. */
export function fromFormCases(): TrustCase[] {
  return [...oursWritten(), ...strangersWhoNameUs(), ...unreadable(), ...forgedWritten()];
}

/** Mail of acme.test, validly signed. */
function oursWritten(): TrustCase[] {
  const ours: [string, string, string][] = [
    ['bare', `From: ${DANA}`, 'No name'],
    ['case', 'From: DANA@Acme.TEST', 'Addresses are compared without case'],
    ['quoted', 'From: "dana"@acme.test', 'Needless quotes (RFC 5321 section 4.1.2)'],
    ['quoted-name', 'From: "Reyes, Dana" <dana@acme.test>', 'A comma within quotes'],
    ['no-space', 'From:Dana<dana@acme.test>', 'No white space'],
    ['name-is-address', `From: "${DANA}" <${DANA}>`, 'A name like the address'],
    ['encoded-name', 'From: =?utf-8?q?D=C3=A1na?= <dana@acme.test>', 'An encoded name'],
    ['raw-name', utf8('From: Dána Reyes <dana@acme.test>'), 'A name in UTF-8 (RFC 6532)'],
  ];
  const unusual: [string, string, string][] = [
    ['comment-after', `From: ${DANA} (Dana Reyes)`, 'The name as a comment, as in the 1980s'],
    ['comment-inside', 'From: dana(Reyes)@acme.test', 'A comment within (obsolete)'],
    ['trailing-dot', 'From: dana@acme.test.', 'The root of the DNS written out'],
    ['spaces-inside', 'From: dana @ acme.test', 'White space within (obsolete)'],
    ['folded-inside', 'From: <dana@\r\n acme.test>', 'A fold within (obsolete)'],
  ];
  return [
    ...ours.map(([id, from, why]) => genuine(id, signedByAcme(draft({ from })), 'pass', { why })),
    ...unusual.map(([id, from, why]) =>
      genuine(id, signedByAcme(draft({ from })), 'pass', { alsoRight: ['fail'], why }),
    ),
    genuine('plus-tag', signedByAcme(draft({ from: 'From: dana+x@acme.test' })), 'pass', {
      owner: null,
      why: 'A tag makes another address; the domain vouches for it',
    }),
    genuine('dots', signedByAcme(draft({ from: 'From: d.ana@acme.test' })), 'pass', {
      owner: null,
      why: 'So do dots',
    }),
    genuine('quoted-space', signedByAcme(draft({ from: 'From: "da na"@acme.test' })), 'pass', {
      owner: null,
      alsoRight: ['fail'],
      why: 'Quotes that are needed',
    }),
  ];
}

/** An attacker's own address, proven; what names a user is beside it and counts for nothing. */
function strangersWhoNameUs(): TrustCase[] {
  const cases: [string, string][] = [
    ['name', '"dana@acme.test" <mallory@evil.test>'],
    ['name-with-brackets', '"Dana <dana@acme.test>" <mallory@evil.test>'],
    ['name-with-comma', '"dana@acme.test, " <mallory@evil.test>'],
    ['name-with-escapes', '"\\"dana@acme.test\\" <dana@acme.test>" <mallory@evil.test>'],
    ['encoded-name', '=?utf-8?q?dana=40acme=2Etest?= <mallory@evil.test>'],
    ['encoded-brackets', '=?utf-8?q?Dana_=3Cdana=40acme=2Etest=3E?= <mallory@evil.test>'],
    ['encoded-comma', '=?utf-8?q?dana=40acme=2Etest=2C?= <mallory@evil.test>'],
    ['encoded-base64', `=?utf-8?b?${base64('<dana@acme.test>,')}?= <mallory@evil.test>`],
    ['encoded-line', `=?utf-8?b?${base64('x\r\nFrom: dana@acme.test')}?= <mallory@evil.test>`],
    ['encoded-nul', `=?utf-8?b?${base64('dana@acme.test\0')}?= <mallory@evil.test>`],
    ['comment', 'mallory@evil.test (dana@acme.test)'],
    ['comment-before', '(dana@acme.test) mallory@evil.test'],
    ['comment-with-brackets', 'Mallory (<dana@acme.test>) <mallory@evil.test>'],
    ['percent-hack', 'dana%acme.test@evil.test'],
    ['quoted-local', '"dana@acme.test"@evil.test'],
    ['quoted-local-escape', '"dana\\@acme.test"@evil.test'],
    ['bang-path', 'acme.test!dana@evil.test'],
    ['subdomain', 'dana@acme.test.evil.test'],
    ['srs', 'SRS0=ab=cd=acme.test=dana@evil.test'],
  ];
  return cases.map(([id, from]) =>
    genuine(`stranger-${id}`, signedByEvil(draft({ from: `From: ${from}` })), 'pass', {
      owner: null,
      alsoRight: ['fail'],
      why: 'Proven to be of evil.test; it names no user, whatever it shows',
    }),
  );
}

/** No single address: fails closed, however valid the signature. */
function unreadable(): TrustCase[] {
  const cases: [string, string, string][] = [
    ['two', 'dana@acme.test, mallory@evil.test', 'Two authors'],
    ['two-turned', 'mallory@evil.test, dana@acme.test', 'Two authors'],
    ['two-ours', 'dana@acme.test, tom@acme.test', 'Two authors'],
    ['semicolon', 'mallory@evil.test; dana@acme.test', 'Two authors, as Outlook lists them'],
    ['group', 'Sales: dana@acme.test;', 'A group'],
    ['group-of-two', 'Sales: mallory@evil.test, dana@acme.test;', 'A group'],
    ['empty-group', 'undisclosed-recipients:;', 'An empty group'],
    ['no-angle', 'dana@acme.test <mallory@evil.test>', 'An address where a name should be'],
    ['two-angles', '<dana@acme.test> <mallory@evil.test>', 'Two addresses in brackets'],
    ['nested-angles', '<<dana@acme.test>mallory@evil.test>', 'Brackets in brackets'],
    ['two-ats', 'dana@acme.test@evil.test', 'Two @'],
    ['open-angle', '<dana@acme.test', 'Brackets left open'],
    ['open-quote', '"dana@acme.test <mallory@evil.test>', 'Quotes left open'],
    ['open-comment', 'dana@acme.test (mallory@evil.test', 'A comment left open'],
    ['source-route', '<@evil.test:dana@acme.test>', 'A source route'],
    ['source-route-of-two', '<@acme.test,@evil.test:mallory@evil.test>', 'A source route'],
    ['nul-after', 'dana@acme.test\0@evil.test', 'A null byte'],
    ['nul-domain', 'dana@acme.test\0.evil.test', 'A null byte'],
    ['nul-local', 'dana\0@acme.test', 'A null byte'],
    ['double-dot', 'dana@acme..test', 'An empty label'],
    ['leading-dot', 'dana@.acme.test', 'An empty label'],
    ['encoded-address', '=?utf-8?q?dana=40acme=2Etest?=', 'An encoded word is no address'],
    ['encoded-domain', 'dana@=?utf-8?q?acme=2Etest?=', 'An encoded word is no domain'],
    ['local-only', 'dana', 'No domain'],
    ['null-path', '<>', 'No address'],
    ['slash', 'dana@acme.test/evil.test', 'A domain as in a web address'],
    ['percent-in-domain', 'dana@%61cme.test', 'A domain as in a web address'],
    ['control', 'dana@acme.test\x08\x08', 'Control characters'],
    ['full-width-at', utf8('dana＠acme.test'), 'A sign that only looks like @'],
  ];
  return cases.map(([id, from, why]) =>
    forged(`unreadable-${id}`, bothSigned(draft({ from: `From: ${from}` })), 'fail', {
      owner: null,
      why: `${why}: not one address, beyond doubt`,
    }),
  );
}

/** A user's address in unusual spelling, signed by evil.test alone. */
function forgedWritten(): TrustCase[] {
  const cases: [string, string][] = [
    ['case', 'DANA@ACME.TEST'],
    ['trailing-dot', 'dana@acme.test.'],
    ['quoted', '"dana"@acme.test'],
    ['comment', 'dana@acme.test (<mallory@evil.test>)'],
    ['comment-address', '(mallory@evil.test) dana@acme.test'],
    ['name', '"mallory@evil.test" <dana@acme.test>'],
    ['encoded-name', '=?utf-8?q?mallory=40evil=2Etest=2C?= <dana@acme.test>'],
  ];
  return cases.map(([id, from]) =>
    forged(`forged-${id}`, signedByEvil(draft({ from: `From: ${from}` })), 'fail', {
      why: 'Dana’s address, signed by evil.test alone',
    }),
  );
}

/** Whichever domain a reader takes out of From, a signature of it is there. */
function bothSigned(mail: RawMail): RawMail {
  return signedByAcme(signedByEvil(mail));
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
