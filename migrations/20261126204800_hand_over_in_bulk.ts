import type { Knex } from 'knex';

const KINDS = ['link', 'create-leads', 'discard'];
const RESULTS = ['done', 'along', 'handled', 'gone', 'nobody', 'known', 'no-person', 'failed'];

/** Many waiting emails may be handed over at once, to one colleague. */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    alter table bulk_actions
      add column to_user_id integer references users,
      add constraint bulk_actions_to_user_check
        check ((kind = 'hand-over') = (to_user_id is not null))`);
  await allow(db, [...KINDS, 'hand-over'], [...RESULTS, 'no-colleague']);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    delete from bulk_actions where kind = 'hand-over';
    alter table bulk_actions drop column to_user_id`);
  await allow(db, KINDS, RESULTS);
}

async function allow(
  db: Knex,
  kinds: readonly string[],
  results: readonly string[],
): Promise<void> {
  const list = (texts: readonly string[]) => texts.map((text) => `'${text}'`).join(', ');
  await db.raw(`
    alter table bulk_actions drop constraint bulk_actions_kind_check,
      add constraint bulk_actions_kind_check check (kind in (${list(kinds)}));
    alter table bulk_emails drop constraint bulk_emails_result_check,
      add constraint bulk_emails_result_check check (result in (${list(results)}))`);
}
