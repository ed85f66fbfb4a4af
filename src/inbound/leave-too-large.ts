import { headerLength } from '../archiving/header-fields.ts';
import { identifyOwner } from '../archiving/identify-owner.ts';
import { readHeader } from '../archiving/read-header.ts';
import type { MessageSummary } from '../imap/mailbox.ts';
import { fetchWhatFits } from '../ledger/fetch-again.ts';
import { insertTooLarge, type HeaderOfUnfetched } from '../ledger/too-large-messages.ts';
import { assertEpoch, insertGone, type FolderState } from '../ledger/store-messages.ts';
import { findUserFacts } from '../users/user-store.ts';
import type { KeptMailbox, PollDeps } from './kept-mailbox.ts';

/** So much of a header is fetched: enough for whom it is from, whatever else it holds. Bytes. */
const HEADER_BYTES = 64 * 1024;
const MOST_ADDRESSES = 10;

/**
 * Notes a message that is over the limit: only its header is fetched, by which its owner is found and
 * told. It stays in the folder, is not acknowledged, and is not asked for again by itself.
 */
export async function leaveTooLarge(
  { db }: Pick<PollDeps, 'db'>,
  { connection }: Pick<KeptMailbox, 'connection'>,
  folder: FolderState,
  message: MessageSummary,
  limit: number,
): Promise<void> {
  const raw = await connection.fetchHeader(message.uid, HEADER_BYTES);
  await db.transaction(async (trx) => {
    await assertEpoch(trx, folder);
    if (raw === null) await insertGone(trx, folder, [message.uid]);
    else {
      const header = readHeader(raw.subarray(0, headerLength(raw)), MOST_ADDRESSES);
      const senders = [...header.from, ...header.resentFrom].map(({ address }) => address);
      const facts = { usersByAddress: await findUserFacts(trx, senders) };
      const owner = identifyOwner({ header }, facts);
      const found: HeaderOfUnfetched = {
        fromAddress: owner.address === '' ? null : owner.address,
        ownerId: owner.kind === 'owner' ? owner.userId : null,
        subject: header.subject,
        messageId: header.messageId,
        steps: [{ step: 'owner', verdict: owner.kind, why: owner.why }],
      };
      await insertTooLarge(trx, folder, message, { limit, header: found });
      // The limit may have been raised since this poll began, and whoever did has seen to the others.
      await fetchWhatFits(trx, folder.mailboxId);
    }
  });
}
