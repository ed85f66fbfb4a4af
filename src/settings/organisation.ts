import type { Knex } from 'knex';
import { z } from 'zod';
import { readSetting, writeSetting } from './setting-store.ts';

const KEY = 'organisation';

/** The name of the organisation that this installation serves; '' until it is given. */
export async function readOrganisation(db: Knex): Promise<string> {
  return z
    .string()
    .catch('')
    .parse(await readSetting(db, KEY));
}

export async function writeOrganisation(db: Knex, name: string): Promise<void> {
  await writeSetting(db, KEY, name);
}
