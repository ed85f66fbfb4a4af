import type { Knex } from 'knex';

/** The stored value of a setting as it is; its reader checks it. undefined: never set. */
export async function readSetting(db: Knex, key: string): Promise<unknown> {
  const row = await db('settings').where({ key }).first('value');
  return row?.value;
}

export async function writeSetting(db: Knex, key: string, value: unknown): Promise<void> {
  const json = JSON.stringify(value);
  await db('settings')
    .insert({ key, value: json })
    .onConflict('key')
    .merge({ value: json, updated_at: db.fn.now() });
}

export async function deleteSetting(db: Knex, key: string): Promise<void> {
  await db('settings').where({ key }).delete();
}
