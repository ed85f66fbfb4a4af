import { traceLine, type TraceLine } from './trace-line.ts';
import type { TraceSource } from './trace-source.ts';

/** Whether the sender of a rejected message was told, and if not, why. */
export function bounceLines({ message, bounce, outgoingSetUp }: TraceSource): TraceLine[] {
  if (bounce) return [sendingLine(bounce, outgoingSetUp)];
  const { trace } = message;
  if (trace?.bounce === 'told-already') return [traceLine('log.trace.bounce.toldAlready')];
  if (message.outcome !== 'rejected') return [];
  const why = trace?.steps?.find(({ step }) => step === 'bounce')?.why ?? null;
  return [traceLine('log.trace.bounce.none', {}, { detail: why })];
}

/** One bounce at most goes to a message: what became of it. */
function sendingLine(
  bounce: NonNullable<TraceSource['bounce']>,
  outgoingSetUp: boolean,
): TraceLine {
  const { state, recipient, response: detail } = bounce;
  const about = { address: recipient, at: bounce.finished_at ?? bounce.next_try_at };
  switch (state) {
    case 'pending':
      return pendingLine(bounce, outgoingSetUp);
    case 'sending':
      return traceLine('log.trace.bounce.sending', about);
    case 'sent':
      return traceLine('log.trace.bounce.sent', about, { tone: 'good' });
    case 'refused':
      return traceLine('log.trace.bounce.refused', about, { tone: 'attention', detail });
    case 'unknown':
      return traceLine('log.trace.bounce.unknown', about, { tone: 'attention', detail });
    case 'expired':
      return traceLine('log.trace.bounce.expired', about, { tone: 'attention', detail });
  }
}

function pendingLine(
  bounce: NonNullable<TraceSource['bounce']>,
  outgoingSetUp: boolean,
): TraceLine {
  const address = bounce.recipient;
  if (!outgoingSetUp) {
    const values = { address, until: bounce.expires_at };
    return traceLine('log.trace.bounce.notSetUp', values, { tone: 'attention' });
  }
  if (bounce.attempts === 0) return traceLine('log.trace.bounce.waiting', { address });
  const values = { address, count: bounce.attempts, next: bounce.next_try_at };
  return traceLine('log.trace.bounce.again', values, {
    tone: 'attention',
    detail: bounce.response,
  });
}
