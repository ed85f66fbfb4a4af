import type { Knex } from 'knex';
import { EnvProblem } from '../config/env.ts';
import type { SecretBox } from '../config/secret-box.ts';
import { readSetting, writeSetting } from './setting-store.ts';

const SETTING = 'secret-key-mark';

/**
 * Separate processes with a key file each could not read each other's passwords and sessions, which
 * nobody would notice before one is saved. So a process leaves a mark of its key, which gives
 * nothing away, and one that made or found a key file of its own compares.
 *
 * @param isChosen whether its key was given, or is the only one: then it is what counts from now on.
 * @throws EnvProblem that says what to do.
 */
export async function agreeOnKey(db: Knex, secrets: SecretBox, isChosen: boolean): Promise<void> {
  const mark = secrets.keyFor('mark of the key').slice(0, 16);
  if (isChosen) {
    await writeSetting(db, SETTING, mark);
    return;
  }
  const first = { key: SETTING, value: JSON.stringify(mark) };
  await db('settings').insert(first).onConflict('key').ignore();
  if ((await readSetting(db, SETTING)) !== mark) throw new EnvProblem(REFUSAL);
}

const REFUSAL =
  'The other processes over this database use another key, and could not read what this one encrypts: ' +
  'give LETTERBOOK_SECRET_KEY to all of them, with the content of data/secret-key where Letterbook ran ' +
  'first, or with a new key from "openssl rand -base64 32".';
