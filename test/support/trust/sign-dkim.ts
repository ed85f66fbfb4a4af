import { createHash, sign } from 'node:crypto';
import {
  canonicalBody,
  canonicalField,
  type Canonicalization,
  chosenFields,
} from './canonicalize.ts';
import { type SigningKey, trustKeys } from './keys.ts';
import { type RawMail, RECEIVED_AT, under } from './raw-mail.ts';

export interface SignatureOptions {
  readonly domain: string;
  readonly selector: string;
  readonly key: SigningKey;
  /** header/body; relaxed/relaxed. */
  readonly canonicalization?: `${Canonicalization}/${Canonicalization}`;
  /** h=; a name that stands twice is signed twice (RFC 6376 section 8.15). */
  readonly headers?: readonly string[];
  /** l=: how much of the body is signed. */
  readonly length?: number;
  /** Seconds; half a minute before receipt. */
  readonly signedAt?: number;
  /** Further tags, for instance `x=1`. */
  readonly tags?: string;
  /** In place of v=1. */
  readonly version?: string;
  /** a=, where it shall not be the key's. */
  readonly algorithm?: string;
}

export const USUAL_HEADERS = ['from', 'to', 'subject', 'date', 'message-id', 'mime-version'];
/** Every field that shows is named once more than it occurs: nothing can be added. */
export const OVERSIGNED = [...USUAL_HEADERS, 'from', 'subject', 'to', 'cc', 'reply-to'];
export const SIGNED_AT = RECEIVED_AT.getTime() / 1000 - 30;

/**
 * Signs as RFC 6376 tells. It is our own, and not the library's that will verify: so the two are
 * checked against each other, and it can sign what no honest signer would.
 */
export function signed(mail: RawMail, options: SignatureOptions): RawMail {
  const field = `DKIM-Signature: ${options.version ?? 'v=1'}; ${signatureTags(mail, options)}`;
  return under(mail, `${field}${foldedSignature(mail, field, options)}`);
}

/** As acme.test signs, except for what is given. */
export function signedByAcme(mail: RawMail, options: Partial<SignatureOptions> = {}): RawMail {
  return signed(mail, {
    domain: 'acme.test',
    selector: 's1',
    key: trustKeys().acme,
    ...options,
  });
}

/** As an attacker signs, rightly, with his own domain. */
export function signedByEvil(mail: RawMail, options: Partial<SignatureOptions> = {}): RawMail {
  return signed(mail, {
    domain: 'evil.test',
    selector: 'k1',
    key: trustKeys().evil,
    ...options,
  });
}

/** The tags of a signature up to and with an empty b=. */
export function signatureTags(mail: RawMail, options: SignatureOptions): string {
  const { length } = options;
  const body = canonicalBody(mail.body, partsOf(options).body).slice(0, length);
  const hash = options.algorithm?.endsWith('sha1') === true ? 'sha1' : 'sha256';
  return [
    `a=${options.algorithm ?? options.key.algorithm}`,
    `c=${options.canonicalization ?? 'relaxed/relaxed'}`,
    `d=${options.domain}`,
    `s=${options.selector}`,
    `t=${options.signedAt ?? SIGNED_AT}`,
    ...(length === undefined ? [] : [`l=${length}`]),
    ...(options.tags === undefined ? [] : [options.tags]),
    `\r\n\th=${(options.headers ?? USUAL_HEADERS).join(':')}`,
    `\r\n\tbh=${createHash(hash).update(body, 'latin1').digest('base64')}`,
    '\r\n\tb=',
  ].join('; ');
}

/** b= over the named fields and the signature's own, whose b= is empty. */
export function signatureOver(mail: RawMail, field: string, options: SignatureOptions): string {
  const how = partsOf(options).header;
  const chosen = chosenFields(mail.fields, options.headers ?? USUAL_HEADERS);
  const lines = chosen.map((each) => `${canonicalField(each, how)}\r\n`);
  return signText(`${lines.join('')}${canonicalField(field, how)}`, options);
}

/** RFC 8463 section 3: Ed25519 signs the hash. */
export function signText(
  text: string,
  options: Pick<SignatureOptions, 'key' | 'algorithm'>,
): string {
  const { privateKey } = options.key;
  const data = Buffer.from(text, 'latin1');
  if (options.key.algorithm === 'ed25519-sha256') {
    return sign(null, createHash('sha256').update(data).digest(), privateKey).toString('base64');
  }
  const hash = options.algorithm?.endsWith('sha1') === true ? 'sha1' : 'sha256';
  return sign(hash, data, privateKey).toString('base64');
}

export function foldBase64(text: string): string {
  return text.match(/.{1,72}/g)!.join('\r\n\t');
}

function foldedSignature(mail: RawMail, field: string, options: SignatureOptions): string {
  return foldBase64(signatureOver(mail, field, options));
}

function partsOf(options: SignatureOptions): { header: Canonicalization; body: Canonicalization } {
  const [header, body] = (options.canonicalization ?? 'relaxed/relaxed').split('/');
  return { header: header as Canonicalization, body: body as Canonicalization };
}
