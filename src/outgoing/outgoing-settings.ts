import type { Knex } from 'knex';
import { z } from 'zod';

import type { SecretBox } from '../config/secret-box.ts';
import { deleteSetting, readSetting, writeSetting } from '../settings/setting-store.ts';
import type { MailerAddress } from '../smtp/mailer.ts';

const KEY = 'outgoing-mail';

const stored = z.object({
  host: z.string(),
  port: z.number().int(),
  security: z.enum(['tls', 'starttls', 'none']),
  username: z.string().nullable(),
  passwordSealed: z.string().nullable(),
  from: z.string(),
  /** Whether a Super Administrator, or somebody at the command line, has chosen the server. */
  vouched: z.boolean().default(true),
});

export type StoredOutgoing = z.infer<typeof stored>;

/** How outgoing mail is sent, and the canonical address that it comes from. */
export interface OutgoingSettings extends MailerAddress {
  readonly from: string;
}

/** null: outgoing mail is not set up. */
export async function readOutgoingSettings(
  db: Knex,
  secrets: SecretBox,
): Promise<OutgoingSettings | null> {
  const value = await readStoredOutgoing(db);
  if (value === null) return null;
  const { passwordSealed, vouched: _, ...rest } = value;
  return { ...rest, password: passwordSealed === null ? null : secrets.open(passwordSealed) };
}

/** The address that outgoing mail comes from; needs no key. null: not set up. */
export async function readOutgoingFrom(db: Knex): Promise<string | null> {
  return (await readStoredOutgoing(db))?.from ?? null;
}

/** The settings with the password as it is stored. null: outgoing mail is not set up. */
export async function readStoredOutgoing(db: Knex): Promise<StoredOutgoing | null> {
  const value = await readSetting(db, KEY);
  return value === undefined ? null : stored.parse(value);
}

export async function deleteOutgoingSettings(db: Knex): Promise<void> {
  await deleteSetting(db, KEY);
}

export async function writeOutgoingSettings(
  db: Knex,
  secrets: SecretBox,
  { password, ...rest }: OutgoingSettings,
  vouched = true,
): Promise<void> {
  const passwordSealed = password === null ? null : secrets.seal(password);
  await writeSetting(db, KEY, { ...rest, passwordSealed, vouched });
}
