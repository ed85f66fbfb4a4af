import type { Knex } from 'knex';

/** What was done is spelt in one way: the thing, a dot, and what happened to it. */
const SPELLINGS = `
      ('user created', 'user.created'),
      ('user reactivated', 'user.reactivated'),
      ('user deactivated', 'user.deactivated'),
      ('user renamed', 'user.renamed'),
      ('user signed out everywhere', 'user.signed-out-everywhere'),
      ('groups changed', 'user.groups-changed'),
      ('password changed', 'user.password-changed'),
      ('password set by link', 'user.password-set-by-link'),
      ('invitation link made', 'user.invitation-link-made'),
      ('password-reset link made', 'user.password-reset-link-made'),
      ('own address added', 'user.own-address-added'),
      ('address added', 'user.address-added'),
      ('address removed', 'user.address-removed'),
      ('primary address changed', 'user.primary-address-changed'),
      ('address confirmed by link', 'user.address-confirmed-by-link'),
      ('own profile changed', 'user.own-profile-changed'),
      ('signed out everywhere else', 'user.signed-out-elsewhere'),
      ('set up', 'installation.set-up'),
      ('digest switched off by link', 'digest.switched-off-by-link'),
      ('mailbox-saved', 'mailbox.saved'),
      ('outgoing-mail-saved', 'outgoing.saved'),
      ('outgoing-mail-removed', 'outgoing.removed'),
      ('person created', 'person.created'),
      ('person edited', 'person.edited'),
      ('person deleted', 'person.deleted'),
      ('person restored', 'person.restored'),
      ('person deleted for ever', 'person.deleted-for-ever'),
      ('lead converted', 'person.converted'),
      ('conversion undone', 'person.conversion-undone')`;

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    update audit_log l set action = s.after
      from (values ${SPELLINGS}) s (before, after)
     where l.action = s.before`);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(`
    update audit_log l set action = s.before
      from (values ${SPELLINGS}) s (before, after)
     where l.action = s.after`);
}
