import type { Knex } from 'knex';

import type { MailboxRow } from '../db/rows.ts';
import type { AfterArchiving } from '../imap/mailbox.ts';
import { canonicalAddress } from '../shared/email-address.ts';

/** What an administrator says about the archive mailbox; the password is sealed. */
export interface MailboxSettings {
  readonly host: string;
  readonly port: number;
  readonly security: MailboxRow['security'];
  readonly username: string;
  readonly folder: string;
  readonly passwordSealed: string;
  /** Canonical addresses. */
  readonly archiveAddress: string;
  readonly aliases: readonly string[];
  readonly after: AfterArchiving;
  readonly existing: 'archive' | 'skip';
  /** Left out: as it is, or the default. */
  readonly pollSeconds?: number;
  readonly enabled?: boolean;
  /** A larger message is left on the server. */
  readonly maxMessageMb?: number;
}

/** Where "start from now" begins, as the server numbered the folder when it was asked. */
export interface StartingPoint {
  readonly uidValidity: number;
  readonly throughUid: number;
}

/** The mailbox that is polled, null before one was set up. */
export async function findActiveMailbox(db: Knex): Promise<MailboxRow | null> {
  return (await db('mailboxes').where({ active: true }).first()) ?? null;
}

/**
 * Makes this the active mailbox, and ends what its keeper does by the settings as they were: nothing may
 * be stored or put away by those, nor the cursor pass what is to be read now. Another host, port, user name or folder is another mailbox with a
 * ledger of its own: UIDs mean nothing elsewhere. Going back to an earlier one goes on where it was.
 */
export async function activateMailbox(
  trx: Knex.Transaction,
  settings: MailboxSettings,
  start: StartingPoint | null,
): Promise<number> {
  await leaveMailbox(trx, settings);
  const identity = {
    host: settings.host,
    port: settings.port,
    username: settings.username,
    folder: settings.folder,
  };
  const known = await trx('mailboxes').where(identity).forUpdate().first('id', 'existing');
  const values = { ...toColumns(settings), active: true };
  if (!known) {
    const rows = await trx('mailboxes')
      .insert({ ...identity, ...values, ...startColumns(start) })
      .returning('id');
    const [row] = rows;
    if (!row) throw new Error('The database gave no id for a mailbox.');
    return row.id;
  }
  const reopened = known.existing === 'skip' && settings.existing === 'archive';
  // Rows of mail that was left alone, or had gone: what is still there is to be read after all.
  if (reopened)
    await trx('inbound_messages').where({ mailbox_id: known.id, state: 'gone' }).delete();
  await trx('mailboxes')
    .where({ id: known.id })
    .update({
      ...values,
      ...nextEpoch(trx),
      ...clearedTrouble,
      ...(start ? { ...startColumns(start), set_up_at: trx.fn.now() } : {}),
      ...(reopened ? fromTheBeginning : {}),
    });
  return known.id;
}

/**
 * Stops polling another mailbox. What could not be fetched from it is forgotten, or it would wait
 * for ever; the cursor goes back before it, so that it is fetched if that mailbox returns.
 */
async function leaveMailbox(trx: Knex.Transaction, settings: MailboxSettings): Promise<void> {
  const { host, port, username, folder } = settings;
  // The epoch first: it waits for what the keeper is committing, and what it begins later is refused.
  await trx('mailboxes')
    .where({ active: true })
    .update({ active: false, ...nextEpoch(trx) });
  await trx.raw(
    `with unfetched as (
       delete from inbound_messages m using mailboxes b
        where m.state = 'failed' and m.original_id is null and b.id = m.mailbox_id
          and (b.host, b.port, b.username, b.folder) is distinct from (?, ?, ?, ?)
        returning m.mailbox_id, m.uid, m.uidvalidity)
     update mailboxes b set cursor_uid = least(b.cursor_uid, u.first - 1)
       from (select f.mailbox_id, min(f.uid) as first from unfetched f
              join mailboxes n on n.id = f.mailbox_id and n.uidvalidity = f.uidvalidity
             group by f.mailbox_id) u
      where b.id = u.mailbox_id`,
    [host, port, username, folder],
  );
}

function nextEpoch(trx: Knex.Transaction) {
  return { epoch: trx.raw('epoch + 1') };
}

const clearedTrouble = { problem: null, problem_since: null, failures: 0, next_try_at: null };
const fromTheBeginning = { skip_uidvalidity: null, skip_through_uid: null, cursor_uid: 0 };

function startColumns(start: StartingPoint | null) {
  return {
    skip_uidvalidity: start?.uidValidity ?? null,
    skip_through_uid: start?.throughUid ?? null,
  };
}

function toColumns(settings: MailboxSettings) {
  return {
    security: settings.security,
    password_sealed: settings.passwordSealed,
    archive_address: settings.archiveAddress,
    aliases: [...settings.aliases],
    after_archiving: settings.after.kind,
    after_folder: settings.after.kind === 'move' ? settings.after.folder : null,
    existing: settings.existing,
    ...(settings.pollSeconds === undefined ? {} : { poll_seconds: settings.pollSeconds }),
    ...(settings.enabled === undefined ? {} : { enabled: settings.enabled }),
    ...(settings.maxMessageMb === undefined ? {} : { max_message_mb: settings.maxMessageMb }),
  };
}

/** A place where a password is used. */
export type SignInPlace = Pick<MailboxRow, 'host' | 'port' | 'security' | 'username'>;

/**
 * The sealed password that was stored for exactly this place: it is never sent anywhere else, nor
 * over a connection that is secured in another way. null: it has to be typed.
 */
export async function findStoredPassword(db: Knex, place: SignInPlace): Promise<string | null> {
  const { host, port, security, username } = place;
  const row = await db('mailboxes')
    .where({ host, port, security, username })
    .orderBy([
      { column: 'active', order: 'desc' },
      { column: 'set_up_at', order: 'desc' },
    ])
    .first('password_sealed');
  return row?.password_sealed ?? null;
}

/** Whether the mailbox was not looked into for its poll interval: whoever keeps it is to be woken. */
export async function isPollDue(db: Knex): Promise<boolean> {
  const due = await db('mailboxes')
    .where({ active: true, enabled: true })
    .whereRaw(
      `(last_poll_at is null or last_poll_at <= now() - make_interval(secs => poll_seconds))`,
    )
    .first('id');
  return due !== undefined;
}

/** What to do with a message of this mailbox once its outcome is committed. */
export function afterArchiving(row: MailboxRow): AfterArchiving {
  if (row.after_archiving !== 'move') return { kind: row.after_archiving };
  if (row.after_folder === null) throw new Error('A mailbox that moves mail has no folder for it.');
  return { kind: 'move', folder: row.after_folder };
}

/** Every address that mail to the archive may carry. */
export function archiveAddresses(row: MailboxRow): string[] {
  return [row.archive_address, ...row.aliases];
}

/**
 * The addresses of all mailboxes, user names that are addresses included. Those of earlier ones too:
 * people's address books keep them for years.
 */
export async function findArchiveAddresses(db: Knex): Promise<Set<string>> {
  const rows = await db('mailboxes').select('archive_address', 'aliases', 'username');
  const addresses = rows.flatMap((row) => {
    const login = canonicalAddress(row.username);
    return [row.archive_address, ...row.aliases, ...(login === null ? [] : [login])];
  });
  return new Set(addresses);
}
