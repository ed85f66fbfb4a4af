import { canonicalAddress } from '../shared/email-address.ts';
import type { Outcome, Reason } from '../shared/outcome.ts';
import type { LogFilter } from './log-filter.ts';
import { WAITS_FOR_DNS } from './shown-state.ts';

/** A condition on inbound_messages m, and what it is filled with. */
export interface LogCondition {
  readonly sql: string;
  readonly bindings: readonly unknown[];
}

/** All that the filter asks for but its search. `zone`: whose days are meant. */
export function filterConditions(filter: LogFilter, zone: string): LogCondition[] {
  const { outcome, reason, owner, from, to } = filter;
  const conditions: LogCondition[] = [{ sql: `m.state <> 'gone'`, bindings: [] }];
  const add = (sql: string, ...bindings: unknown[]) => void conditions.push({ sql, bindings });
  if (outcome === 'failed') add(`m.state = 'failed' and m.error is distinct from ?`, WAITS_FOR_DNS);
  else if (outcome === 'waiting') add(`m.state in ('stored', 'failed')`);
  else if (outcome !== null) add('m.outcome = ?', outcome);
  if (reason !== null) add('m.reason = ?', reason);
  if (contradicts(outcome, reason)) add('false');
  if (owner !== null) add('m.owner_id = ?', owner);
  const start = '(?::date)::timestamp at time zone ?';
  if (from !== null) add(`m.stored_at >= ${start}`, from, zone);
  if (to !== null) add(`m.stored_at < (?::date + 1)::timestamp at time zone ?`, to, zone);
  return conditions;
}

/** Each reason goes with one outcome, but for mail of colleagues, which a rule may ignore. */
const OUTCOME_OF: Readonly<Record<Reason, Outcome | null>> = {
  matched: 'archived',
  'no-match': 'unmatched',
  'partly-matched': 'unmatched',
  'only-colleagues': null,
  'nobody-on-it': 'unmatched',
  'no-forward-found': 'unmatched',
  'owner-does-not-exist': 'rejected',
  automatic: 'ignored',
  duplicate: 'ignored',
  'own-notice': 'ignored',
  'never-archive-rule': 'ignored',
  'sender-not-trusted': 'quarantined',
  'no-single-from': 'quarantined',
  unreadable: 'quarantined',
  'too-large': 'quarantined',
  'could-not-be-fetched': 'quarantined',
};

/** Else all messages with the reason would be read, to find none. */
function contradicts(outcome: LogFilter['outcome'], reason: LogFilter['reason']): boolean {
  if (outcome === null || reason === null) return false;
  const only = OUTCOME_OF[reason];
  return only !== null && only !== outcome;
}

/**
 * The ways in which a message is what was searched for. Each has an index of its own and is asked by
 * itself: one question with "or" in it would read the whole log. null: nothing was searched for.
 */
export function searchConditions(text: string): LogCondition[] | null {
  if (text === '') return null;
  const bare = text.replace(/^<|>$/g, '');
  const conditions: LogCondition[] = [
    { sql: 'm.message_id = any(?)', bindings: [[text, bare, `<${bare}>`]] },
  ];
  if (/^#?\d{1,15}$/.test(text)) {
    conditions.push({ sql: 'm.id = ?', bindings: [Number(text.replace('#', ''))] });
  }
  const address = canonicalAddress(text);
  if (address !== null) {
    conditions.push(
      { sql: 'm.from_address = ?', bindings: [address] },
      {
        sql: `m.id in (select e.inbound_message_id from email_participants p
                         join emails e on e.id = p.email_id
                        where p.address = ? and p.linkable)`,
        bindings: [address],
      },
    );
  }
  return conditions;
}
