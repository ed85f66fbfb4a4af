import type { Knex } from 'knex';

export async function up(db: Knex): Promise<void> {
  await db.raw(`
    create table emails (
      id bigint generated always as identity primary key,
      inbound_message_id bigint not null references inbound_messages,
      part_path text not null,
      owner_id integer not null references users,
      state text not null check (state in ('archived', 'unmatched', 'discarded')),
      visibility text not null default 'shared' check (visibility in ('shared', 'private')),
      capture text not null check (capture in ('copied', 'forwarded')),
      subject text not null,
      message_id text,
      date_raw text,
      -- The Date header where it can be read, else when the server received it, else when it was stored.
      sent_at timestamptz not null,
      text text not null,
      remark text not null default '',
      created_at timestamptz not null default now(),
      unique (inbound_message_id, part_path)
    );
    create index emails_unmatched on emails (owner_id, id) where state = 'unmatched';

    create table email_participants (
      email_id bigint not null references emails on delete cascade,
      seq integer not null,
      role text not null check (role in ('from', 'to', 'cc', 'bcc', 'reply-to', 'resent-from')),
      address text not null check (length(address) <= 320),
      name text not null default '',
      kind text not null check (kind in ('correspondent', 'colleague', 'owner', 'archive')),
      deciding boolean not null,
      source text not null check (source in ('header', 'block')),
      -- The records with the address may be linked to the email. Reply-To says where an answer should go,
      -- not who was on the mail.
      linkable boolean not null generated always as (kind = 'correspondent' and role <> 'reply-to') stored,
      check (linkable or not deciding),
      primary key (email_id, seq)
    );
    create index email_participants_linkable on email_participants (address, email_id) where linkable;

    create table email_people (
      email_id bigint not null references emails on delete cascade,
      person_id integer not null references people on delete cascade,
      address text not null,
      sent_at timestamptz not null,
      linked_by text not null check (linked_by in ('filing', 'rematch')),
      created_at timestamptz not null default now(),
      primary key (email_id, person_id)
    );
    create index email_people_timeline on email_people (person_id, sent_at desc, email_id desc);

    create table attachments (
      id bigint generated always as identity primary key,
      email_id bigint not null references emails on delete cascade,
      part_path text not null,
      file_name text,
      content_type text not null,
      content_id text,
      disposition text not null check (disposition in ('attachment', 'inline')),
      encoding text not null check (encoding in ('base64', 'quoted-printable', 'identity')),
      byte_offset bigint not null,
      byte_length bigint not null,
      -- Set where the slice is a whole encoded mail: the attachment is this slice of its decoded bytes.
      inner_encoding text check (inner_encoding in ('base64', 'quoted-printable', 'identity')),
      inner_offset bigint,
      inner_length bigint,
      size bigint not null,
      check (num_nulls(inner_encoding, inner_offset, inner_length) in (0, 3))
    );
    create index attachments_email on attachments (email_id);

    -- A gained address whose mail is too much for one transaction: worked off in batches.
    create table pending_rematches (
      id bigint generated always as identity primary key,
      person_id integer not null references people on delete cascade,
      address text not null,
      after_email_id bigint not null default 0,
      created_at timestamptz not null default now(),
      unique (person_id, address)
    );
  `);
}

export async function down(db: Knex): Promise<void> {
  await db.raw(
    'drop table pending_rematches, attachments, email_people, email_participants, emails',
  );
}
