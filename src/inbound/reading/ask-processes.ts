import { groupBySize } from '../../shared/group-by-size.ts';
import type { DnsLookup } from '../../trust/dns-lookup.ts';
import type { ChildPool } from './child-pool.ts';
import { answerFor } from './lookup-frames.ts';
import type { WhyKilled } from './answer-queue.ts';
import type { Message, MessageGroups } from './reading-child.ts';

/** How a process is asked. */
export interface Way {
  readonly pool: ChildPool;
  readonly log: { warn(fields: object, message: string): void };
  readonly deadlineMs: number;
  /** Whether what is asked can be sent a second time: a stream can't. */
  readonly repeatable: boolean;
  /** It goes before all that waits: what finishes a batch before what begins one. */
  readonly first: boolean;
  /** Whom the process may ask in the DNS. */
  readonly lookup?: DnsLookup;
}

/** Several things that are asked in one request. */
interface Request {
  readonly count: number;
  /** @param at how many of them have been answered: the messages for the others. */
  readonly messagesFrom: (at: number) => MessageGroups;
}

/** It took too long, needed too much memory, or brought the process down. */
export interface KilledReading {
  readonly kind: 'killed';
  readonly why: WhyKilled;
}

/**
 * What one request asks about at most. The way to a process and back, with the wait until this one has time to
 * see the answer, takes as long as reading a small mail.
 */
const GROUP = { most: 16, bytes: 256 * 1024 };

/** Asks about one thing. Rejects as MailReader.read() does. */
export async function askAboutOne<T>(
  way: Way,
  messages: MessageGroups,
): Promise<T | KilledReading> {
  const [answer] = await ask<T>(way, { count: 1, messagesFrom: () => messages });
  if (!answer) throw new Error('A request was not answered.');
  return answer;
}

/** Asks about many things, several in one request. @returns the answers in order. Rejects as MailReader.read() does. */
export async function askAboutEach<T>(
  way: Way,
  questions: readonly (readonly Message[])[],
): Promise<(T | KilledReading)[]> {
  const answers = groupBySize(questions, bytesOf, GROUP).map((group) =>
    ask<T>(way, { count: group.length, messagesFrom: (at) => [group.slice(at).flat()] }),
  );
  return (await Promise.all(answers)).flat();
}

/**
 * Which one a process was killed for is told by the answers that came before, and what stood behind it is asked
 * about anew. It is to blame only when nothing was answered before it, as what is left of another's memory and
 * time may count as its own, and when a process that crashed was certainly there: else it is asked about again.
 */
async function ask<T>(way: Way, { count, messagesFrom }: Request): Promise<(T | KilledReading)[]> {
  const found: (T | KilledReading)[] = [];
  let careful = !way.repeatable;
  while (found.length < count) {
    const at = found.length;
    const { certain, answers } = await attempt(way, count - at, messagesFrom(at), careful);
    const { payloads, killed } = answers;
    for (const payload of payloads) found.push(JSON.parse(payload.toString()) as T);
    // Who is asked carefully is certainly there: a stream is never sent a second time.
    const isBlamed = payloads.length === 0 && (certain || killed !== 'crashed');
    if (killed !== null && isBlamed) {
      logKill(way.log, killed);
      found.push({ kind: 'killed', why: killed });
    }
    careful = !way.repeatable || !isBlamed;
  }
  return found;
}

async function attempt(way: Way, count: number, messages: MessageGroups, careful: boolean) {
  const { pool, deadlineMs, lookup } = way;
  const asked = lookup && ((payload: Buffer) => answerFor(lookup, payload));
  return await pool.use(
    async (child, certain) => ({
      certain,
      answers: await child.ask(messages, { count, deadlineMs, asked }),
    }),
    { careful, first: way.first },
  );
}

function bytesOf(messages: readonly Message[]): number {
  return messages.reduce((sum, { payload }) => sum + payload.length, 0);
}

function logKill(log: Way['log'], why: WhyKilled): void {
  log.warn(
    { why },
    'A process that reads mail was lost to one mail; the mail is set aside and a new process starts.',
  );
}
