import { shorten } from '../../archiving/shorten.ts';
import type { Flash } from '../../http/flash.ts';
import { createFormat, type Format } from '../../http/format.ts';
import type { Viewer } from '../../shared/viewer.ts';
import type { Followers, Handled } from '../decisions/decision-store.ts';
import type { DiscardResult } from '../decisions/discard-email.ts';
import { DISCARDED_DAYS } from '../retention.ts';
import type { UndoResult } from '../undo/undo-decision.ts';
import type { UnlinkResult } from '../decisions/unlink-email.ts';

const LONGEST_SUBJECT = 80;

/** Another tab, another person or a new address was faster. */
export function handledFlash({ state, by, at }: Handled, format: Format): Flash {
  if (by === null || at === null) return { kind: 'info', text: 'cleanup.handled.matched' };
  const text = state === 'discarded' ? 'cleanup.handled.discarded' : 'cleanup.handled.linked';
  return { kind: 'info', text, values: { by, at: format.dateTime(at) } };
}

/** "Linked to Jane Roe and Joe Doe. 2 other emails came along." */
export function linkedFlashes(
  text: 'cleanup.done.linked' | 'cleanup.done.created',
  done: { readonly decisionId: number; readonly names: readonly string[] } & Followers,
  format: Format,
): Flash[] {
  const undo = `/decisions/${done.decisionId}/undo`;
  const name = format.list(done.names);
  const flashes: Flash[] = [];
  if (done.more) flashes.push({ kind: 'info', text: 'cleanup.done.more' });
  const values = { name, count: done.others };
  if (done.others === 0) return [{ kind: 'success', text, values, undo }, ...flashes];
  const along = text === 'cleanup.done.linked' ? 'cleanup.along.linked' : 'cleanup.along.created';
  return [{ kind: 'success', text: along, values, undo }, ...flashes];
}

/** "Discarded “Weekly digest”. It stays under Discarded for 30 days." */
export function discardedFlash(done: Extract<DiscardResult, { kind: 'discarded' }>): Flash {
  if (done.pattern !== null) {
    return {
      kind: 'success',
      text: done.others === 0 ? 'cleanup.done.never' : 'cleanup.done.neverAlong',
      values: { pattern: done.pattern, count: done.others },
      undo: `/decisions/${done.decisionId}/undo`,
    };
  }
  return {
    kind: 'success',
    text: done.subject === '' ? 'cleanup.done.discardedNoSubject' : 'cleanup.done.discarded',
    values: { subject: shorten(done.subject, LONGEST_SUBJECT), days: DISCARDED_DAYS },
    undo: `/decisions/${done.decisionId}/undo`,
  };
}

export function unlinkedFlash(done: Extract<UnlinkResult, { kind: 'unlinked' }>): Flash {
  return {
    kind: 'success',
    text: done.waits ? 'cleanup.done.unlinkedLast' : 'cleanup.done.unlinked',
    values: { name: done.name },
    undo: `/decisions/${done.decisionId}/undo`,
  };
}

/** What undoing did, and what it left. */
export function undoFlashes(
  result: Exclude<UndoResult, { kind: 'not-found' }>,
  viewer: Viewer,
): Flash[] {
  const format = createFormat(viewer.timeZone);
  if (result.kind === 'undone-already') {
    const values = { by: result.by, at: format.dateTime(result.at) };
    return [{ kind: 'info', text: 'cleanup.undo.already', values }];
  }
  if (result.kind === 'moved-on') return [{ kind: 'info', text: 'cleanup.undo.movedOn' }];
  if (result.kind === 'giver-left') return [{ kind: 'warning', text: 'cleanup.undo.giverLeft' }];
  if (result.kind === 'discarded-since') {
    return [{ kind: 'warning', text: 'cleanup.undo.discardedSince' }];
  }
  const { actor: name } = result.decision;
  const flashes: Flash[] = [
    { kind: 'success', text: undoneText(result, viewer), values: { name } },
  ];
  if (result.others > 0) {
    flashes.push({ kind: 'info', text: 'cleanup.undo.others', values: { count: result.others } });
  }
  for (const name of result.keptPeople) {
    flashes.push({ kind: 'info', text: 'cleanup.undo.kept', values: { name } });
  }
  for (const { address, filedSince: count } of result.addresses) {
    if (count === 0) continue;
    flashes.push({ kind: 'info', text: 'cleanup.undo.filedSince', values: { address, count } });
  }
  if (result.rule !== null) {
    const { pattern, ignoredSince: count } = result.rule;
    const text = count === 0 ? 'cleanup.undo.rule' : 'cleanup.undo.ruleLeft';
    flashes.push({ kind: 'info', text, values: { pattern, count } });
  }
  return flashes;
}

function undoneText(
  { decision, state }: Extract<UndoResult, { kind: 'undone' }>,
  viewer: Viewer,
): Flash['text'] {
  if (decision.kind === 'hand-over') {
    return decision.actorId === viewer.id ? 'cleanup.undo.tookBack' : 'cleanup.undo.gaveBack';
  }
  if (decision.kind === 'unlink') {
    return state === 'archived' ? 'cleanup.undo.linkedAgain' : 'cleanup.undo.done';
  }
  if (state === 'unmatched') return 'cleanup.undo.waits';
  return decision.kind === 'discard' ? 'cleanup.undo.matched' : 'cleanup.undo.othersLinked';
}
