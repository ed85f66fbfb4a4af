import type { Knex } from 'knex';
import { restoreDiscarded, settleEmails } from '../../emails/link-store.ts';
import { clearUnmatchedNotices, raiseNotices } from '../../inbox/notice-store.ts';
import type { EmailState } from '../../shared/outcome.ts';
import type { Viewer } from '../../shared/viewer.ts';
import { giveBack, type NotGivenBack } from './give-back.ts';
import type { NotFound } from '../decisions/decision-store.ts';
import { claimAffected, countOthers, lockAffected } from '../rules/affected-store.ts';
import { findUndoable, type UndoableDecision } from './find-undoable.ts';
import { takeBackLinks, takeBackUnlinking } from './undo-links-store.ts';
import {
  markUndone,
  takeBackAddresses,
  takeBackPeople,
  takeBackRule,
  type TakenAddress,
  type TakenRule,
} from './undo-store.ts';

export type UndoResult =
  | {
      readonly kind: 'undone';
      readonly decision: UndoableDecision;
      /** What the email is now: one that was discarded may match a record by now. */
      readonly state: EmailState;
      /** The names of records that were made and stay, since something else hangs on them. */
      readonly keptPeople: readonly string[];
      readonly addresses: readonly TakenAddress[];
      /** The never-archive rule that was made with it. */
      readonly rule: TakenRule | null;
      /** How many other emails had come along with it, as far as the viewer may see them. */
      readonly others: number;
    }
  | NotGivenBack
  | { readonly kind: 'undone-already'; readonly by: string; readonly at: Date }
  /** The email was discarded since: that must be undone first. */
  | { readonly kind: 'discarded-since'; readonly decision: UndoableDecision }
  | NotFound;

/**
 * Takes back what still carries a decision, and brings the emails into the state that is left. Whoever
 * decided may do so, and the owner of the email.
 */
export async function undoDecision(
  db: Knex,
  viewer: Viewer,
  decisionId: number,
): Promise<UndoResult> {
  if (!(await findUndoable(db, viewer, decisionId))) return { kind: 'not-found' };
  return await db.transaction(async (trx) => {
    await claimAffected(trx, decisionId);
    const ids = await lockAffected(trx, decisionId);
    const decision = await findUndoable(trx, viewer, decisionId);
    if (!decision) return { kind: 'not-found' };
    if (decision.undone) return { kind: 'undone-already', ...decision.undone };
    if (decision.kind === 'unlink' && (await stateOf(trx, decision)) === 'discarded') {
      return { kind: 'discarded-since', decision };
    }
    if (decision.kind === 'hand-over') return await undoHandOver(trx, viewer, decision);
    const others = await countOthers(trx, viewer, decision);
    const left = await takeBack(trx, decision);
    await settleAll(trx, viewer, decision, ids);
    return { kind: 'undone', decision, state: await stateOf(trx, decision), others, ...left };
  });
}

async function undoHandOver(
  trx: Knex.Transaction,
  viewer: Viewer,
  decision: UndoableDecision,
): Promise<UndoResult> {
  const refused = await giveBack(trx, decision);
  if (refused) return refused;
  await markUndone(trx, viewer, [decision.id]);
  await clearUnmatchedNotices(trx, [decision.ownerId]);
  return { kind: 'undone', decision, state: 'unmatched', others: 0, ...NOTHING_LEFT };
}

/** What undoing tells of things that it could not take back, or that went with it. */
type Left = Pick<Extract<UndoResult, { kind: 'undone' }>, 'addresses' | 'keptPeople' | 'rule'>;
const NOTHING_LEFT: Left = { addresses: [], keptPeople: [], rule: null };

async function takeBack(trx: Knex.Transaction, { id, kind }: UndoableDecision): Promise<Left> {
  if (kind === 'discard') {
    await restoreDiscarded(trx, [id]);
    return { ...NOTHING_LEFT, rule: await takeBackRule(trx, id) };
  }
  if (kind === 'unlink') {
    await takeBackUnlinking(trx, id);
    return NOTHING_LEFT;
  }
  await takeBackLinks(trx, id);
  const addresses = await takeBackAddresses(trx, id);
  return { addresses, keptPeople: await takeBackPeople(trx, id), rule: null };
}

async function settleAll(
  trx: Knex.Transaction,
  viewer: Viewer,
  decision: UndoableDecision,
  ids: readonly number[],
): Promise<void> {
  const owners = new Set(await settleEmails(trx, ids));
  await markUndone(trx, viewer, [decision.id]);
  if ((await stateOf(trx, decision)) === 'unmatched') owners.add(decision.ownerId);
  await raiseNotices(
    trx,
    [...owners].map((userId) => ({ userId, kind: 'unmatched', subject: '' })),
  );
  await clearUnmatchedNotices(trx, [decision.ownerId]);
}

async function stateOf(trx: Knex.Transaction, { emailId }: UndoableDecision): Promise<EmailState> {
  const row = await trx('emails').where({ id: emailId }).first('state');
  if (!row) throw new Error(`Email ${emailId} has gone while it was locked.`);
  return row.state;
}
