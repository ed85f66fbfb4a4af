import type { Knex } from 'knex';

/** The ledger: what was seen in the archive mailbox, its original bytes and its one outcome. */
export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table mailboxes (
      id integer generated always as identity primary key,
      active boolean not null default false,
      host text not null,
      port integer not null check (port > 0 and port < 65536),
      security text not null check (security in ('tls', 'starttls', 'none')),
      username text not null,
      folder text not null,
      password_sealed text not null,
      archive_address text not null check (archive_address = lower(archive_address)),
      aliases text[] not null default '{}',
      after_archiving text not null check (after_archiving in ('move', 'delete', 'seen')),
      after_folder text check ((after_archiving = 'move') = (after_folder is not null)),
      existing text not null check (existing in ('archive', 'skip')),
      -- Where "start from now" begins: messages up to this UID of that UIDVALIDITY are left alone.
      skip_uidvalidity bigint,
      skip_through_uid bigint,
      poll_seconds integer not null default 60 check (poll_seconds between 10 and 86400),
      uidvalidity bigint,
      -- Every UID up to this one has a row, or was skipped: a shortcut, never the truth.
      cursor_uid bigint not null default 0,
      epoch bigint not null default 0,
      set_up_at timestamptz not null default now(),
      last_poll_at timestamptz,
      last_success_at timestamptz,
      problem text,
      problem_since timestamptz,
      failures integer not null default 0,
      next_try_at timestamptz,
      unique (host, port, username, folder)
    );
    create unique index mailboxes_active on mailboxes (active) where active;

    create table originals (
      id bigint generated always as identity primary key,
      sha256 bytea not null,
      size bigint not null
    );
    create table original_chunks (
      original_id bigint not null references originals on delete cascade,
      seq integer not null,
      size integer not null,
      compression text not null check (compression in ('none', 'zstd')),
      data bytea not null,
      primary key (original_id, seq)
    );
    alter table original_chunks alter column data set storage external;

    create table inbound_messages (
      id bigint generated always as identity primary key,
      mailbox_id integer not null references mailboxes,
      uidvalidity bigint not null,
      uid bigint not null,
      epoch bigint not null,
      state text not null check (state in ('stored', 'decided', 'acknowledged', 'failed', 'gone')),
      original_id bigint references originals,
      size bigint not null,
      internal_date timestamptz,
      stored_at timestamptz not null default now(),
      -- How often work on it was begun, and how often that work is known to have failed.
      attempts integer not null default 0,
      failures integer not null default 0,
      next_try_at timestamptz,
      error text,
      outcome text check (outcome in ('archived', 'unmatched', 'rejected', 'ignored', 'quarantined')),
      reason text,
      capture text check (capture in ('copied', 'forwarded')),
      owner_id integer references users,
      from_address text,
      message_id text,
      subject text,
      fingerprint bytea,
      people_addresses text[] not null default '{}',
      trace jsonb,
      decided_at timestamptz,
      acknowledged_at timestamptz,
      acknowledgement text check (acknowledgement in ('moved', 'deleted', 'seen', 'left-on-server')),
      unique (mailbox_id, uidvalidity, uid),
      check (state not in ('decided', 'acknowledged') or (outcome is not null and reason is not null)),
      check (state <> 'stored' or original_id is not null),
      check (state <> 'acknowledged' or acknowledged_at is not null)
    );
    create index inbound_messages_unfinished on inbound_messages (state, id) where state in ('stored', 'failed', 'decided');
    create index inbound_messages_fingerprint on inbound_messages (fingerprint) where fingerprint is not null;
    create index inbound_messages_rejected on inbound_messages (from_address) where outcome = 'rejected';

    create table poll_requests (
      id bigint generated always as identity primary key,
      mailbox_id integer not null references mailboxes on delete cascade,
      requested_at timestamptz not null default now(),
      answered_at timestamptz,
      -- What the folder held when it was looked at for this request.
      uidvalidity bigint,
      uids bigint[],
      problem text
    );
    create index poll_requests_open on poll_requests (mailbox_id, id) where answered_at is null;
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw('drop table poll_requests, inbound_messages, original_chunks, originals, mailboxes');
}
