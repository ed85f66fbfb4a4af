import type { Knex } from 'knex';
import { z } from 'zod';
import { queryRows } from '../db/query-rows.ts';
import { readSetting, writeSetting } from '../settings/setting-store.ts';

/** What makes an installation work, in the order in which it is best done. */
export const STEPS = ['mailbox', 'outgoing', 'users', 'people', 'first-mail'] as const;
export type Step = (typeof STEPS)[number];

/** What Super Administrators have decided about the checklist; one for the installation. */
export interface ChecklistChoices {
  readonly dismissed: boolean;
  readonly skipped: readonly Step[];
}

const KEY = 'set-up-checklist';
const stored = z.object({ dismissed: z.boolean(), skipped: z.array(z.enum(STEPS)) });

export async function readChecklist(db: Knex): Promise<ChecklistChoices> {
  const value = await readSetting(db, KEY);
  return value === undefined ? { dismissed: false, skipped: [] } : stored.parse(value);
}

/** Changes it; two who do so at once are both heard. */
export async function changeChecklist(
  db: Knex,
  change: (choices: ChecklistChoices) => ChecklistChoices,
): Promise<void> {
  await db.transaction(async (trx) => {
    await trx('settings').where({ key: KEY }).forUpdate().first('key');
    await writeSetting(trx, KEY, change(await readChecklist(trx)));
  });
}

/**
 * Which steps are done: seen in what is there, whoever did it and wherever. An import of users invites
 * nobody.
 */
export async function findDoneSteps(db: Knex): Promise<Set<Step>> {
  const [row] = await queryRows<Record<Step, boolean>>(
    db,
    `select exists (select from mailboxes where active) as mailbox,
            exists (select from settings where key = 'outgoing-mail') as outgoing,
            exists (select from user_tokens where kind = 'invitation')
              or (select count(*) from (select from users where password_hash is not null limit 2) u) > 1
              as users,
            exists (select from people where deleted_at is null) as people,
            exists (select from emails)
              as "first-mail"`,
    [],
  );
  return new Set(STEPS.filter((step) => row?.[step]));
}
