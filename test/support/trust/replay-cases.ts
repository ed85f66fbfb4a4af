import { caseWriter } from './case-writer.ts';
import { altered, draft, over, under } from './raw-mail.ts';
import { OVERSIGNED, signedByAcme, signedByEvil } from './sign-dkim.ts';
import type { TrustCase } from './trust-case.ts';
import { world } from './zones.ts';

const replay = caseWriter('replay');
const resent = caseWriter('resent');

/** A user's mail, validly signed, caught and sent once more with a change. */
export function replayCases(): TrustCase[] {
  const { genuine, forged } = replay;
  const caught = signedByAcme(draft());
  const oversigned = signedByAcme(draft(), { headers: OVERSIGNED });
  const body = 'Pay into XX00 6666.\r\n';
  const other = { ...draft({ subject: 'Pay here', body }) };
  return [
    genuine('unchanged', under(caught, 'Received: from evil.test by mx.test; now'), 'pass', {
      why: 'Dana’s own words, whoever carried them',
    }),
    genuine('harmless-fields', under(caught, 'X-Note: 1', 'List-Id: <l.test>'), 'pass', {
      why: 'Fields that are not signed come and go',
    }),
    forged('body', { ...caught, body }, 'fail', { why: 'The body is not what was signed' }),
    forged('body-without-policy', { ...caught, body }, 'none', {
      zone: world(null),
      alsoRight: ['fail'],
      why: 'A broken signature is as good as none (RFC 6376 section 6.1)',
    }),
    forged('body-appended', { ...caught, body: `${caught.body}P.S. Pay here.\r\n` }, 'fail', {
      why: 'The body is not what was signed',
    }),
    forged('body-one-space', { ...caught, body: caught.body.replace('offer', 'of fer') }, 'fail', {
      why: 'A blank where there was none counts, even to relaxed',
    }),
    forged('subject', altered(caught, 'Subject: Our offer', 'Subject: Pay now'), 'fail', {
      why: 'The subject is not what was signed',
    }),
    forged('from', altered(caught, 'From: Dana Reyes <dana@', 'From: Tom <tom@'), 'fail', {
      owner: 'tom@acme.test',
      why: 'Dana’s signature under a colleague’s name',
    }),
    forged('from-name', altered(caught, 'Dana Reyes <', 'The Bank <'), 'fail', {
      why: 'The name is part of the signed field',
    }),
    forged('to', altered(caught, 'Alex Moor <alex@customer', 'Bo <bo@rival'), 'fail', {
      why: 'To is not what was signed',
    }),
    forged('date', altered(caught, 'Mon, 02 Mar 2026', 'Tue, 03 Mar 2026'), 'fail', {
      why: 'Date is not what was signed',
    }),
    forged('subject-added-oversigned', under(oversigned, 'Subject: Pay now'), 'fail', {
      why: 'h= says that there is one Subject; now there are two',
    }),
    forged('reply-to-added-oversigned', over(oversigned, 'Reply-To: m@evil.test'), 'fail', {
      why: 'h= says that there is no Reply-To; now there is',
    }),
    forged('signature-moved', under(other, caught.fields[0]!), 'fail', {
      why: 'A signature taken from one mail and put on another',
    }),
    forged('moved-beside-own', signedByEvil(under(other, caught.fields[0]!)), 'fail', {
      why: 'A caught signature that fails beside a stranger’s that holds',
    }),
    forged(
      'simple-refolded',
      altered(
        signedByAcme(draft(), { canonicalization: 'simple/simple' }),
        'Subject: Our',
        'Subject:  Our',
      ),
      'fail',
      { why: 'To simple each blank of the header counts' },
    ),
    genuine('relaxed-refolded', altered(caught, 'Subject: Our', 'Subject:\r\n  Our'), 'pass', {
      why: 'To relaxed folds do not count',
    }),
  ];
}

/** Resent-From of a user makes him the owner (rule 4): then it is what must be proven. */
export function resentCases(): TrustCase[] {
  const { genuine, forged } = resent;
  const mallorys = draft({ from: 'From: mallory@evil.test' });
  const resentBy = (who: string) => [
    `Resent-From: ${who}@acme.test`,
    'Resent-To: archive@house.test',
    'Resent-Date: Mon, 02 Mar 2026 10:00:00 +0100',
  ];
  const headers = ['resent-from', 'resent-to', 'resent-date', 'from', 'to', 'subject', 'date'];
  const byDana = under(mallorys, ...resentBy('dana'));
  return [
    forged('own-mail-resent-by-user', under(signedByEvil(mallorys), ...resentBy('dana')), 'none', {
      alsoRight: ['fail'],
      why: 'A stranger’s own valid signature says nothing of the user in Resent-From',
    }),
    forged('signed-resent-field', signedByEvil(byDana, { headers }), 'none', {
      alsoRight: ['fail'],
      why: 'evil.test signed Resent-From, which is not its address',
    }),
    forged(
      'caught-mail-resent-by-colleague',
      under(signedByAcme(draft()), ...resentBy('tom')),
      'none',
      {
        owner: 'tom@acme.test',
        alsoRight: ['fail'],
        why: 'Dana’s signature does not cover the Resent-From that was put on it',
      },
    ),
    genuine('signed-by-resender', signedByAcme(byDana, { headers }), 'pass', {
      alsoRight: ['none'],
      why: 'acme.test signed the Resent-From of its own user',
    }),
    genuine('unsigned', byDana, 'none', {
      alsoRight: ['fail'],
      why: 'Nothing shows that Dana resent it',
    }),
    genuine('stranger-resends', under(signedByAcme(draft()), 'Resent-From: x@evil.test'), 'pass', {
      why: 'Resent by somebody who is no user; From names the owner, and is proven',
    }),
  ];
}
