import { createHmac, timingSafeEqual } from 'node:crypto';
import type { SecretBox } from '../config/secret-box.ts';

/** Where the link leads; with "/one-click" behind it, what mail programs press (RFC 8058). */
export const DIGEST_LINK_PATH = '/links/digest';

/** Whose digest a link switches off: of that user, as it was switched on at that moment. */
export interface DigestLink {
  readonly userId: number;
  readonly since: Date;
}

/** The secret of the link in a digest. It does this one thing, until the digest is switched off. */
export function digestToken(
  secrets: Pick<SecretBox, 'keyFor'>,
  { userId, since }: DigestLink,
): string {
  const subject = `${userId}.${since.getTime()}`;
  return `${subject}.${signatureOf(secrets, subject)}`;
}

/** null: it was not made here, or was changed. */
export function readDigestToken(
  secrets: Pick<SecretBox, 'keyFor'>,
  token: string,
): DigestLink | null {
  const [, subject = '', id = '', since = '', given = ''] =
    /^(([1-9]\d{0,8})\.(\d{1,14}))\.([\w-]{43})$/.exec(token) ?? [];
  if (given === '') return null;
  const right = timingSafeEqual(Buffer.from(given), Buffer.from(signatureOf(secrets, subject)));
  return right ? { userId: Number(id), since: new Date(Number(since)) } : null;
}

function signatureOf(secrets: Pick<SecretBox, 'keyFor'>, subject: string): string {
  return createHmac('sha256', secrets.keyFor('digest links')).update(subject).digest('base64url');
}
