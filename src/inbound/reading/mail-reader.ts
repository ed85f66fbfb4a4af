import type { ForwardReading, ReadMailResult } from '../../archiving/parsed-mail.ts';
import type { SenderEvidence } from '../../archiving/sender-evidence.ts';
import type { SenderQuestion, TrustSettings } from '../../trust/check-sender.ts';
import type { DnsLookup } from '../../trust/dns-lookup.ts';
import { ChildPool } from './child-pool.ts';
import { MAX_CHUNK } from './frames.ts';
import { answerFor } from './lookup-frames.ts';
import { prepareProgram } from './prepare-program.ts';
import {
  type Answer,
  type Message,
  type MessageGroups,
  ReadingChild,
  type WhyKilled,
} from './reading-child.ts';

/** Reads mail in processes that can be killed, so that no mail stalls or fells the rest. */
export interface MailReader {
  /**
   * Reads one original (RFC 5322, RFC 2045), given whole or in parts. An unreadable mail and one whose
   * reading was killed are values.
   *
   * Rejects when the source does, when no process can be started, and when the reader is closed:
   * none of these says anything about the mail.
   */
  read(source: Buffer | AsyncIterable<Buffer>): Promise<ReadMailResult | KilledReading>;
  /** Looks for a forwarded block in a mail's text, then in its HTML. Rejects as read() does. */
  readForward(input: { text: string; html: string | null }): Promise<ForwardReading>;
  /**
   * Finds out what proves the sender of an original, on its exact bytes (see checkSender). `lookup` is
   * asked from here, as the process has no network. Rejects as read() does.
   */
  check(
    source: Buffer | AsyncIterable<Buffer>,
    check: SenderCheck,
    lookup: DnsLookup,
  ): Promise<FoundEvidence | KilledReading>;
  /** Ends the processes. What is being read rejects. */
  close(): Promise<void>;
}

/** What is asked about a sender, as it crosses the border of the process. */
export interface SenderCheck extends Pick<SenderQuestion, 'address' | 'field' | 'notVerified'> {
  /** ISO 8601. */
  readonly receivedAt: string;
  readonly settings: TrustSettings;
}

export interface FoundEvidence {
  readonly kind: 'evidence';
  readonly evidence: SenderEvidence;
}

/** It took too long, needed too much memory, or brought the process down. */
export interface KilledReading {
  readonly kind: 'killed';
  readonly why: WhyKilled;
}

export interface MailReaderOptions {
  /** How many processes read at the same time. */
  readonly children: number;
  /** How many others check senders; 0: those that read do. */
  readonly checkers?: number;
  /** For reading one mail, from its last byte on. */
  readonly deadlineMs?: number;
  /** For looking for a forwarded block in one mail. */
  readonly forwardDeadlineMs?: number;
  /** Resident memory of one process. */
  readonly memoryLimitMb?: number;
  readonly log: { warn(fields: object, message: string): void };
}

/** What is said to a process, in groups that are sent together. */
interface Request {
  /** A stream can be sent once only. */
  readonly repeatable: boolean;
  /** It goes before all that waits: what finishes a batch before what begins one. */
  readonly first?: boolean;
  readonly messages: MessageGroups;
  /** Whom the process may ask in the DNS. */
  readonly lookup?: DnsLookup;
}

const READ: Message = { kind: 'read', payload: Buffer.alloc(0) };
const WHY_FAILED: Record<WhyKilled, string> = {
  time: 'looking for a forwarded mail in it took too long',
  memory: 'looking for a forwarded mail in it needed too much memory',
  crashed: 'looking for a forwarded mail in it failed',
};

/** A reader with processes of its own. They start when they are first needed. */
export function createMailReader(options: MailReaderOptions): MailReader {
  const { deadlineMs = 30_000, forwardDeadlineMs = 3_000, memoryLimitMb = 450 } = options;
  // Looked for each time: an update of the product may have taken away what was built before.
  const start = async () =>
    await ReadingChild.start(await prepareProgram(options.log), memoryLimitMb);
  const reading = new ChildPool(options.children, start);
  const checking = options.checkers ? new ChildPool(options.checkers, start) : reading;

  /** The process may have been gone before it got the request: then another one is asked, once. */
  async function ask<T>(pool: ChildPool, request: Request, deadline: number) {
    const first = await attempt(pool, request, deadline, !request.repeatable);
    const wasGone = isCrash(first.answer) && !first.certain;
    const { answer } = wasGone ? await attempt(pool, request, deadline, true) : first;
    if (answer.kind === 'answer') return JSON.parse(answer.payload.toString()) as T;
    logKill(options.log, answer);
    return answer;
  }

  async function attempt(pool: ChildPool, request: Request, deadline: number, careful: boolean) {
    return await pool.use(
      async (child, certain) => {
        const { messages, lookup } = request;
        const asked = lookup && ((payload: Buffer) => answerFor(lookup, payload));
        return { certain, answer: await child.ask(messages, deadline, asked) };
      },
      { careful, first: request.first === true },
    );
  }

  return {
    read: async (source) =>
      await ask<ReadMailResult>(reading, originalRequest(source, READ), deadlineMs),
    readForward: async (input) => {
      const answer = await ask<ForwardReading>(reading, forwardRequest(input), forwardDeadlineMs);
      return answer.kind === 'killed' ? { kind: 'failed', why: WHY_FAILED[answer.why] } : answer;
    },
    check: async (source, check, lookup) => {
      const last: Message = { kind: 'check', payload: Buffer.from(JSON.stringify(check)) };
      const request = { ...originalRequest(source, last), lookup };
      return await ask<FoundEvidence>(checking, request, deadlineMs);
    },
    close: async () => {
      await Promise.all([reading.close(), checking.close()]);
    },
  };
}

/** An original, and after it what is to be done with it. */
function originalRequest(source: Buffer | AsyncIterable<Buffer>, last: Message): Request {
  if (!Buffer.isBuffer(source)) return { repeatable: false, messages: streamed(source, last) };
  const chunks = [...inPieces(source)];
  const messages =
    chunks.length > 1 ? [...chunks.map((chunk) => [chunk]), [last]] : [[...chunks, last]];
  return { repeatable: true, messages };
}

async function* streamed(source: AsyncIterable<Buffer>, last: Message): AsyncGenerator<Message[]> {
  for await (const chunk of source) {
    for (const piece of inPieces(chunk)) yield [piece];
  }
  yield [last];
}

function* inPieces(bytes: Buffer): Generator<Message> {
  for (let at = 0; at < bytes.length; at += MAX_CHUNK) {
    yield { kind: 'chunk', payload: bytes.subarray(at, at + MAX_CHUNK) };
  }
}

function forwardRequest(input: unknown): Request {
  const payload = Buffer.from(JSON.stringify(input));
  return { repeatable: true, first: true, messages: [[{ kind: 'forward', payload }]] };
}

function isCrash(answer: Answer): boolean {
  return answer.kind === 'killed' && answer.why === 'crashed';
}

function logKill(log: MailReaderOptions['log'], answer: Exclude<Answer, { kind: 'answer' }>): void {
  log.warn(
    { why: answer.why },
    'A process that reads mail was lost to one mail; the mail is set aside and a new process starts.',
  );
}
