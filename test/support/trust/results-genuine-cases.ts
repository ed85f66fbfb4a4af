import { caseWriter } from './case-writer.ts';
import { draft, over, type RawMail, under } from './raw-mail.ts';
import { borderHop, HOUSE, results, storeHop, takenIn } from './relays.ts';
import { signedByAcme } from './sign-dkim.ts';
import type { TrustCase, Verdict } from './trust-case.ts';
import { world } from './zones.ts';

const genuineResults = caseWriter('results-genuine', { pinned: HOUSE });
const outcomes = caseWriter('results-outcome', { pinned: HOUSE });
const PASS = 'dmarc=pass header.from=acme.test';

/** The house's own Authentication-Results, in the places where servers put it. */
export function resultsGenuineCases(): TrustCase[] {
  const { genuine } = genuineResults;
  const stamped = takenIn(draft(), results(PASS));
  return [
    genuine('on-top', stamped, 'pass', { why: 'The house saw DMARC pass' }),
    genuine('below-inner-hop', under(stamped, storeHop()), 'pass', {
      why: 'Within the house the mail went from its server to its mailbox',
    }),
    genuine('below-other-fields', under(stamped, 'Return-Path: <dana@acme.test>'), 'pass', {
      why: 'Fields that are no hop may stand above',
    }),
    genuine('below-another-id', under(stamped, results('dmarc=fail', 'scan.other.test')), 'pass', {
      why: 'Another id is another’s word: only the pinned one counts',
    }),
    genuine('above-others', over(stamped, results('dkim=fail', 'out.acme.test')), 'pass', {
      why: 'The sender’s own server checked as well; it is not asked',
    }),
    genuine('two-of-the-house', twoStamps(), 'pass', {
      why: 'One field for each filter; the topmost says that acme.test signed',
    }),
    genuine('broken-signature-inside', takenIn(changed(), results(PASS)), 'pass', {
      why: 'The house saw it whole, and changed it afterwards (a footer)',
    }),
    genuine('pinned-but-absent', takenIn(signedByAcme(draft())), 'pass', {
      why: 'No field of the house: the signature itself is checked',
    }),
    genuine('pinned-says-nothing', takenIn(signedByAcme(draft()), results('none')), 'pass', {
      why: 'The house checked nothing (RFC 8601 section 2.2): the signature itself is checked',
    }),
    genuine('pinned-checks-spf-alone', takenIn(signedByAcme(draft()), elsewhere()), 'pass', {
      why: 'The house only checked SPF, of a mailing service: the signature itself is checked',
    }),
    genuine('not-pinned', takenIn(signedByAcme(draft()), results('dmarc=fail')), 'pass', {
      pinned: null,
      why: 'Nobody’s results are believed: the signature itself is checked',
    }),
    genuine('below-border-signed', stampBelow(signedByAcme(draft())), 'pass', {
      why: 'Gmail writes its results below its own Received; the signature shows it as well',
    }),
    genuine('below-border-unsigned', stampBelow(draft()), 'none', {
      zone: world(null),
      why: 'In that place anybody may have written it',
    }),
  ];
}

/** What the house may have found: the methods of RFC 8601 and their results. */
export function resultsOutcomeCases(): TrustCase[] {
  const { genuine, forged } = outcomes;
  const say = (id: string, text: string, expected: Verdict, why: string, other: Verdict[] = []) =>
    genuine(id, takenIn(draft(), results(text)), expected, {
      zone: world(null),
      alsoRight: other,
      why,
    });
  const deny = (id: string, text: string, expected: 'fail' | 'none', why: string) =>
    forged(id, takenIn(draft(), results(text)), expected, { zone: world(null), why });
  return [
    say('dkim-aligned', 'dkim=pass header.d=acme.test; dmarc=none', 'pass', 'acme.test signed it'),
    say('dkim-below', 'dkim=pass header.d=mail.acme.test', 'pass', 'Aligned: same organisation'),
    say('dkim-by-identity', 'dkim=pass header.i=@acme.test', 'pass', 'header.i tells it too'),
    say('spf-aligned', 'spf=pass smtp.mailfrom=acme.test; dmarc=none', 'pass', 'SPF is aligned'),
    say('spf-address', 'spf=pass smtp.mailfrom=dana@acme.test', 'pass', 'SPF is aligned'),
    say('spf-below', 'spf=pass smtp.mailfrom=b@bounce.acme.test', 'pass', 'Same organisation'),
    say('spf-helo', 'spf=pass smtp.helo=mail.acme.test', 'pass', 'A null sender’s name', ['none']),
    say(
      'one-of-two-dkim',
      'dkim=fail header.d=esp.test; dkim=pass header.d=acme.test',
      'pass',
      'One',
    ),
    say('dmarc-by-spf', `spf=pass smtp.mailfrom=acme.test; dkim=fail; ${PASS}`, 'pass', 'DMARC'),
    say('dmarc-without-from', 'dmarc=pass', 'pass', 'It can only be about From', ['none']),
    say('best-guess', 'dmarc=bestguesspass header.from=acme.test', 'pass', 'It would have passed'),
    say('all-none', 'spf=none; dkim=none; dmarc=none header.from=acme.test', 'none', 'Nothing'),
    say('spf-softfail', 'spf=softfail smtp.mailfrom=acme.test; dmarc=none', 'none', 'Not sure', [
      'fail',
    ]),
    say('spf-neutral', 'spf=neutral smtp.mailfrom=acme.test; dkim=none', 'none', 'Not sure'),
    say('dmarc-permerror', 'dmarc=permerror header.from=acme.test', 'none', 'No policy', ['fail']),
    say('dmarc-temperror', 'dmarc=temperror header.from=acme.test', 'unknown', 'DNS trouble'),
    say('dkim-temperror', 'dkim=temperror header.d=acme.test', 'unknown', 'DNS trouble', ['none']),
    say('spf-temperror', 'spf=temperror smtp.mailfrom=acme.test; dkim=none', 'unknown', 'DNS', [
      'none',
    ]),
    deny('dmarc-fail', 'dmarc=fail (p=reject dis=none) header.from=acme.test', 'fail', 'It failed'),
    deny('dmarc-fail-monitor', 'dmarc=fail (p=NONE) header.from=acme.test', 'fail', 'It failed'),
    deny('dkim-elsewhere', 'dkim=pass header.d=evil.test; dmarc=none', 'none', 'evil.test signed'),
    deny('spf-elsewhere', 'spf=pass smtp.mailfrom=a@evil.test; dmarc=none', 'none', 'evil.test'),
    deny('dkim-ends-alike', 'dkim=pass header.d=notacme.test', 'none', 'Another domain'),
    deny(
      'fail-beats-parts',
      `dkim=pass header.d=acme.test.evil.test; dmarc=fail`,
      'fail',
      'Failed',
    ),
    deny(
      'fail-beats-spf',
      'spf=pass smtp.mailfrom=acme.test; dmarc=fail header.from=acme.test',
      'fail',
      'Where DMARC failed, its parts do not matter (aspf=s, for instance)',
    ),
  ];
}

function elsewhere(): string {
  return results('spf=pass smtp.mailfrom=bounce@esp.test');
}

function twoStamps(): RawMail {
  const dkim = results('dkim=pass (2048-bit key) header.d=acme.test header.s=s1');
  return takenIn(draft(), dkim, results(PASS));
}

function changed(): RawMail {
  const mail = signedByAcme(draft());
  return { ...mail, body: `${mail.body}\r\n-- \r\nScanned by the house\r\n` };
}

function stampBelow(mail: RawMail): RawMail {
  return under(mail, borderHop(), results(PASS));
}
