import { caseWriter } from './case-writer.ts';
import { draft } from './raw-mail.ts';
import { HOUSE, takenIn } from './relays.ts';
import type { TrustCase } from './trust-case.ts';

const { genuine, forged } = caseWriter('results-grammar', { pinned: HOUSE });
const PASS = 'dmarc=pass header.from=acme.test';
const FAIL = 'dmarc=fail header.from=acme.test';

/** The grammar of RFC 8601 section 2.2, as real servers write it and as attackers misuse it. */
export function resultsGrammarCases(): TrustCase[] {
  return [...written(), ...misread()];
}

function written(): TrustCase[] {
  const cases: [string, string, string][] = [
    ['version', `${HOUSE} 1; ${PASS}`, 'Version 1 written out'],
    ['capitals', `MX.House.TEST; DMARC=Pass Header.From=ACME.test`, 'Nothing of it has case'],
    ['comments', `(x) ${HOUSE} (y) 1 (z); (a) dmarc (b) = (c) pass (d) header.from=acme.test`, ''],
    ['nested-comment', `${HOUSE}; (a (dmarc=fail; b) \\) c) ${PASS}`, 'Comments nest and escape'],
    ['quoted-id', `"${HOUSE}"; ${PASS}`, 'The id as a quoted string'],
    ['quoted-value', `${HOUSE}; dmarc=pass header.from="acme.test"`, 'A value in quotes'],
    ['folded', `\r\n\t${HOUSE};\r\n\tdmarc=pass\r\n\t\theader.from=acme.test`, 'Folds'],
    ['no-spaces', `${HOUSE};dmarc=pass header.from=acme.test`, 'No white space'],
    ['semicolon-at-end', `${HOUSE}; ${PASS};`, 'A semicolon at the end, as some write'],
    ['method-version', `${HOUSE}; dmarc/1=pass header.from=acme.test`, 'Version of the method'],
    ['reason', `${HOUSE}; dmarc=pass reason="dmarc=fail; p=none" header.from=acme.test`, 'Reason'],
    ['policy', `${HOUSE}; dmarc=pass policy.dmarc=none header.from=acme.test`, 'More properties'],
    ['spaced-property', `${HOUSE}; dmarc=pass header . from = acme.test`, 'White space allowed'],
    ['google', `${HOUSE}; dmarc=pass (p=NONE sp=NONE dis=NONE) header.from=acme.test`, 'As Google'],
    ['unknown-method', `${HOUSE}; x-tls=pass a.b=c; iprev=fail policy.iprev=::1; ${PASS}`, 'More'],
    ['address-as-from', `${HOUSE}; dmarc=pass header.from=dana@acme.test`, 'The whole address'],
    ['trailing-dot', `${HOUSE}; dmarc=pass header.from=acme.test.`, 'With the root of the DNS'],
    ['long', `${HOUSE}; ${'dkim=fail header.d=x.test; '.repeat(400)}${PASS}`, '400 signatures'],
    [
      'opendmarc',
      `${HOUSE};\r\n\tdkim=pass (2048-bit key; unprotected) header.d=acme.test ` +
        'header.i=@acme.test header.a=rsa-sha256 header.s=s1 header.b=Ab/+c=;\r\n\tdkim-atps=neutral;' +
        '\r\n\tdmarc=pass (policy=reject) header.from=acme.test',
      'As OpenDKIM writes it, base64 without quotes',
    ],
    [
      'slash-and-address',
      `${HOUSE}; spf=pass (x: domain of dana@acme.test) smtp.mailfrom=dana@acme.test ` +
        `smtp.helo=mail.acme.test smtp.remote-ip=2001:db8::1; ${PASS}`,
      'Values with @ and colons',
    ],
  ];
  return cases.map(([id, text, why]) =>
    genuine(id, takenIn(draft(), field(text)), 'pass', { why: why || 'Comments everywhere' }),
  );
}

/** The house's field, or one that looks like it, in which a careless reader finds a pass. */
function misread(): TrustCase[] {
  const cases: [string, string, string][] = [
    ['pass-in-comment', `${HOUSE}; (${PASS};) ${FAIL}`, 'A comment'],
    ['pass-in-reason', `${HOUSE}; dmarc=fail reason="; ${PASS}" header.from=acme.test`, 'Quotes'],
    [
      'pass-in-mailfrom',
      `${HOUSE}; spf=pass smtp.mailfrom="; ${PASS};"@evil.test; ${FAIL}`,
      'A value',
    ],
    ['pass-unquoted', `${HOUSE}; spf=pass smtp.mailfrom=a; ${PASS} @evil.test; ${FAIL}`, 'A value'],
    ['pass-in-helo', `${HOUSE}; spf=none (helo=x) smtp.helo=x;${PASS}; dmarc=fail`, 'A value'],
    ['pass-then-fail', `${HOUSE}; ${PASS}; ${FAIL}`, 'They contradict each other'],
    ['fail-then-pass', `${HOUSE}; ${FAIL}; ${PASS}`, 'They contradict each other'],
    ['other-method', `${HOUSE}; x-dmarc=pass header.from=acme.test; ${FAIL}`, 'Another method'],
    ['other-from', `${HOUSE}; dmarc=pass header.from=evil.test`, 'About another From'],
    ['from-ends-alike', `${HOUSE}; dmarc=pass header.from=notacme.test`, 'About another From'],
    ['from-begins-alike', `${HOUSE}; dmarc=pass header.from=acme.test.evil.test`, 'Another From'],
    ['from-twice', `${HOUSE}; dmarc=pass header.from=evil.test header.from=acme.test`, 'Two'],
    ['version-2', `${HOUSE} 2; ${PASS}`, 'A version that nobody knows'],
    ['id-in-comment', `(${HOUSE}) evil.test; ${PASS}`, 'The id is evil.test'],
    ['id-begins-alike', `${HOUSE}.evil.test; ${PASS}`, 'Another id'],
    ['id-ends-alike', `evil.${HOUSE}; ${PASS}`, 'Another id'],
    ['id-as-result', `evil.test; ${HOUSE}; ${PASS}`, 'The id comes first'],
    ['no-id', `${PASS}; x=${HOUSE}`, 'No id'],
    ['open-comment', `${HOUSE}; dmarc=fail (${PASS}`, 'A comment left open'],
    ['open-quote', `${HOUSE}; dmarc=fail reason="x; ${PASS}`, 'Quotes left open'],
    ['junk', `${HOUSE}; =;; dmarc==pass header.from==acme.test`, 'Junk'],
    ['no-result', `${HOUSE}; dmarc header.from=acme.test`, 'No result'],
    ['passed', `${HOUSE}; dmarc=passed header.from=acme.test`, 'A result that does not exist'],
    ['pass-with-nul', `${HOUSE}; dmarc=pass\0fail header.from=acme.test`, 'A null byte'],
    ['empty', '', 'Nothing'],
  ];
  return cases.map(([id, text, why]) =>
    forged(id, takenIn(draft(), field(text)), 'fail', {
      alsoRight: ['none'],
      why: `${why}: no pass, and acme.test asks for rejection`,
    }),
  );
}

function field(text: string): string {
  return `Authentication-Results: ${text}`;
}
