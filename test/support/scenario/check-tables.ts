import type { Knex } from 'knex';
import type { Scenario } from './scenario.ts';

/**
 * Looks behind the log: whether the tables hold together, and hold what the outcomes say.
 * @returns one sentence for each thing that is wrong.
 */
export async function checkTables(db: Knex, scenario: Scenario): Promise<string[]> {
  const wrong: string[] = [];
  for (const [sentence, sql] of RULES) {
    const { rows } = await db.raw<{ rows: unknown[] }>(sql);
    for (const row of rows) wrong.push(`${sentence}: ${JSON.stringify(row)}`);
  }
  return [...wrong, ...(await checkUnmatchedNotices(db, scenario))];
}

const RULES: readonly (readonly [sentence: string, sql: string])[] = [
  [
    'A message is not settled',
    `select id, state from inbound_messages where state <> 'acknowledged'`,
  ],
  [
    'An archived message has an email that is not archived',
    `select m.id from inbound_messages m join emails e on e.inbound_message_id = m.id
      where m.outcome = 'archived' and e.state <> 'archived'`,
  ],
  [
    'An unmatched message has no unmatched email',
    `select m.id from inbound_messages m where m.outcome = 'unmatched' and not exists (
       select from emails e where e.inbound_message_id = m.id and e.state = 'unmatched')`,
  ],
  [
    'A message that was not filed has an email',
    `select m.id, m.outcome from inbound_messages m join emails e on e.inbound_message_id = m.id
      where m.outcome not in ('archived', 'unmatched')`,
  ],
  [
    'An archived email has no link',
    `select id from emails e where state = 'archived'
        and not exists (select from email_people l where l.email_id = e.id)`,
  ],
  [
    'An unmatched email has a link',
    `select id from emails e where state = 'unmatched'
        and exists (select from email_people l where l.email_id = e.id)`,
  ],
  [
    'A link has no participant with its address, or its record has not got that address',
    `select l.* from email_people l
      where not exists (select from email_participants p where p.email_id = l.email_id
                         and p.address = l.address and p.kind = 'correspondent')
         or not exists (select from person_addresses a where a.person_id = l.person_id
                         and a.address = l.address)`,
  ],
  [
    'A waiting email should be linked',
    `select e.id, a.address from emails e
       join email_participants p on p.email_id = e.id and p.deciding
       join person_addresses a on a.address = p.address
      where e.state = 'unmatched'`,
  ],
  [
    'An original differs in size from its row',
    `select m.id from inbound_messages m join originals o on o.id = m.original_id
      where o.size <> m.size
         or o.size <> (select sum(c.size) from original_chunks c where c.original_id = o.id)`,
  ],
  [
    'One content was filed twice for one owner',
    `select owner_id, fingerprint from inbound_messages where reason not in ('duplicate', 'own-notice')
        and owner_id is not null group by 1, 2 having count(*) > 1`,
  ],
  [
    'A message was bounced twice',
    `select inbound_message_id from outgoing_messages group by 1 having count(*) > 1`,
  ],
];

/** Each owner with unmatched mail, and nobody else, has one notice about it. */
async function checkUnmatchedNotices(db: Knex, scenario: Scenario): Promise<string[]> {
  const owners = scenario.deliveries.flatMap(({ expected }) =>
    expected.filter((one) => one.outcome === 'unmatched').map((one) => one.ownerEmail ?? ''),
  );
  const { rows } = await db.raw<{ rows: { address: string }[] }>(
    `select a.address from notices n
       join user_addresses a on a.user_id = n.user_id and a.is_primary
      where n.kind = 'unmatched' order by 1`,
  );
  const told = rows.map((row) => row.address);
  const wanted = [...new Set(owners.map((owner) => owner.toLowerCase()))].sort();
  return JSON.stringify(told) === JSON.stringify(wanted)
    ? []
    : [`Notices of unmatched mail are with ${told.join(', ')} and not with ${wanted.join(', ')}`];
}
