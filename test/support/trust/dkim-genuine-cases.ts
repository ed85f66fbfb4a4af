import { createPrivateKey } from 'node:crypto';
import { caseWriter } from './case-writer.ts';
import { edwardsKey, type SigningKey, trustKeys } from './keys.ts';
import { draft, type RawMail, under, utf8 } from './raw-mail.ts';
import { OVERSIGNED, signed, signedByAcme, signedByEvil } from './sign-dkim.ts';
import type { TrustCase } from './trust-case.ts';
import { keyRecord, world } from './zones.ts';

const { genuine } = caseWriter('dkim-genuine');
const WAYS = ['simple/simple', 'simple/relaxed', 'relaxed/simple', 'relaxed/relaxed'] as const;
const BROKEN = 'DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=acme.test; s=old; h=from; ';

/** Mail of acme.test, signed so that anybody can see it. */
export function dkimGenuineCases(): TrustCase[] {
  return [...byCanonicalization(), ...byKey(), ...byBody(), ...byHeader(), ...bySeveral()];
}

function byCanonicalization(): TrustCase[] {
  return WAYS.map((canonicalization) =>
    genuine(
      `rsa-${canonicalization.replace('/', '-')}`,
      signedByAcme(draft(), { canonicalization }),
      'pass',
      { why: 'A valid RSA signature of the domain of From' },
    ),
  );
}

function byKey(): TrustCase[] {
  const { acmeEdwards: key, rsa1024 } = trustKeys();
  return [
    genuine('ed25519', signedByAcme(draft(), { selector: 'ed', key }), 'pass', {
      why: 'RFC 8463: Ed25519 is as good as RSA',
    }),
    genuine('rsa-1024', signedByAcme(draft(), { selector: 'short', key: rsa1024 }), 'pass', {
      zone: { ...world(), ...keyRecord('short', 'acme.test', rsa1024) },
      why: 'RFC 8301: 1024 bits are the least that must be taken',
    }),
    genuine('rfc8463-example', rfc8463Example(), 'pass', {
      zone: {
        ...keyRecord('brisbane', 'football.example.com', rfc8463Key()),
      },
      owner: null,
      why: 'The signature printed in RFC 8463 appendix A.3, made by others',
    }),
    genuine('no-dmarc-record', signedByAcme(draft()), 'pass', {
      zone: world(null),
      why: 'An aligned signature proves the domain whether it has a policy or not',
    }),
    genuine('no-time-tags', signedByAcme(draft(), { tags: 'q=dns/txt' }), 'pass', {
      why: 'q= names the only way there is to look up a key',
    }),
    genuine('identity', signedByAcme(draft(), { tags: 'i=dana@acme.test' }), 'pass', {
      why: 'i= within d= says who of them it was',
    }),
  ];
}

function byBody(): TrustCase[] {
  const spaces = 'Dear Alex,  \r\n\t\r\n two  blanks \r\n\r\n\r\n\r\n';
  const accents = utf8('Grüße aus Köln, 9 € das Stück\r\n');
  const cases: [string, string, string][] = [
    ['white-space', spaces, 'White space at ends of lines and empty lines at the end'],
    ['8bit', accents, 'A body beyond ASCII, sent as 8bit'],
    ['latin1', 'Gr\xfc\xdfe, \xa0 caf\xe9\r\n', 'Bytes that are no UTF-8 are hashed as they are'],
    ['empty', '', 'An empty body has a hash too'],
    ['dots', '.\r\n..\r\n.end\r\n', 'Lines that begin with a dot, as after SMTP'],
    [
      'from-line',
      'Hello\r\n\r\nFrom: mallory@evil.test\r\nwrote:\r\n',
      'A From in the body is none',
    ],
  ];
  return cases.flatMap(([id, body, why]) =>
    (['simple/simple', 'relaxed/relaxed'] as const).map((canonicalization) =>
      genuine(
        `body-${id}-${canonicalization.slice(0, canonicalization.indexOf('/'))}`,
        signedByAcme(draft({ body }), { canonicalization }),
        'pass',
        { why },
      ),
    ),
  );
}

