import type { ForwardReading, ReadMailResult } from '../../archiving/parsed-mail.ts';
import { ChildPool } from './child-pool.ts';
import type { Answer, Message, WhyKilled } from './reading-child.ts';

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
  /** Ends the processes. What is being read rejects. */
  close(): Promise<void>;
}

/** It took too long, needed too much memory, or brought the process down. */
export interface KilledReading {
  readonly kind: 'killed';
  readonly why: WhyKilled;
}

export interface MailReaderOptions {
  /** How many processes read at the same time. */
  readonly children: number;
  /** For reading one mail, from its last byte on. */
  readonly deadlineMs?: number;
  /** For looking for a forwarded block in one mail. */
  readonly forwardDeadlineMs?: number;
  /** Resident memory of one process. */
  readonly memoryLimitMb?: number;
  readonly log: { warn(fields: object, message: string): void };
}

const PIECE = 1024 * 1024;
const NOTHING = Buffer.alloc(0);
const WHY_FAILED: Record<WhyKilled, string> = {
  time: 'looking for a forwarded mail in it took too long',
  memory: 'looking for a forwarded mail in it needed too much memory',
  crashed: 'looking for a forwarded mail in it failed',
};

/** A reader with processes of its own. They start when they are first needed. */
export function createMailReader(options: MailReaderOptions): MailReader {
  const { deadlineMs = 30_000, forwardDeadlineMs = 3_000, memoryLimitMb = 450 } = options;
  const pool = new ChildPool(options.children, memoryLimitMb);

  async function ask<T>(request: () => AsyncIterable<Message>, deadline: number) {
    const answer = await pool.use(async (child) => await child.ask(request(), deadline));
    if (answer.kind === 'answer') return JSON.parse(answer.payload.toString()) as T;
    logKill(options.log, answer);
    return answer;
  }

  return {
    read: async (source) => await ask<ReadMailResult>(() => readRequest(source), deadlineMs),
    readForward: async (input) => {
      const answer = await ask<ForwardReading>(() => forwardRequest(input), forwardDeadlineMs);
      return answer.kind === 'killed' ? { kind: 'failed', why: WHY_FAILED[answer.why] } : answer;
    },
    close: async () => await pool.close(),
  };
}

async function* readRequest(source: Buffer | AsyncIterable<Buffer>): AsyncGenerator<Message> {
  for await (const chunk of Buffer.isBuffer(source) ? [source] : source) {
    for (let at = 0; at < chunk.length; at += PIECE) {
      yield { kind: 'chunk', payload: chunk.subarray(at, at + PIECE) };
    }
  }
  yield { kind: 'read', payload: NOTHING };
}

async function* forwardRequest(input: unknown): AsyncGenerator<Message> {
  yield { kind: 'forward', payload: Buffer.from(JSON.stringify(input)) };
}

function logKill(log: MailReaderOptions['log'], answer: Exclude<Answer, { kind: 'answer' }>): void {
  log.warn(
    { why: answer.why },
    'A process that reads mail was lost to one mail; the mail is set aside and a new process starts.',
  );
}
