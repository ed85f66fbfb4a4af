import type { MailboxObject } from 'imapflow';
import { signalsOf } from './error-signals.ts';
import type { ImapflowSession } from './imapflow-session.ts';
import { MailboxProblem, type SelectedFolder } from './mailbox.ts';

/**
 * SELECT, each time anew (RFC 3501 section 6.3.1): only then does the server report a UIDVALIDITY
 * that changed. Refuses what must not be polled: a folder that cannot be changed, or whose UIDs
 * mean nothing.
 */
export async function selectFolder(
  session: ImapflowSession,
  folder: string,
): Promise<SelectedFolder> {
  // A server may leave out what imapflow's types promise.
  const opened: Partial<MailboxObject> = await openFolder(session, folder);
  if (opened.readOnly === true || opened.permanentFlags?.size === 0) {
    throw new MailboxProblem('folder-read-only', `${folder} can be read, not changed`);
  }
  const uidValidity = Number(opened.uidValidity ?? 0);
  if (uidValidity === 0) {
    throw new MailboxProblem('uidvalidity-missing', `${folder} has no UIDVALIDITY`);
  }
  const { uidNext = 0, exists = 0 } = opened;
  return { uidValidity, uidNext: uidNext === 0 ? null : uidNext, exists, readOnly: false };
}

async function openFolder(session: ImapflowSession, folder: string): Promise<MailboxObject> {
  try {
    return await session.run('SELECT', (client) => client.mailboxOpen(folder));
  } catch (error) {
    const problem = error instanceof MailboxProblem ? error : null;
    if (problem?.code !== 'refused') throw error;
    const { mailboxMissing, responseCode } = signalsOf(problem.cause);
    // Some servers answer BAD for a missing folder, and imapflow looks after a NO only.
    const missing =
      mailboxMissing || responseCode === 'NONEXISTENT' || !(await folderExists(session, folder));
    const code = missing ? 'folder-missing' : 'folder-refused';
    throw new MailboxProblem(code, problem.detail, { cause: problem });
  }
}

/** STATUS (RFC 3501 section 6.3.10): fails for what cannot hold messages, selects nothing. */
export async function folderExists(session: ImapflowSession, folder: string): Promise<boolean> {
  try {
    const status = await session.run('STATUS', (client) =>
      client.status(folder, { uidValidity: true }),
    );
    return status !== false;
  } catch (error) {
    if (error instanceof MailboxProblem && isNotFound(error)) return false;
    throw error;
  }
}

/** CREATE (RFC 3501 section 6.3.3), then SUBSCRIBE, so that mail programs show the folder. */
export async function createFolder(session: ImapflowSession, folder: string): Promise<void> {
  try {
    await session.run('CREATE', (client) => client.mailboxCreate(folder));
  } catch (error) {
    // Not every server says that the folder is there already: then it is asked.
    const refused = error instanceof MailboxProblem && error.code === 'refused';
    if (!refused || !(await folderExists(session, folder))) throw error;
  }
}

function isNotFound(problem: MailboxProblem): boolean {
  const { code, status } = signalsOf(problem.cause);
  return code === 'NotFound' || status !== '';
}
