import type { Knex } from 'knex';

/** How much a database is filled with. */
export interface PageSizes {
  readonly emails: number;
  readonly people: number;
  readonly users: number;
}

/** The user who looks at the pages is the first: a tenth of all emails are theirs. */
const OWNER = 'case when g % 10 = 0 then 1 else 2 + g % (:users - 1) end';
/** The last tenth of the viewer's wait and are from one address; some others wait everywhere. */
const STATE = `case when g % 10 = 0 and g > :emails * 0.9 then 'unmatched' when g % 33 = 0 then 'unmatched'
                    when g % 47 = 0 then 'discarded' else 'archived' end`;
const PERSON = '1 + (g * 7919) % :people';
const ADDRESS = (person: string) =>
  `'p' || ${person} || '@company' || (${person}) % (:people / 10) || '.example'`;
const ABOUT = `case when ${STATE} = 'archived' then ${ADDRESS(`(${PERSON})`)}
                    when g % 10 = 0 and g > :emails * 0.9 then 'office@everywhere.example'
                    else 'new' || g / 3 || '@firm' || g % 3000 || '.example' end`;
const AT = `now() - (:emails * 1.205 - g) * interval '79 seconds'`;

/** What is put into the tables, in order, by `generate_series(...) g`; `:sizes` by name. */
const PARTS: readonly string[] = [
  // 4096 words of two or three syllables, and 8192 sentences of ten of them.
  `create temp table words as
     select g as id, (select string_agg(substr('balodikafemonupirasetovagelihuzywarojicadumikepo',
                                                1 + 2 * ((g / (24 ^ i)::int + g * i) % 24), 2), '')
                        from generate_series(0, 2 + g % 2) i) as word from generate_series(0, 4095) g`,
  `create temp table sentences as
     select g as id, string_agg(word, ' ' order by i) as text
       from generate_series(0, 8191) g cross join generate_series(1, 10) i
       join words on words.id = abs(hashint4(g * 10 + i)) % 4096 group by g`,
  `insert into users (id, name) overriding system value
     select g, 'User ' || g from generate_series(2, :users) g`,
  `insert into user_addresses (user_id, address, is_primary, verified_at)
     select g, 'user' || g || '@northquay.example', true, now() from generate_series(2, :users) g`,
  `insert into accounts (id, name) overriding system value
     select g, 'Company ' || g from generate_series(1, :people / 10) g`,
  `insert into people (id, kind, first_name, last_name, account_id) overriding system value
     select g, case when g % 10 < 7 then 'contact' else 'lead' end, initcap(f.word), initcap(l.word),
            1 + g % (:people / 10) from generate_series(1, :people) g
       join words f on f.id = abs(hashint4(g)) % 300 join words l on l.id = abs(hashint4(-g)) % 4096`,
  `insert into person_addresses (person_id, address, is_primary)
     select g, ${ADDRESS('g')}, true from generate_series(1, :people) g
     union all select id, lower(last_name) || id || '@gmail.com', false from people where id % 5 = 0`,
  `insert into mailboxes (id, active, host, port, security, username, folder, password_sealed, archive_address,
       after_archiving, existing, last_poll_at, last_success_at) overriding system value
     values (1, true, 'imap.northquay.example', 993, 'tls', 'archive', 'INBOX', '', 'archive@northquay.example',
             'seen', 'archive', now(), now())`,
  `insert into inbound_messages (id, mailbox_id, uidvalidity, uid, epoch, state, size, stored_at, decided_at,
       acknowledged_at, acknowledgement, outcome, reason, capture, owner_id, from_address, message_id, subject,
       fingerprint, verdict) overriding system value
     select g, 1, 1, g, 1, 'acknowledged', 20000, ${AT}, ${AT}, ${AT}, 'seen', outcome,
            case outcome when 'rejected' then 'owner-does-not-exist' when 'ignored' then 'automatic'
                 when 'quarantined' then 'unreadable' when 'unmatched' then 'no-match' else 'matched' end,
            case when g <= :emails then 'copied' end, case when g <= :emails then ${OWNER} end,
            case when g <= :emails then 'user' || ${OWNER} || '@northquay.example'
                 when g > :emails * 1.05 and g % 2 = 0 then 'flood@elsewhere.example'
                 else 'stranger' || abs(hashint8(g)) % 20000 || '@elsewhere' || g % 7 || '.example' end,
            '<m' || g || '@mail.example>', 'About ' || s.text, decode(md5(g::text), 'hex'), 'pass'
       from generate_series(1, (:emails * 1.205)::bigint) g
       join sentences s on s.id = g % 8192
      cross join lateral (select case when g > :emails * 1.2 then 'quarantined' when g > :emails * 1.1 then 'ignored'
                                      when g > :emails then 'rejected' when ${STATE} = 'unmatched' then 'unmatched'
                                      else 'archived' end as outcome) o`,
  `insert into emails (id, inbound_message_id, part_path, owner_id, state, discarded_at, visibility, capture,
       subject, message_id, sent_at, created_at, text, search, about_address, conversation) overriding system value
     select g, g, '', ${OWNER}, ${STATE}, case when ${STATE} = 'discarded' then now() end,
            case when g % 40 = 1 then 'private' else 'shared' end, 'copied', 'About ' || a.text,
            '<m' || g || '@mail.example>', ${AT}, ${AT}, t.text, to_tsvector('simple', 'About ' || t.text),
            ${ABOUT}, array[g / 5] from generate_series(1, :emails::bigint) g
       join sentences a on a.id = g % 8192 join sentences b on b.id = abs(hashint8(g)) % 8192
       join sentences c on c.id = abs(hashint8(-g)) % 8192
      cross join lateral (select a.text || ' ' || b.text || ' ' || c.text
                   || case when g % 2 = 0 then ' contract' else '' end
                   || case when g % 10007 = 0 then ' zirconium' else '' end as text) t`,
  `insert into email_participants (email_id, seq, role, address, kind, deciding, source)
     select id, s.seq, s.role, s.address, s.kind, s.deciding, 'header' from emails
      cross join lateral (values
        (0, 'from', 'user' || owner_id || '@northquay.example', 'owner', false),
        (1, 'to', about_address, 'correspondent', true),
        (2, 'bcc', 'archive@northquay.example', 'archive', false)) s (seq, role, address, kind, deciding)`,
  `insert into email_people (email_id, person_id, address, sent_at, linked_by)
     select g, ${PERSON}, about_address, sent_at, 'filing'
       from (select *, id as g from emails) e where state = 'archived'
     union all select g, 1, about_address, sent_at, 'filing'
       from (select *, id as g from emails) e where state = 'archived' and g % 20 = 5 and ${PERSON} <> 1`,
  `insert into attachments (email_id, part_path, file_name, content_type, disposition, encoding, byte_offset,
       byte_length, size)
     select id, '2', 'offer.pdf', 'application/pdf', 'attachment', 'base64', 0, 100, 75 from emails where id % 4 = 0`,
  `insert into decisions (actor_id, kind, email_id, at)
     select owner_id, 'link', id, sent_at from emails where state = 'archived' and id % 20 = 10`,
  `insert into decision_people (decision_id, person_id, address)
     select d.id, l.person_id, l.address from decisions d join email_people l on l.email_id = d.email_id`,
  `update emails e set decision_id = d.id from decisions d where d.email_id = e.id`,
  `insert into notices (user_id, kind, subject, read_at)
     select 1, 'owner-does-not-exist', 'stranger' || g || '@elsewhere.example', case when g % 2 = 0 then now() end
       from generate_series(1, 2000) g
     union all select g, 'unmatched', '', null from generate_series(1, :users) g`,
  `insert into waiting_addresses (email_id, address, keys)
     select id, about_address, array['d:' || split_part(about_address, '@', 2), 'a:' || split_part(about_address, '@', 1)]
       from emails where state = 'unmatched'`,
  `insert into email_suggestions (email_id, address, rank, person_id, strength, reasons)
     select id, about_address, r, 1 + (id * 31 + r) % :people, 'weak', '[{"kind": "same-name"}]'
       from emails, generate_series(1, 2) r where state = 'unmatched'`,
  `insert into outgoing_messages (kind, state, recipient, inbound_message_id, created_at, expires_at, finished_at)
     select 'bounce', 'sent', from_address, id, stored_at, stored_at, stored_at from inbound_messages
      where outcome = 'rejected' and id % 3 = 0`,
  `insert into audit_log (actor_id, action) select 1 + g % :users, 'signed-in' from generate_series(1, :people / 4) g`,
  `insert into changed_people (person_id) select id from people order by id`,
  `insert into message_counts select outcome, count(*) from inbound_messages group by 1`,
  `insert into message_quarters
     select date_bin('15 minutes', decided_at, '2000-01-01Z'), outcome, count(*) from inbound_messages
      where decided_at > now() - interval '16 days' group by 1, 2`,
];

