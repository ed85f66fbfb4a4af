import type { Knex } from 'knex';

/** Lists of waiting emails by address and by domain, and of those that somebody has decided about. */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    alter table emails
      -- The correspondent who decides, or the next best; '' where the mail names none. Who is on an email
      -- never changes.
      add column about_address text not null default '';
    update emails e set about_address = coalesce(
      (select p.address from email_participants p where p.email_id = e.id and p.linkable
        order by p.deciding desc, p.seq limit 1), '');
    create index emails_about on emails (owner_id, about_address, id) where state = 'unmatched';
    create index emails_about_domain on emails (owner_id, split_part(about_address, '@', -1), id)
      where state = 'unmatched';
    create index emails_resolved on emails (owner_id, decision_id, id)
      where state = 'archived' and decision_id is not null;
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    drop index emails_resolved, emails_about_domain, emails_about;
    alter table emails drop column about_address;
  `);
}
