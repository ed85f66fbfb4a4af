import { traceLine, type TraceLine } from './trace-line.ts';
import { waitsForDns } from './shown-state.ts';
import type { TraceSource } from './trace-source.ts';

/** Where the message stands: what still has to be done, what failed, what was done in the mailbox. */
export function stateLines({ message }: TraceSource): TraceLine[] {
  switch (message.state) {
    case 'stored':
      return [...attemptLines(message), traceLine('log.trace.state.waiting')];
    case 'failed':
      return [failureLine(message)];
    case 'gone':
      return [traceLine('log.trace.state.gone', {}, { detail: message.error })];
    case 'decided':
      return [...acknowledgementLines(message), traceLine('log.trace.state.decided')];
    case 'acknowledged':
      return [...acknowledgementLines(message), ...errorLines(message)];
  }
}

function attemptLines({ attempts }: TraceSource['message']): TraceLine[] {
  return attempts > 1 ? [traceLine('log.trace.state.attempts', { count: attempts })] : [];
}

function failureLine(message: TraceSource['message']): TraceLine {
  const next = message.next_try_at;
  if (waitsForDns(message) && next) return traceLine('log.trace.state.waitsForDns', { next });
  const { original_id, failures, next_try_at, error } = message;
  const values = { count: failures, ...(next_try_at && { next: next_try_at }) };
  const what = original_id === null ? 'fetch' : 'file';
  const text = `log.trace.state.failed.${what}${next_try_at ? '' : '.noNext'}` as const;
  return traceLine(text, values, { tone: 'attention', detail: error });
}

/** A message that is filed again after it was acknowledged keeps what was done then. */
function acknowledgementLines({
  acknowledgement,
  acknowledged_at: at,
}: TraceSource['message']): TraceLine[] {
  if (acknowledgement === null || at === null) return [];
  return [traceLine(`log.trace.acknowledgement.${acknowledgement}`, { at })];
}

/** Of a message that was given up. */
function errorLines({ error }: TraceSource['message']): TraceLine[] {
  return error === null
    ? []
    : [traceLine('log.trace.state.error', {}, { tone: 'attention', detail: error })];
}