/**
 * Fills a migrated database in which there is the viewer alone. Triggers and foreign keys are passed over, and
 * indexes made afterwards: a million emails take minutes, not hours.
 */
export async function fillPages(db: Knex, sizes: PageSizes): Promise<void> {
  await db.transaction(async (trx) => {
    await trx.raw(`set local session_replication_role = replica; set local statement_timeout = 0;
                   set local maintenance_work_mem = '512MB'; set local work_mem = '128MB'`);
    const indexes = await dropIndexes(trx);
    for (const part of PARTS) await trx.raw(bind(part, sizes));
    for (const { definition } of indexes) await trx.raw(definition);
    await trx.raw(
      `select setval(pg_get_serial_sequence(t, 'id'), :most) from unnest(array['users', 'accounts',
      'people', 'mailboxes', 'inbound_messages', 'emails']) t`,
      { most: sizes.emails * 2 },
    );
  });
  await db.raw('set statement_timeout = 0');
  await db.raw('vacuum analyze');
}

function bind(sql: string, sizes: PageSizes): string {
  return Object.entries(sizes).reduce(
    (text, [name, size]) => text.replaceAll(`:${name}`, String(size)),
    sql,
  );
}

/** Those of constraints stay. */
async function dropIndexes(trx: Knex.Transaction): Promise<{ name: string; definition: string }[]> {
  const { rows } = await trx.raw<{ rows: { name: string; definition: string }[] }>(
    `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as definition
       from pg_index i join pg_class t on t.oid = i.indrelid
      where t.relnamespace = 'public'::regnamespace
        and not exists (select from pg_constraint c where c.conindid = i.indexrelid)`,
  );
  for (const { name } of rows) await trx.raw(`drop index ${name}`);
  return rows;
}