function byHeader(): TrustCase[] {
  const folded = [
    'References: <a-very-long-reference-1@acme.test>\r\n\t<a-very-long-reference-2@acme.test>',
    'X-Wide:   much \t white\r\n  space   ',
  ];
  const headers = ['from', 'subject', 'references', 'x-wide', 'to', 'date'];
  const long = `Subject: ${Array.from({ length: 60 }, (_, at) => `words ${at}`).join('\r\n ')}`;
  const longMail: RawMail = {
    ...draft(),
    fields: draft().fields.map((field) => (field.startsWith('Subject') ? long : field)),
  };
  return [
    genuine('folded', signedByAcme(draft({ more: folded }), { headers }), 'pass', {
      why: 'Folds are white space to relaxed',
    }),
    genuine(
      'folded-simple',
      signedByAcme(draft({ more: folded }), { headers, canonicalization: 'simple/simple' }),
      'pass',
      { why: 'Folds are bytes to simple' },
    ),
    genuine('long-subject', signedByAcme(longMail), 'pass', { why: 'Sixty folds in one field' }),
    genuine('oversigned', signedByAcme(draft(), { headers: OVERSIGNED }), 'pass', {
      why: 'h= may name fields that do not exist',
    }),
    genuine('h-in-capitals', signedByAcme(draft(), { headers: ['FROM', 'Subject'] }), 'pass', {
      why: 'Names in h= have no case',
    }),
    genuine('d-in-capitals', signedByAcme(draft(), { domain: 'ACME.Test' }), 'pass', {
      why: 'Domains have no case',
    }),
    genuine(
      'relayed',
      under(signedByAcme(draft()), 'Received: from a by b.test; now', 'X-Spam-Score: 0.1'),
      'pass',
      { why: 'Relays add fields above; the signature covers none of those' },
    ),
  ];
}

function bySeveral(): TrustCase[] {
  const good = signedByAcme(draft());
  const broken = `${BROKEN}bh=AAAA; b=AAAA`;
  const both = signedByAcme(good, { selector: 'ed', key: trustKeys().acmeEdwards });
  return [
    genuine('broken-above', under(good, broken), 'pass', { why: 'One valid signature is enough' }),
    genuine('broken-below', { ...good, fields: [...good.fields, broken] }, 'pass', {
      why: 'One valid signature is enough, wherever it stands',
    }),
    genuine('two-algorithms', both, 'pass', { why: 'RFC 8463: signers use both for a while' }),
    genuine('service-too', signedByEsp(good), 'pass', { why: 'A mailing service signs as well' }),
    genuine('strangers-too', signedByEvil(good), 'pass', {
      why: 'That a stranger signed it too takes nothing away',
    }),
    genuine('junk-signature', under(good, 'DKIM-Signature: ???'), 'pass', {
      why: 'What is no signature is passed over',
    }),
  ];
}

function signedByEsp(mail: RawMail): RawMail {
  return signed(mail, { domain: 'esp.test', selector: 'm1', key: trustKeys().esp });
}

/** RFC 8463 appendix A.2, the private key; Node wants it wrapped as PKCS#8. */
export function rfc8463Key(): SigningKey {
  const seed = Buffer.from('nWGxne/9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A=', 'base64');
  const wrapped = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]);
  return edwardsKey(createPrivateKey({ key: wrapped, format: 'der', type: 'pkcs8' }));
}

/** RFC 8463 appendix A.3, without the RSA signature. */
export function rfc8463Example(): RawMail {
  return {
    fields: [
      [
        'DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;',
        ' d=football.example.com; i=@football.example.com;',
        ' q=dns/txt; s=brisbane; t=1528637909; h=from : to :',
        ' subject : date : message-id : from : subject : date;',
        ' bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;',
        ' b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus',
        ' Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==',
      ].join('\r\n'),
      'From: Joe SixPack <joe@football.example.com>',
      'To: Suzie Q <suzie@shopping.example.net>',
      'Subject: Is dinner ready?',
      'Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)',
      'Message-ID: <20030712040037.46341.5F8J@football.example.com>',
    ],
    body: 'Hi.\r\n\r\nWe lost the game.  Are you hungry yet?\r\n\r\nJoe.\r\n',
  };
}
