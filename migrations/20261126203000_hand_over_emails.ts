import type { Knex } from 'knex';

const KINDS = [
  'unmatched',
  'owner-does-not-exist',
  'sender-not-told',
  'mailbox-problem',
  'too-large',
  'address-waits',
];

/** A waiting email may be handed over to a colleague, who owns it from then on. */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    alter table decisions
      add column to_user_id integer references users,
      drop constraint decisions_kind_check,
      add constraint decisions_kind_check check (kind in
        ('link', 'create-contact', 'create-lead', 'discard', 'unlink', 'hand-over')),
      add constraint decisions_to_user_check check ((kind = 'hand-over') = (to_user_id is not null));
    -- The decision that made its owner the owner; null: the one who sent it to the archive.
    alter table emails add column handed_over_by bigint references decisions on delete set null;
    create index emails_handed_over on emails (handed_over_by) where handed_over_by is not null;
  `);
  await allow(db, ['handed-over', ...KINDS]);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    delete from notices where kind = 'handed-over';
    update users set muted_notices = array_remove(muted_notices, 'handed-over');
    alter table emails drop column handed_over_by;
    delete from decisions where kind = 'hand-over';
    alter table decisions
      drop constraint decisions_kind_check,
      drop column to_user_id,
      add constraint decisions_kind_check check (kind in
        ('link', 'create-contact', 'create-lead', 'discard', 'unlink'));
  `);
  await allow(db, KINDS);
}

/** Quarantine is a kind, too, which nobody switches off. */
async function allow(db: Knex, kinds: readonly string[]): Promise<void> {
  const list = kinds.map((kind) => `'${kind}'`).join(', ');
  await db.raw(`
    alter table notices drop constraint notices_kind_check,
      add constraint notices_kind_check check (kind in (${list}, 'quarantined'));
    alter table users drop constraint users_muted_notices_check,
      add constraint users_muted_notices_check check (muted_notices <@ array[${list}]);
  `);
}
