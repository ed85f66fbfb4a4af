import { caseWriter } from './case-writer.ts';
import { trustKeys } from './keys.ts';
import { BODY, draft, RECEIVED_AT, under } from './raw-mail.ts';
import { signed, signedByAcme, USUAL_HEADERS } from './sign-dkim.ts';
import type { TrustCase } from './trust-case.ts';
import { world } from './zones.ts';

const { genuine, forged } = caseWriter('dkim-limits');
const NOW = RECEIVED_AT.getTime() / 1000;
const DAY = 86_400;

/** Where signatures end: in time, in the body, in the header, in what they may be made of. */
export function dkimLimitCases(): TrustCase[] {
  return [...inTime(), ...inBody(), ...inHeader(), ...inForm()];
}

function inTime(): TrustCase[] {
  const past = { signedAt: NOW - 9 * DAY, tags: `x=${NOW - 2 * DAY}` };
  const lasting = { signedAt: NOW - DAY, tags: `x=${NOW + 6 * DAY}` };
  return [
    forged('expired', signedByAcme(draft(), past), 'fail', {
      why: 'Sent once more after its signature had ended',
    }),
    forged('expired-without-policy', signedByAcme(draft(), past), 'none', {
      zone: world(null),
      alsoRight: ['fail'],
      why: 'Sent once more after its signature had ended',
    }),
    genuine('expired-since', signedByAcme(draft(), lasting), 'pass', {
      why: 'Valid when it came; it may be judged weeks later, from a mailbox that had waited',
    }),
    genuine(
      'not-yet-expired',
      signedByAcme(draft(), { signedAt: Date.UTC(2026, 0) / 1000, tags: 'x=99999999999' }),
      'pass',
      { why: 'x= lies far ahead' },
    ),
    forged(
      'expires-before-signed',
      signedByAcme(draft(), { signedAt: NOW - DAY, tags: `x=${NOW - 2 * DAY}` }),
      'fail',
      { why: 'x= lies before t=, and has passed' },
    ),
    genuine('clock-ahead', signedByAcme(draft(), { signedAt: NOW + 240 }), 'pass', {
      why: 'Clocks differ by some minutes',
    }),
    genuine('far-future', signedByAcme(draft(), { signedAt: Date.UTC(2070, 0) / 1000 }), 'none', {
      zone: world(null),
      alsoRight: ['pass'],
      why: 'RFC 6376 section 3.5: a signature from the future may be ignored',
    }),
  ];
}

function inBody(): TrustCase[] {
  const limited = signedByAcme(draft(), { length: BODY.length });
  const simple = signedByAcme(draft(), {
    length: BODY.length,
    canonicalization: 'simple/simple',
  });
  const nothing = signedByAcme(draft(), { length: 0 });
  const appended = `${BODY}\r\nOur bank account has changed: XX00 6666\r\n`;
  return [
    forged('l-appended', { ...limited, body: appended }, 'fail', {
      why: 'l= covers the beginning; what follows is anybody’s',
    }),
    forged('l-appended-simple', { ...simple, body: appended }, 'fail', {
      why: 'l= covers the beginning; what follows is anybody’s',
    }),
    forged('l-appended-without-policy', { ...limited, body: appended }, 'none', {
      zone: world(null),
      alsoRight: ['fail'],
      why: 'l= covers the beginning; what follows is anybody’s',
    }),
    forged('l-zero', { ...nothing, body: 'Pay here.\r\n' }, 'fail', {
      why: 'l=0 signs no body at all',
    }),
    genuine('l-untouched', limited, 'fail', {
      alsoRight: ['none', 'pass'],
      why: 'Signatures with l= are refused, though this one happens to cover all',
    }),
    genuine('l-beside-another', signedByAcme(limited), 'pass', {
      why: 'A second signature covers all',
    }),
    forged('l-longer', { ...signedByAcme(draft(), { length: 4096 }), body: appended }, 'fail', {
      why: 'l= beyond the body is an error (RFC 6376 section 3.5)',
    }),
  ];
}

function inHeader(): TrustCase[] {
  const headers = USUAL_HEADERS.filter((name) => name !== 'from');
  const unsigned = signedByAcme(draft({ from: 'From: tom@acme.test' }), { headers });
  const swapped = unsigned.fields.map((field) =>
    field.startsWith('From:') ? 'From: dana@acme.test' : field,
  );
  return [
    forged('from-outside-h', { ...unsigned, fields: swapped }, 'fail', {
      why: 'From is not signed, so that it could be exchanged',
    }),
    forged('from-outside-h-without-policy', { ...unsigned, fields: swapped }, 'none', {
      zone: world(null),
      alsoRight: ['fail'],
      why: 'From is not signed, so that it could be exchanged',
    }),
    forged('h-empty', signedByAcme(draft(), { headers: [] }), 'fail', {
      why: 'Nothing of the header is signed',
    }),
    forged(
      'h-names-lookalike',
      signedByAcme(draft({ more: ['X-From: dana@acme.test'] }), { headers: ['x-from', 'to'] }),
      'fail',
      { why: 'x-from is not from' },
    ),
  ];
}

function inForm(): TrustCase[] {
  const { acme } = trustKeys();
  const good = signedByAcme(draft());
  const other = signed(draft(), { domain: 'acme.test', selector: 's1', key: trustKeys().evil });
  return [
    forged('sha1', signedByAcme(draft(), { algorithm: 'rsa-sha1' }), 'fail', {
      why: 'RFC 8301: rsa-sha1 must not be used',
    }),
    forged('no-version', signedByAcme(draft(), { version: 'n=none' }), 'fail', {
      why: 'v= must be there (RFC 6376 section 3.5)',
    }),
    forged('version-2', signedByAcme(draft(), { version: 'v=2' }), 'fail', {
      why: 'v= must be 1',
    }),
    forged('d-twice', signedByAcme(draft(), { domain: 'evil.test; d=acme.test' }), 'fail', {
      why: 'A tag that stands twice makes the list invalid (RFC 6376 section 3.2)',
    }),
    forged(
      'identity-elsewhere',
      signedByAcme(draft(), { tags: 'i=@evil.test', key: acme }),
      'fail',
      { why: 'i= must lie within d= (RFC 6376 section 3.5)' },
    ),
    forged('other-private-key', other, 'fail', { why: 'Signed with a key that is not acme’s' }),
    forged('signature-cut', under(draft(), good.fields[0]!.slice(0, -40)), 'fail', {
      why: 'Half a signature',
    }),
  ];
}
