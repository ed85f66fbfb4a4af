import { type SigningKey, trustKeys } from './keys.ts';
import type { Zone } from './trust-case.ts';

/** A key record; `tags` stand before k= and p=. Long ones are cut into strings of 255 bytes. */
export function keyRecord(
  selector: string,
  domain: string,
  key: SigningKey | string,
  tags = 'v=DKIM1; ',
): Zone {
  const text = `${tags}${typeof key === 'string' ? key : key.record}`;
  const strings = text.match(/.{1,255}/g) ?? [''];
  return { [`${selector}._domainkey.${domain}`]: [strings] };
}

export function dmarcRecord(domain: string, tags: string): Zone {
  return { [`_dmarc.${domain}`]: [[`v=DMARC1; ${tags}`]] };
}

/** acme.test with its keys; `policy` is the text after v=DMARC1, or null where there is no record. */
function acmeZone(policy: string | null = 'p=reject'): Zone {
  const keys = trustKeys();
  return {
    ...keyRecord('s1', 'acme.test', keys.acme),
    ...keyRecord('ed', 'acme.test', keys.acmeEdwards),
    ...(policy === null ? {} : dmarcRecord('acme.test', policy)),
  };
}

/** What others publish: an attacker with everything in order, a mailing service, a list. */
function othersZone(): Zone {
  const keys = trustKeys();
  return {
    ...keyRecord('k1', 'evil.test', keys.evil),
    ...dmarcRecord('evil.test', 'p=reject'),
    ...keyRecord('m1', 'esp.test', keys.esp),
    ...keyRecord('list', 'lists.test', keys.list),
    ...keyRecord('k1', 'sealer.evil.test', keys.evil),
  };
}

/** The usual world: acme.test asks for rejection, the others are as they are. */
export function world(policy: string | null = 'p=reject'): Zone {
  return { ...acmeZone(policy), ...othersZone() };
}
