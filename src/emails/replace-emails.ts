import type { Knex } from 'knex';
import { queryRows } from '../db/query-rows.ts';
import { insertContents, insertEmails, toEmailRow, type NewEmail } from './email-store.ts';
import { searchVector } from './search-vector.ts';

/**
 * Whether somebody has decided about an email of the message: linked, discarded, taken off a record,
 * handed over. Its emails stay locked, so that nobody does until the transaction ends.
 */
export async function lockEmailsOf(
  trx: Knex.Transaction,
  messageId: number,
): Promise<{ readonly count: number; readonly byHand: boolean }> {
  const rows = await queryRows<{ byHand: boolean }>(
    trx,
    `select e.state = 'discarded' or e.decision_id is not null or e.owner_id is distinct from m.owner_id
            or exists (select from decisions d where d.email_id = e.id)
            or exists (select from email_people l where l.email_id = e.id
                        and (l.decision_id is not null or l.unlinked_by is not null)) as "byHand"
       from emails e join inbound_messages m on m.id = e.inbound_message_id
      where m.id = ? order by e.id for update of e`,
    [messageId],
  );
  return { count: rows.length, byHand: rows.some((row) => row.byHand) };
}

/**
 * Brings the emails of one message to what it is read as now. An email keeps its number, and who may
 * see it, as long as its part is still an email. Only for messages about which nobody has decided.
 */
export async function replaceEmails(
  trx: Knex.Transaction,
  messageId: number,
  emails: readonly NewEmail[],
): Promise<void> {
  const before = await trx('emails')
    .where({ inbound_message_id: messageId })
    .select('id', 'part_path');
  const ids = new Map(before.map((row) => [row.part_path, row.id]));
  const kept = emails.flatMap((one) => {
    const id = ids.get(one.email.partPath);
    return id === undefined ? [] : [{ ...one, id }];
  });
  const stays = new Set(kept.map(({ id }) => id));
  const over = before.map(({ id }) => id).filter((id) => !stays.has(id));
  await trx('emails').whereIn('id', over).delete();
  const keptIds = [...stays];
  for (const table of ['email_participants', 'email_people', 'attachments'] as const) {
    await trx(table).whereIn('email_id', keptIds).delete();
  }
  for (const { id, ...one } of kept) {
    const { body_parts: bodyParts, ...columns } = toEmailRow(one);
    await trx('emails')
      .where({ id })
      .update({
        ...columns,
        sent_at: new Date(columns.sent_at),
        search: trx.raw(searchVector('?::text', '?'), [columns.subject, columns.search]),
        body_parts: bodyParts && (JSON.stringify(bodyParts) as never),
      });
  }
  await insertContents(trx, kept);
  await insertEmails(
    trx,
    emails.filter(({ email }) => !ids.has(email.partPath)),
  );
}
