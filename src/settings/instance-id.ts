import type { Knex } from 'knex';
import { z } from 'zod';

import { readSetting } from './setting-store.ts';

/** What this installation calls itself in the mail it sends, so that it knows it when it comes back. */
export async function readInstanceId(db: Knex): Promise<string> {
  return z.string().parse(await readSetting(db, 'instance-id'));
}
