import type { Trial } from './trial.ts';

export interface MailboxTrouble {
  /** The sentence that the mailbox's health shows. */
  readonly problem: string | null;
  /** Whose Inbox has a notice about it: an address for each notice. */
  readonly told: readonly string[];
}

export async function mailboxTrouble({ installation: { db } }: Trial): Promise<MailboxTrouble> {
  const mailbox = await db('mailboxes').where({ active: true }).first('problem');
  const { rows } = await db.raw<{ rows: { address: string }[] }>(
    `select a.address from notices n
       join user_addresses a on a.user_id = n.user_id and a.is_primary
      where n.kind = 'mailbox-problem' order by 1`,
  );
  return { problem: mailbox?.problem ?? null, told: rows.map((row) => row.address) };
}
