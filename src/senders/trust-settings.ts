import type { Knex } from 'knex';
import { z } from 'zod';
import { readSetting, writeSetting } from '../settings/setting-store.ts';

export const TRUST_POLICIES = ['off', 'warn', 'require'] as const;
const KEY = 'sender-trust';

const stored = z.object({
  policy: z.enum(TRUST_POLICIES),
  authservId: z.string().nullable(),
  arcSealers: z.array(z.string()),
});

/** What is asked of a sender, and whose word counts. */
export type TrustSettings = z.infer<typeof stored>;

/** An installation from before senders were judged goes on without. */
const OFF: TrustSettings = { policy: 'off', authservId: null, arcSealers: [] };

export async function readTrustSettings(db: Knex): Promise<TrustSettings> {
  const value = await readSetting(db, KEY);
  return value === undefined ? OFF : stored.parse(value);
}

export async function writeTrustSettings(db: Knex, settings: TrustSettings): Promise<void> {
  await writeSetting(db, KEY, settings);
}

/** A new installation warns. To be called before its first mailbox is saved; does nothing later. */
export async function beginTrust(trx: Knex.Transaction): Promise<void> {
  if ((await readSetting(trx, KEY)) !== undefined) return;
  if ((await trx('mailboxes').first('id')) !== undefined) return;
  await writeTrustSettings(trx, { ...OFF, policy: 'warn' });
}
