import { canonicalField } from './canonicalize.ts';
import { type SigningKey, trustKeys } from './keys.ts';
import { fieldName, type RawMail, under } from './raw-mail.ts';
import {
  foldBase64,
  SIGNED_AT,
  signatureOver,
  type SignatureOptions,
  signatureTags,
  signText,
  USUAL_HEADERS,
} from './sign-dkim.ts';

export interface SealOptions {
  readonly domain: string;
  readonly selector: string;
  readonly key: SigningKey;
  /** i=; one more than the sets that are there. */
  readonly instance?: number;
  /** cv=; none for the first, else pass. */
  readonly chain?: 'none' | 'pass' | 'fail';
  /** What the sealer saw, with its authserv-id: the text after `i=1; `. */
  readonly saw: string;
  readonly headers?: readonly string[];
  readonly length?: number;
}

/** What lists.test saw when the mail came to it whole. */
export const SAW_PASS =
  'lists.test; dkim=pass header.d=acme.test; dmarc=pass (p=reject) header.from=acme.test';

const PARTS = ['arc-authentication-results', 'arc-message-signature', 'arc-seal'];

/** Adds one ARC set on top: RFC 8617 section 5.1. */
export function sealed(mail: RawMail, options: SealOptions): RawMail {
  const instance = options.instance ?? setsOf(mail).length + 1;
  const results = `ARC-Authentication-Results: i=${instance}; ${options.saw}`;
  const message = messageSignature(mail, instance, options);
  const chain = options.chain ?? (instance === 1 ? 'none' : 'pass');
  const tags = [
    `i=${instance}`,
    `a=${options.key.algorithm}`,
    `t=${SIGNED_AT}`,
    `cv=${chain}`,
    `d=${options.domain}`,
    `s=${options.selector}`,
    '\r\n\tb=',
  ];
  const seal = `ARC-Seal: ${tags.join('; ')}`;
  // RFC 8617 section 5.1.2: a seal that reports a broken chain covers its own set alone.
  const before = chain === 'fail' ? [] : setsOf(mail).flat();
  const text = [...before, results, message].map(
    (field) => `${canonicalField(field, 'relaxed')}\r\n`,
  );
  const signature = signText(`${text.join('')}${canonicalField(seal, 'relaxed')}`, options);
  return under(mail, `${seal}${foldBase64(signature)}`, message, results);
}

/** As the list seals, except for what is given. */
export function sealedByList(mail: RawMail, options: Partial<SealOptions> = {}): RawMail {
  const key = trustKeys().list;
  return sealed(mail, { domain: 'lists.test', selector: 'list', key, saw: SAW_PASS, ...options });
}

/** As an attacker seals, rightly, with his own domain. */
export function sealedByEvil(mail: RawMail, options: Partial<SealOptions> = {}): RawMail {
  const saw = SAW_PASS.replace('lists.test', 'evil.test');
  const key = trustKeys().evil;
  return sealed(mail, { domain: 'evil.test', selector: 'k1', key, saw, ...options });
}

function messageSignature(mail: RawMail, instance: number, options: SealOptions): string {
  const signature: SignatureOptions = {
    domain: options.domain,
    selector: options.selector,
    key: options.key,
    headers: options.headers ?? USUAL_HEADERS,
    ...(options.length === undefined ? {} : { length: options.length }),
  };
  const field = `ARC-Message-Signature: i=${instance}; ${signatureTags(mail, signature)}`;
  return `${field}${foldBase64(signatureOver(mail, field, signature))}`;
}

/** The sets of the mail, oldest first, each in the order in which it is sealed. */
function setsOf(mail: RawMail): string[][] {
  const parts = mail.fields.filter((field) => PARTS.includes(fieldName(field)));
  const numbers = new Set(parts.map(instanceOf));
  return [...numbers]
    .sort((a, b) => a - b)
    .map((number) =>
      parts
        .filter((field) => instanceOf(field) === number)
        .sort((a, b) => PARTS.indexOf(fieldName(a)) - PARTS.indexOf(fieldName(b))),
    );
}

function instanceOf(field: string): number {
  return Number(/^[^:]+: i=(\d+)/.exec(field)![1]);
}
