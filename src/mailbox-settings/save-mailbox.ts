import type { Knex } from 'knex';

import { recordAudit } from '../audit/audit-store.ts';
import { SecretBoxProblem, type SecretBox } from '../config/secret-box.ts';
import { describeProblem } from '../imap/describe-problem.ts';
import { sameFolder } from '../imap/folder-names.ts';
import {
  MailboxProblem,
  type MailboxAddress,
  type MailboxConnector,
  type SelectedFolder,
} from '../imap/mailbox.ts';
import { deleteNotices } from '../inbox/notice-store.ts';
import { fetchWhatFits } from '../ledger/fetch-again.ts';
import { ringKeeper } from '../ledger/poll-requests.ts';
import { readOutgoingFrom } from '../outgoing/outgoing-settings.ts';
import { beginTrust } from '../senders/trust-settings.ts';
import { canonicalAddress } from '../shared/email-address.ts';
import {
  activateMailbox,
  findStoredPassword,
  type MailboxSettings,
  type SignInPlace,
  type StartingPoint,
} from './mailbox-store.ts';

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
 *
 * @param along what is to be saved with it, or not at all.
 */
export async function saveMailbox(
  deps: SaveMailboxDeps,
  given: MailboxInput,
  actorId: number | null = null,
  along: (trx: Knex.Transaction) => Promise<void> = () => Promise.resolve(),
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
  const password = input.password ?? (await openStoredPassword(deps, input));
  if (password === null) return { kind: 'password-needed' };
  const plan = await planExisting(deps.connector, { ...input, password }, known?.existing ?? null);
  if (plan.kind !== 'planned') return plan;

  const { password: _, ...rest } = input;
  const settings = {
    ...rest,
    passwordSealed: deps.secrets.seal(password),
    existing: plan.existing,
  };
  const mailboxId = await deps.db.transaction(async (trx) => {
    await beginTrust(trx);
    await along(trx);
    const id = await activateMailbox(trx, settings, plan.start);
    await fetchWhatFits(trx, id);
    await recordAudit(trx, 'mailbox.saved', auditDetail(settings), actorId);
    // What was told about the settings as they were is of no use any more.
    await deleteNotices(trx, ['mailbox-problem']);
    await ringKeeper(trx, 'settings');
    return id;
  });
  return { kind: 'saved', mailboxId };
}

/** Host names have no case, and INBOX has none: one mailbox must not become two. */
function withOneSpelling(input: MailboxInput): MailboxInput {
  const folder = sameFolder(input.folder, 'INBOX') ? 'INBOX' : input.folder;
  return { ...input, host: input.host.toLowerCase(), folder };
}

async function findKnown(db: Knex, { host, port, username, folder }: MailboxInput) {
  return await db('mailboxes').where({ host, port, username, folder }).first('existing');
}

/** The password that may be used here without being typed. null: none, or it can't be opened. */
export async function openStoredPassword(
  { db, secrets }: Pick<SaveMailboxDeps, 'db' | 'secrets'>,
  place: SignInPlace,
): Promise<string | null> {
  const sealed = await findStoredPassword(db, { ...place, host: place.host.toLowerCase() });
  if (sealed === null) return null;
  try {
    return secrets.open(sealed);
  } catch (error) {
    if (error instanceof SecretBoxProblem) return null;
    throw error;
  }
}

/** Everything but the password. */
function auditDetail({ passwordSealed: _, ...settings }: MailboxSettings): MailboxDetail {
  return settings;
}

type MailboxDetail = Omit<MailboxSettings, 'passwordSealed'> & Readonly<Record<string, unknown>>;

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

const LOOK_MS = 20_000;

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
  // For all of it together: whoever pressed Save is waiting.
  const late = AbortSignal.timeout(LOOK_MS);
  try {
    const connection = await connector.open(address, late);
    late.addEventListener('abort', () => void connection.close());
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
