import type { Knex } from 'knex';

import { recordAudit } from '../audit/audit-store.ts';
import type { SecretBox } from '../config/secret-box.ts';
import { describeProblem } from '../imap/describe-problem.ts';
import { sameFolder } from '../imap/folder-names.ts';
import {
  MailboxProblem,
  type MailboxAddress,
  type MailboxConnector,
  type SelectedFolder,
} from '../imap/mailbox.ts';
import { deleteNotices } from '../inbox/notice-store.ts';
import { ringKeeper } from '../ledger/poll-requests.ts';
import { readOutgoingFrom } from '../outgoing/outgoing-settings.ts';
import { canonicalAddress } from '../shared/email-address.ts';
import { activateMailbox, type MailboxSettings, type StartingPoint } from './mailbox-store.ts';

export interface SaveMailboxDeps {
  readonly db: Knex;
  readonly secrets: SecretBox;
  readonly connector: MailboxConnector;
}

export interface MailboxInput extends Omit<MailboxSettings, 'passwordSealed' | 'existing'> {
  /** null: keep the one that is stored for this server and user name. */
  readonly password: string | null;
  /** null: only right when the folder is empty, or known. */
  readonly existing: 'archive' | 'skip' | null;
}

export type SaveMailboxResult =
  | { readonly kind: 'saved'; readonly mailboxId: number }
  | { readonly kind: 'password-needed' }
  | { readonly kind: 'same-folder' }
  | { readonly kind: 'sends-from-archive'; readonly address: string }
  | { readonly kind: 'existing-needed'; readonly messages: number }
  | { readonly kind: 'unreachable'; readonly sentence: string };

/**
 * Saves the archive mailbox and makes it the one that is polled. Looks into the folder only where
 * it must: to start from now, or when nobody said what to do with the mail that may be there.
 */
export async function saveMailbox(
  deps: SaveMailboxDeps,
  given: MailboxInput,
): Promise<SaveMailboxResult> {
  const input = withOneSpelling(given);
  if (input.after.kind === 'move' && sameFolder(input.after.folder, input.folder)) {
    return { kind: 'same-folder' };
  }
  const from = await readOutgoingFrom(deps.db);
  const login = canonicalAddress(input.username);
  if (from !== null && [input.archiveAddress, ...input.aliases, login].includes(from)) {
    return { kind: 'sends-from-archive', address: from };
  }
  const known = await findKnown(deps.db, input);
  const password = input.password ?? (known ? deps.secrets.open(known.password_sealed) : null);
  if (password === null) return { kind: 'password-needed' };
  const plan = await planExisting(deps.connector, { ...input, password }, known?.existing ?? null);
  if (plan.kind !== 'planned') return plan;

  const settings = {
    ...input,
    passwordSealed: deps.secrets.seal(password),
    existing: plan.existing,
  };
  const mailboxId = await deps.db.transaction(async (trx) => {
    const id = await activateMailbox(trx, settings, plan.start);
    const { host, port, username, folder, archiveAddress, aliases, after, existing } = settings;
    const detail = { host, port, username, folder, archiveAddress, aliases, after, existing };
    await recordAudit(trx, 'mailbox-saved', detail);
    // What was told about the settings as they were is of no use any more.
    await deleteNotices(trx, ['mailbox-problem']);
    await ringKeeper(trx, 'poll');
    return id;
  });
  return { kind: 'saved', mailboxId };
}

/** Host names have no case, and INBOX has none: one mailbox must not become two. */
function withOneSpelling(input: MailboxInput): MailboxInput {
  const folder = sameFolder(input.folder, 'INBOX') ? 'INBOX' : input.folder;
  return { ...input, host: input.host.toLowerCase(), folder };
}

/** The stored mailbox of that identity: only its password may be used again without being typed. */
async function findKnown(db: Knex, { host, port, username, folder }: MailboxInput) {
  return await db('mailboxes')
    .where({ host, port, username, folder })
    .first('password_sealed', 'existing');
}

type ExistingPlan =
  | {
      readonly kind: 'planned';
      readonly existing: 'archive' | 'skip';
      readonly start: StartingPoint | null;
    }
  | Extract<SaveMailboxResult, { kind: 'existing-needed' | 'unreachable' }>;

async function planExisting(
  connector: MailboxConnector,
  input: MailboxInput & { readonly password: string },
  known: 'archive' | 'skip' | null,
): Promise<ExistingPlan> {
  const existing = input.existing ?? known;
  if (existing === 'archive') return { kind: 'planned', existing, start: null };
  // A mailbox that starts from now has done so already: its starting point stays.
  if (existing === 'skip' && known === 'skip') return { kind: 'planned', existing, start: null };
  const looked = await lookInto(connector, input);
  if ('sentence' in looked) return { kind: 'unreachable', sentence: looked.sentence };
  if (existing === null) {
    if (looked.exists > 0) return { kind: 'existing-needed', messages: looked.exists };
    return { kind: 'planned', existing: 'archive', start: null };
  }
  return { kind: 'planned', existing, start: startingPoint(looked) };
}

interface Look extends SelectedFolder {
  readonly lastUid: number;
}

function startingPoint(look: Look): StartingPoint {
  return { uidValidity: look.uidValidity, throughUid: look.lastUid };
}

async function lookInto(
  connector: MailboxConnector,
  address: MailboxAddress,
): Promise<Look | { readonly sentence: string }> {
  try {
    const connection = await connector.open(address);
    try {
      const folder = await connection.select();
      const uids = await connection.uidsAfter(0);
      return { ...folder, lastUid: uids.at(-1) ?? 0 };
    } finally {
      await connection.close();
    }
  } catch (error) {
    if (!(error instanceof MailboxProblem)) throw error;
    return { sentence: describeProblem(error, address) };
  }
}
