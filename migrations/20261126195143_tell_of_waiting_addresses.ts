import type { Knex } from 'knex';

const KINDS = [
  'unmatched',
  'owner-does-not-exist',
  'sender-not-told',
  'mailbox-problem',
  'too-large',
];

/** Administrators are told of addresses that users have added and that no link can confirm. */
export async function up(db: Knex): Promise<void> {
  await allow(db, [...KINDS, 'address-waits']);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    delete from notices where kind = 'address-waits';
    update users set muted_notices = array_remove(muted_notices, 'address-waits');
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
