import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createHmac,
  randomBytes,
  scrypt,
  scryptSync,
  type ScryptOptions,
} from 'node:crypto';
import { promisify } from 'node:util';

/** Keeps secrets that must be stored, such as the mailbox password, unreadable without the key. */
export interface SecretBox {
  /** AES-256-GCM with a fresh nonce, so that equal secrets look different. */
  seal(plain: string): string;
  /** @throws SecretBoxProblem when the text was sealed under another key or has been changed. */
  open(sealed: string): string;
  /** A key for another purpose, such as signing cookies; all processes with the same key have the same. */
  keyFor(purpose: string): string;
  /** Derives the key beside other work. Never rejects. Who uses the box without waiting for that derives it, too. */
  prepare(): Promise<void>;
}

/** A sealed secret cannot be opened. The message says what to do. */
export class SecretBoxProblem extends Error {
  override readonly name = 'SecretBoxProblem';
}

const VERSION = 'v1';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Processes must agree on the derived key without storing anything, hence a fixed salt. */
const SALT = 'letterbook secret box v1';
const KEY_BYTES = 64;
/** 60 to 180 ms and 32 MB: what makes guessing a passphrase slow. */
const SCRYPT_COST = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };

const deriveBeside = promisify<string, string, number, ScryptOptions, Buffer>(scrypt);

interface DerivedKey {
  readonly key: Buffer;
  /** Tells a wrong key from a damaged secret, and gives nothing away. */
  readonly id: string;
}

/** A box under a key derived from `keyText` (32 characters or more), at first use unless it was prepared. */
export function createSecretBox(keyText: string): SecretBox {
  const text = keyText.normalize('NFC');
  let derived: DerivedKey | undefined;
  let preparing: Promise<Buffer> | undefined;
  const derive = () => (derived ??= toKey(scryptSync(text, SALT, KEY_BYTES, SCRYPT_COST)));
  return {
    seal: (plain) => seal(plain, derive()),
    open: (sealed) => open(sealed, derive()),
    keyFor: (purpose) => createHmac('sha256', derive().key).update(purpose).digest('base64url'),
    prepare: async () => {
      if (derived) return;
      preparing ??= deriveBeside(text, SALT, KEY_BYTES, SCRYPT_COST);
      // What fails here fails at first use, too, where it can be told.
      const bytes = await preparing.catch(() => null);
      if (bytes) derived ??= toKey(bytes);
    },
  };
}

function toKey(bytes: Buffer): DerivedKey {
  const id = createHash('sha256').update(bytes.subarray(32)).digest('hex').slice(0, 8);
  return { key: bytes.subarray(0, 32), id };
}

function seal(plain: string, { key, id }: DerivedKey): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(VERSION));
  const content = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
  const bytes = Buffer.concat([nonce, cipher.getAuthTag(), content]);
  return `${VERSION}.${id}.${bytes.toString('base64url')}`;
}

function open(sealed: string, { key, id }: DerivedKey): string {
  const [version, keyId, content = ''] = sealed.split('.');
  const bytes = Buffer.from(content, 'base64url');
  if (version !== VERSION || bytes.length < NONCE_BYTES + TAG_BYTES) throw damaged();
  if (keyId !== id) {
    throw new SecretBoxProblem(
      'A stored password was encrypted under another key: start with the LETTERBOOK_SECRET_KEY ' +
        'or the data directory used before, or set the password again.',
    );
  }
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES));
    decipher.setAAD(Buffer.from(VERSION));
    decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    const opened = decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES));
    return Buffer.concat([opened, decipher.final()]).toString('utf8');
  } catch (cause) {
    throw damaged(cause);
  }
}

function damaged(cause?: unknown): SecretBoxProblem {
  return new SecretBoxProblem('A stored password is damaged: set it again.', { cause });
}
