import { signalsOf } from './error-signals.ts';
import { fetchFlags } from './imapflow-fetch.ts';
import { folderExists } from './imapflow-folders.ts';
import type { ImapflowSession } from './imapflow-session.ts';
import { MailboxProblem, type AfterArchiving } from './mailbox.ts';
import { uidSets, WRITE_LIMITS, type UidSet } from './uid-sets.ts';

const DELETED = '\\Deleted';
const SEEN = '\\Seen';

/**
 * Moves, deletes or marks messages, then asks the server which of them are done: an OK alone proves
 * nothing about a message that came or went meanwhile.
 * EXPUNGE is only ever sent as UID EXPUNGE (RFC 4315): a bare one would also remove what somebody
 * else flagged \Deleted. CLOSE expunges as well and is never sent.
 */
export async function acknowledgeMessages(
  session: ImapflowSession,
  uids: readonly number[],
  after: AfterArchiving,
): Promise<number[]> {
  const done: number[] = [];
  const canMove = session.client.capabilities.has('MOVE');
  for (const part of uidSets(uids, WRITE_LIMITS)) {
    if (after.kind === 'move') await move(session, part, after.folder);
    else if (after.kind === 'delete') await remove(session, part.set);
    else await addFlag(session, part.set, SEEN);
    const flags = await fetchFlags(session, part.uids);
    done.push(...part.uids.filter((uid) => isDone(flags.get(uid), after, canMove)));
  }
  return done;
}

/** @param flags of the message, undefined when it is gone from the folder */
function isDone(
  flags: ReadonlySet<string> | undefined,
  after: AfterArchiving,
  canMove: boolean,
): boolean {
  if (flags === undefined) return true;
  if (after.kind === 'seen') return flags.has(SEEN.toLowerCase());
  // Where MOVE did nothing, the flag is somebody else's.
  return !(after.kind === 'move' && canMove) && flags.has(DELETED.toLowerCase());
}

/** UID MOVE (RFC 6851), or COPY and removal where the server has none. */
async function move(session: ImapflowSession, part: UidSet, folder: string): Promise<void> {
  if (session.client.capabilities.has('MOVE')) {
    await intoFolder(session, folder, 'MOVE', part.set);
    return;
  }
  // Flagged \Deleted means: copied by a run that was cut off. Copying again would make doubles.
  const flags = await fetchFlags(session, part.uids);
  const fresh = [...flags].filter(([, set]) => !set.has(DELETED.toLowerCase()));
  const uids = fresh.map(([uid]) => uid);
  for (const { set } of uidSets(uids, WRITE_LIMITS)) {
    await intoFolder(session, folder, 'COPY', set);
    await addFlag(session, set, DELETED);
  }
  await remove(session, part.set);
}

async function intoFolder(
  session: ImapflowSession,
  folder: string,
  verb: 'MOVE' | 'COPY',
  set: string,
): Promise<void> {
  try {
    await session.runChecked(verb, (client) =>
      verb === 'MOVE'
        ? client.messageMove(set, folder, { uid: true })
        : client.messageCopy(set, folder, { uid: true }),
    );
  } catch (error) {
    if (!(error instanceof MailboxProblem) || error.code !== 'refused') throw error;
    const { responseCode } = signalsOf(error.cause);
    const named = responseCode === 'TRYCREATE' || responseCode === 'NONEXISTENT';
    // Not every server says why: then it is asked.
    const missing = named || (responseCode === '' && !(await folderExists(session, folder)));
    if (!missing) throw error;
    throw new MailboxProblem('destination-missing', error.detail, { cause: error });
  }
}

/** Flags \Deleted, and expunges just these where the server can (UIDPLUS). */
async function remove(session: ImapflowSession, set: string): Promise<void> {
  if (!session.client.capabilities.has('UIDPLUS')) {
    await addFlag(session, set, DELETED);
    return;
  }
  // With UIDPLUS and uid: true this is UID STORE and UID EXPUNGE; without, a bare EXPUNGE.
  await session.runChecked('EXPUNGE', (client) => client.messageDelete(set, { uid: true }));
}

async function addFlag(session: ImapflowSession, set: string, flag: string): Promise<void> {
  await session.runChecked('STORE', (client) =>
    client.messageFlagsAdd(set, [flag], { uid: true, silent: true }),
  );
}
