import { caseWriter } from './case-writer.ts';
import { DANA, draft, FROM_DANA, FROM_MALLORY, over, type RawMail, under } from './raw-mail.ts';
import { OVERSIGNED, signedByAcme, signedByEvil } from './sign-dkim.ts';
import type { TrustCase } from './trust-case.ts';

/** Nobody is named by a mail with two From fields, nor by one without. */
const { genuine, forged } = caseWriter('from-count', { owner: null });
const mallorys = () => signedByEvil(draft({ from: FROM_MALLORY }));
const danas = () => signedByAcme(draft());
const WHY = 'Two From fields: programs differ in which one they show';

/** How a second From is written so that a careless reader does not see that it is one. */
const SPELLINGS: readonly (readonly [id: string, field: string])[] = [
  ['plain', FROM_DANA],
  ['space', `From : ${DANA}`],
  ['tab', `From\t: ${DANA}`],
  ['folded-name', `From\r\n : ${DANA}`],
  ['capitals', `FROM:${DANA}`],
  ['small', `from:${DANA}`],
  ['folded-value', `From:\r\n ${DANA}`],
  ['bare-line-feed', `X-Note: 1\nFrom: ${DANA}`],
  ['bare-return', `X-Note: 1\rFrom: ${DANA}`],
  ['after-junk', `this line is no field\r\nFrom: ${DANA}`],
  ['nul-before', `X-Note: \0\r\nFrom: ${DANA}`],
];

/** More than one From, none, and what only looks so. */
export function fromCountCases(): TrustCase[] {
  return [...besideMallorys(), ...besideOurs(), ...others(), ...single()];
}

/** The attacker's own mail, validly signed, with a user's From above or below. */
function besideMallorys(): TrustCase[] {
  const below = (field: string): RawMail => {
    const mail = draft({ from: [FROM_MALLORY] });
    // A verifier that takes the lowest From shall find its signature valid.
    const seen = over(mail, ...field.split(/\r?\n(?! )/));
    return under(over(mail, field), signedByEvil(seen).fields[0]!);
  };
  return SPELLINGS.flatMap(([id, field]) => [
    forged(`above-${id}`, under(mallorys(), field), 'fail', { why: WHY }),
    forged(`below-${id}`, below(field), 'fail', { why: WHY }),
  ]);
}

/** A user's mail, caught, that shall be filed under a colleague's name. */
function besideOurs(): TrustCase[] {
  const tom = 'From: Tom <tom@acme.test>';
  const oversigned = signedByAcme(draft(), { headers: OVERSIGNED });
  const why = 'A caught mail whose signature still holds, with a colleague’s From put to it';
  return [
    forged('colleague-above', under(danas(), tom), 'fail', { why }),
    forged('colleague-below', over(danas(), tom), 'fail', { why }),
    forged('colleague-above-oversigned', under(oversigned, tom), 'fail', { why }),
    forged('colleague-below-oversigned', over(oversigned, tom), 'fail', { why }),
    forged('colleague-above-space', under(danas(), 'From : tom@acme.test'), 'fail', { why }),
    forged('same-twice', under(danas(), FROM_DANA), 'fail', {
      why: 'Exactly one From, and were they alike',
    }),
    forged('three', under(danas(), tom, FROM_MALLORY), 'fail', { why }),
    forged('both-signed', signedByAcme(draft({ from: [FROM_MALLORY, FROM_DANA] })), 'fail', {
      why: 'Signed by a careless relay of acme.test with both in it',
    }),
  ];
}

function others(): TrustCase[] {
  return [
    forged('none', signedByAcme(draft({ from: [] })), 'fail', { why: 'No From' }),
    forged('empty', signedByAcme(draft({ from: 'From:' })), 'fail', { why: 'An empty From' }),
    forged('sender-only', signedByAcme(draft({ from: `Sender: ${DANA}` })), 'fail', {
      why: 'Sender is not From',
    }),
    forged('empty-and-real', under(danas(), 'From: '), 'fail', { why: WHY }),
  ];
}

/** Fields and lines that are no second From. */
function single(): TrustCase[] {
  const attached = [
    '--b',
    'Content-Type: message/rfc822',
    '',
    'From: mallory@evil.test',
    'Subject: Inner',
    '',
    'Inner',
    '--b--',
    '',
  ].join('\r\n');
  const cases: [string, RawMail, string][] = [
    ['x-from', draft({ more: ['X-From: mallory@evil.test'] }), 'X-From is another field'],
    ['from-folded', draft({ from: `From: Dana\r\n <${DANA}>` }), 'One From over two lines'],
    ['text-in-fold', draft({ subject: `Hi\r\n From: mallory@evil.test` }), 'A fold of Subject'],
    ['attached', draft({ body: attached }), 'The From of an attached mail is its own'],
    ['space-alone', draft({ from: `From : ${DANA}` }), 'Obsolete spelling, but one (RFC 5322 4.5)'],
  ];
  return cases.map(([id, mail, why]) =>
    genuine(`one-${id}`, signedByAcme(mail), 'pass', {
      owner: DANA,
      why,
      ...(id === 'space-alone' ? { alsoRight: ['fail' as const] } : {}),
    }),
  );
}
