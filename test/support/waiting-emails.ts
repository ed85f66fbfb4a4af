import type { FilingBench } from './filing-bench.ts';

/** Very many emails that wait for a user, on each of which that address decides. @returns their numbers. */
export async function insertWaiting(
  bench: FilingBench,
  {
    owner,
    address,
    emails,
  }: { readonly owner: number; readonly address: string; readonly emails: number },
): Promise<number[]> {
  const { rows } = await bench.db.raw<{ rows: { id: number }[] }>(
    `with messages as (
       insert into inbound_messages
              (mailbox_id, uidvalidity, uid, epoch, state, size, outcome, reason, acknowledged_at)
       select :mailbox, hashtext(:address), n, 0, 'acknowledged', 1, 'unmatched', 'no-match', now()
         from generate_series(1, :emails) n
       returning id),
     waiting as (
       insert into emails (inbound_message_id, part_path, owner_id, state, capture, subject, sent_at, text,
              search, about_address)
       select id, '', :owner, 'unmatched', 'copied', 'Chairs', now(), '', '', :address from messages
       returning id)
     insert into email_participants (email_id, seq, role, address, kind, deciding, source)
     select id, 0, 'to', :address, 'correspondent', true, 'header' from waiting order by id
     returning email_id as id`,
    { mailbox: bench.mailboxId, address, emails, owner },
  );
  return rows.map(({ id }) => id).sort((a, b) => a - b);
}
