import { caseWriter } from './case-writer.ts';
import { draft, over, under } from './raw-mail.ts';
import { borderHop, HOUSE, results, storeHop, takenIn } from './relays.ts';
import { signedByEvil } from './sign-dkim.ts';
import type { TrustCase } from './trust-case.ts';
import { world } from './zones.ts';

const { forged } = caseWriter('results-forged', { pinned: HOUSE });
const PASS = results('dkim=pass header.d=acme.test; dmarc=pass header.from=acme.test');
const FAIL = results('dkim=none; dmarc=fail header.from=acme.test');

/** Authentication-Results that the sender of a forged mail wrote himself. */
export function resultsForgedCases(): TrustCase[] {
  const sent = under(draft(), PASS);
  const hops = (first: string) => under(draft(), first, PASS);
  const pretended = under(draft(), storeHop(), PASS, borderHop());
  return [
    forged('below-real', takenIn(sent, FAIL), 'fail', { why: 'The real one on top says fail' }),
    forged('at-the-end', takenIn(over(draft(), PASS), FAIL), 'fail', {
      why: 'The real one on top says fail',
    }),
    forged('below-real-none', takenIn(sent, results('dmarc=none; spf=none; dkim=none')), 'none', {
      zone: world(null),
      why: 'The real one on top found nothing; the one below does not add to it',
    }),
    forged('below-real-temperror', takenIn(sent, results('dmarc=temperror')), 'unknown', {
      alsoRight: ['fail'],
      why: 'The real one on top could not tell; the one below does not help',
    }),
    forged('below-real-inner-hop', under(takenIn(sent, FAIL), storeHop()), 'fail', {
      why: 'The real one stands below a hop within the house',
    }),
    forged('below-border', hops(borderHop()), 'fail', {
      why: 'The house wrote none this time; what stands below its Received came with the mail',
    }),
    forged('below-border-and-store', under(hops(borderHop()), storeHop()), 'fail', {
      why: 'The house wrote none this time; what stands below its Received came with the mail',
    }),
    forged('below-border-without-policy', hops(borderHop()), 'none', {
      zone: world(null),
      alsoRight: ['fail'],
      why: 'The house wrote none this time; what stands below its Received came with the mail',
    }),
    forged('helo-of-the-house', hops(borderHop(HOUSE, '203.0.113.66')), 'fail', {
      why: 'A client may call itself what it likes: the address is not within the house',
    }),
    forged('helo-localhost', hops(borderHop('localhost', '203.0.113.66')), 'fail', {
      why: 'A client may call itself what it likes',
    }),
    forged('helo-with-address', hops(borderHop('[127.0.0.1]', '203.0.113.66')), 'fail', {
      why: 'The address in the name of the client is the client’s own word',
    }),
    forged('pretended-hops', under(pretended, borderHop('evil.test', '203.0.113.66')), 'fail', {
      why: 'The whole head of a good delivery, copied, below the real hop',
    }),
    forged('pretended-hops-real-fail', takenIn(pretended, FAIL), 'fail', {
      why: 'The whole head of a good delivery, copied, below the real one',
    }),
    forged('foreign-hop-above', under(sent, foreignHop()), 'fail', {
      why: 'A hop of another house stands above',
    }),
    forged('another-id-above', takenIn(draft(), otherPass(), FAIL), 'fail', {
      why: 'Another id’s pass above the real fail',
    }),
    forged('another-id-alone', takenIn(draft(), otherPass()), 'fail', {
      why: 'Another id’s word',
    }),
    forged('not-pinned', takenIn(draft(), PASS), 'fail', {
      pinned: null,
      why: 'Nobody’s results are believed where none is pinned',
    }),
    forged('other-field-names', takenIn(draft(), ...lookalikeFields()), 'fail', {
      why: 'Fields of other names',
    }),
    forged('folded-name', takenIn(under(draft(), folded()), FAIL), 'fail', {
      why: 'Oddly written, and below the real one',
    }),
    forged('bare-line-feed', takenIn(under(draft(), `X-A: 1\n${PASS}`), FAIL), 'fail', {
      why: 'Hidden behind a bare line feed, and below the real one',
    }),
    forged('in-the-body', takenIn({ ...draft(), body: `${PASS}\r\n\r\nHi\r\n` }), 'fail', {
      why: 'A line of the body is no field',
    }),
    forged('two-from', takenIn(under(draft(), 'From: tom@acme.test'), PASS), 'fail', {
      owner: null,
      why: 'The real one says pass, but there are two From fields',
    }),
    forged(
      'two-authors',
      takenIn(draft({ from: 'From: a@acme.test, dana@acme.test' }), PASS),
      'fail',
      {
        owner: null,
        why: 'The real one says pass, but From names two',
      },
    ),
    forged('evil-signed-too', takenIn(signedByEvil(sent), FAIL), 'fail', {
      why: 'evil.test signed its own forged results',
    }),
  ];
}

function otherPass(): string {
  return results('dmarc=pass header.from=acme.test', 'mx.evil.test');
}

function foreignHop(): string {
  return 'Received: from evil.test ([203.0.113.66]) by relay.other.test with ESMTP; Mon, 2 Mar 2026';
}

function lookalikeFields(): string[] {
  return ['X-', 'ARC-', 'Original-', 'X-Original-'].map((start) => `${start}${PASS}`);
}

function folded(): string {
  return PASS.replace('Results:', 'Results\r\n :');
}
