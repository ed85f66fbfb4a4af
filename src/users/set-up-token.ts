import { createHash, timingSafeEqual } from 'node:crypto';
import type { Knex } from 'knex';
import type { SecretBox } from '../config/secret-box.ts';
import { readInstanceId } from '../settings/instance-id.ts';
import { isSetUp } from './set-up-store.ts';

interface Deps {
  readonly db: Knex;
  readonly secrets: SecretBox;
}

/**
 * What shows that whoever sets Letterbook up can read its log. All processes of one installation have
 * the same, without storing it; another database makes another.
 */
export async function setUpToken({ db, secrets }: Deps): Promise<string> {
  return secrets.keyFor(`set-up of ${await readInstanceId(db)}`);
}

export async function isSetUpToken(deps: Deps, typed: string): Promise<boolean> {
  return timingSafeEqual(hashOf(typed.trim()), hashOf(await setUpToken(deps)));
}

/** Where the first user begins; null once somebody can sign in. */
export async function setUpLink(deps: Deps, baseUrl: string): Promise<string | null> {
  if (await isSetUp(deps.db)) return null;
  return `${baseUrl}/set-up?token=${await setUpToken(deps)}`;
}

function hashOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
