import { caseWriter } from './case-writer.ts';
import { draft, under } from './raw-mail.ts';
import { HOUSE } from './relays.ts';
import { signedByAcme } from './sign-dkim.ts';
import { MICROSOFT_365, type TrustCase, type Verdict } from './trust-case.ts';
import { world } from './zones.ts';

const { genuine, forged } = caseWriter('microsoft', { pinned: MICROSOFT_365, zone: world(null) });
const CLOUD = 'prod.outlook.com';
const SPF_PASS = 'spf=pass (sender IP is 203.0.113.25)\r\n smtp.mailfrom=acme.test';
const DKIM_PASS = 'dkim=pass (signature was\r\n verified) header.d=acme.test';
const DMARC_PASS = 'dmarc=pass action=none\r\n header.from=acme.test';
const PASS = `${SPF_PASS}; ${DKIM_PASS};${DMARC_PASS};compauth=pass reason=100`;
const NOTHING = 'spf=none (sender IP is 203.0.113.66)\r\n smtp.mailfrom=evil.test; dkim=none';
const FAIL = `${NOTHING};dmarc=fail action=oreject\r\n header.from=acme.test;compauth=fail reason=000`;

/** Microsoft 365 writes its results without an authserv-id, and with a verdict of its own. */
export function microsoftCases(): TrustCase[] {
  return [...written(), ...foundFault(), ...misused()];
}

function written(): TrustCase[] {
  const say = (id: string, text: string, expected: Verdict, why: string, other: Verdict[] = []) =>
    genuine(id, arrived(text), expected, { alsoRight: other, why });
  const byService = 'spf=pass (sender IP is 203.0.113.9)\r\n smtp.mailfrom=esp.test; dkim=pass';
  return [
    say('pass', PASS, 'pass', 'All is well'),
    say('semicolon-at-end', `${PASS};`, 'pass', 'As for mail within one tenant'),
    say('best-guess', guess('bestguesspass'), 'pass', 'No policy, but aligned'),
    say('by-spf', guess('pass', 'dkim=none (message not signed)\r\n header.d=none'), 'pass', 'SPF'),
    say('without-compauth', `${SPF_PASS}; ${DKIM_PASS};${DMARC_PASS};`, 'pass', 'No compauth'),
    say('temperror', guess('temperror', 'dkim=none'), 'unknown', 'DNS trouble', ['pass']),
    say(
      'same-tenant',
      'dkim=none (message not signed)\r\n header.d=none;dmarc=none action=none\r\n header.from=acme.test;',
      'none',
      'Mail within one tenant is not checked',
    ),
    say(
      'service',
      `${byService} header.d=esp.test;dmarc=none action=none\r\n header.from=acme.test;compauth=pass reason=102`,
      'none',
      'A mailing service; Microsoft thinks it likely',
      ['pass'],
    ),
    genuine('inner-hops', under(arrived(PASS), ...innerHops()), 'pass', {
      why: 'Hops from one server of the cloud to the next stand above',
    }),
    genuine('absent', under(signedByAcme(draft()), ...innerHops()), 'pass', {
      why: 'No results at all: the signature itself is checked',
    }),
  ];
}

function foundFault(): TrustCase[] {
  const deny = (id: string, text: string, expected: 'fail' | 'none', why: string) =>
    forged(id, arrived(text), expected, { alsoRight: ['fail', 'none'], why });
  const from = '\r\n header.from=acme.test';
  return [
    forged('fail', arrived(FAIL), 'fail', { why: 'DMARC failed' }),
    deny('compauth-fail', PASS.replace('=pass reason=100', '=fail reason=001'), 'fail', 'compauth'),
    deny(
      'none',
      `${NOTHING};dmarc=none action=none${from};compauth=fail reason=001`,
      'fail',
      'Fails',
    ),
    deny(
      'permerror',
      `${NOTHING};dmarc=permerror action=none${from};compauth=none`,
      'none',
      'None',
    ),
    deny(
      'other-from',
      PASS.replace('header.from=acme', 'header.from=evil'),
      'fail',
      'Another From',
    ),
  ];
}

function misused(): TrustCase[] {
  const line = `Authentication-Results: ${PASS}`;
  const sent = under(draft(), line);
  return [
    forged('below-real', under(sent, `Authentication-Results: ${FAIL}`, border()), 'fail', {
      why: 'The real one on top says fail',
    }),
    forged('below-real-inner-hops', innerAndForged(), 'fail', {
      why: 'The real one stands below hops of the cloud, and above the forged one',
    }),
    forged('below-border', under(sent, foreignBorder()), 'none', {
      alsoRight: ['fail'],
      why: 'Only the sender’s, below a hop of another house',
    }),
    forged('with-id', arrived(`evil.test; ${PASS}`), 'none', {
      alsoRight: ['fail'],
      why: 'With an id it is not Microsoft’s',
    }),
    forged('setting-off', arrived(PASS), 'none', {
      pinned: null,
      why: 'Results without an id count where the setting says so, and only there',
    }),
    forged('setting-names-a-house', arrived(PASS), 'none', {
      pinned: HOUSE,
      why: 'Results without an id are not those of a pinned house',
    }),
    forged('setting-as-id', arrived(`${MICROSOFT_365}; ${PASS}`), 'none', {
      alsoRight: ['fail'],
      why: 'The name of the setting is no authserv-id',
    }),
    forged('original-field', under(draft(), border(), line.replace(':', '-Original:')), 'none', {
      why: 'Authentication-Results-Original is what the sender had written',
    }),
  ];
}

function arrived(text: string) {
  return under(draft(), `Authentication-Results: ${text}`, border());
}

function guess(result: string, dkim = 'dkim=pass header.d=acme.test'): string {
  return `${SPF_PASS}; ${dkim};dmarc=${result} action=none\r\n header.from=acme.test;compauth=pass reason=109`;
}

function innerAndForged() {
  const forgedBelow = under(draft(), `Authentication-Results: ${PASS}`);
  return under(forgedBelow, ...innerHops(), `Authentication-Results: ${FAIL}`, border());
}

function innerHops(): string[] {
  return [
    hop(`AM0PR01.eurprd01.${CLOUD} (2603:10a6:208:1::1)`, `DB9PR01.eurprd01.${CLOUD}`),
    hop(
      `DB5FT0.eop-EUR01.prod.protection.outlook.com (2603:10a6:10:4::cc)`,
      'AM0PR01.outlook.office365.com',
    ),
  ];
}

function border(): string {
  return hop('mail.acme.test (203.0.113.25)', 'DB5FT0.mail.protection.outlook.com');
}

function foreignBorder(): string {
  return hop('evil.test (203.0.113.66)', HOUSE);
}

function hop(from: string, by: string): string {
  return (
    `Received: from ${from}\r\n by ${by} (2603:10a6:10:4::9)\r\n with Microsoft SMTP Server id ` +
    '15.20.1.1;\r\n Mon, 2 Mar 2026 09:00:00 +0000'
  );
}
