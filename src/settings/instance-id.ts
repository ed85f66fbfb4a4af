import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { z } from 'zod';

/** What this installation calls itself in the mail it sends, so that it knows it when it comes back. */
export async function readInstanceId(db: Knex): Promise<string> {
  await db('settings')
    .insert({ key: 'instance-id', value: JSON.stringify(randomUUID()) })
    .onConflict('key')
    .ignore();
  const row = await db('settings').where({ key: 'instance-id' }).first('value');
  return z.string().parse(row?.value);
}
