import type { Knex } from 'knex';
import { z } from 'zod';

import type { SecretBox } from '../config/secret-box.ts';
import { readSetting, writeSetting } from '../settings/setting-store.ts';
import type { MailerAddress } from '../smtp/mailer.ts';

const KEY = 'outgoing-mail';

const stored = z.object({
  host: z.string(),
  port: z.number().int(),
  security: z.enum(['tls', 'starttls', 'none']),
  username: z.string().nullable(),
  passwordSealed: z.string().nullable(),
  from: z.string(),
});

/** How outgoing mail is sent, and the canonical address that it comes from. */
export interface OutgoingSettings extends MailerAddress {
  readonly from: string;
}

/** null: outgoing mail is not set up. */
export async function readOutgoingSettings(
  db: Knex,
  secrets: SecretBox,
): Promise<OutgoingSettings | null> {
  const value = await readSetting(db, KEY);
  if (value === undefined) return null;
  const { passwordSealed, ...rest } = stored.parse(value);
  return { ...rest, password: passwordSealed === null ? null : secrets.open(passwordSealed) };
}

/** The address that outgoing mail comes from; needs no key. null: not set up. */
export async function readOutgoingFrom(db: Knex): Promise<string | null> {
  const value = await readSetting(db, KEY);
  return value === undefined ? null : stored.parse(value).from;
}

export async function writeOutgoingSettings(
  db: Knex,
  secrets: SecretBox,
  { password, ...rest }: OutgoingSettings,
): Promise<void> {
  const passwordSealed = password === null ? null : secrets.seal(password);
  await writeSetting(db, KEY, { ...rest, passwordSealed });
}
