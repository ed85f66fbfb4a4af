import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';

export interface SigningKey {
  readonly privateKey: KeyObject;
  /** The tags k= and p= of the key record. */
  readonly record: string;
  readonly algorithm: 'rsa-sha256' | 'ed25519-sha256';
}

export interface TrustKeys {
  readonly acme: SigningKey;
  readonly acmeEdwards: SigningKey;
  readonly evil: SigningKey;
  readonly esp: SigningKey;
  readonly list: SigningKey;
  readonly rsa512: SigningKey;
  readonly rsa768: SigningKey;
  readonly rsa1024: SigningKey;
}

let made: TrustKeys | null = null;

/** Made once a run: no key lies in the repository. */
export function trustKeys(): TrustKeys {
  made ??= {
    acme: rsaKey(2048),
    acmeEdwards: edwardsKey(generateKeyPairSync('ed25519').privateKey),
    evil: rsaKey(1024),
    esp: rsaKey(1024),
    list: rsaKey(1024),
    rsa512: rsaKey(512),
    rsa768: rsaKey(768),
    rsa1024: rsaKey(1024),
  };
  return made;
}

function rsaKey(bits: number): SigningKey {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: bits });
  const spki = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
  return { privateKey, record: `k=rsa; p=${spki}`, algorithm: 'rsa-sha256' };
}

/** RFC 8463 section 4: the record holds the 32 bytes themselves. */
export function edwardsKey(privateKey: KeyObject): SigningKey {
  const spki = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  const record = `k=ed25519; p=${spki.subarray(-32).toString('base64')}`;
  return { privateKey, record, algorithm: 'ed25519-sha256' };
}
