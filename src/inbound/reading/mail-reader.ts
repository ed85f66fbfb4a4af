import type { ForwardReading, ReadMailResult } from '../../archiving/parsed-mail.ts';
import type { SenderEvidence } from '../../archiving/sender-evidence.ts';
import type { SenderQuestion, TrustSettings } from '../../trust/check-sender.ts';
import type { DnsLookup } from '../../trust/dns-lookup.ts';
import { askAboutEach, askAboutOne, type KilledReading, type Way } from './ask-processes.ts';
import type { WhyKilled } from './answer-queue.ts';
import { ChildPool } from './child-pool.ts';
import { MAX_CHUNK } from './frames.ts';
import { prepareProgram } from './prepare-program.ts';
import { type Message, type MessageGroups, ReadingChild } from './reading-child.ts';

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
  /** Reads originals that are at hand, several for each way to a process and back. Rejects as read() does. */
  readAll(sources: readonly Buffer[]): Promise<(ReadMailResult | KilledReading)[]>;
  /** Looks for a forwarded block in each mail's text, then in its HTML. Rejects as read() does. */
  readForwards(mails: readonly SearchedMail[]): Promise<ForwardReading[]>;
  /**
   * Finds out what proves the sender of an original, on its exact bytes (see checkSender). `lookup` is
   * asked from here, as the process has no network. Rejects as read() does.
   */
  check(
    source: Buffer | AsyncIterable<Buffer>,
    check: SenderCheck,
    lookup: DnsLookup,
  ): Promise<FoundEvidence | KilledReading>;
  /** Starts a process, if none reads yet, for mail that will come in a moment. */
  begin(): void;
  /** Ends the processes. What is being read rejects. */
  close(): Promise<void>;
}

export interface SearchedMail {
  readonly text: string;
  readonly html: string | null;
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
  readonly log: Way['log'];
}

const READ: Message = { kind: 'read', payload: Buffer.alloc(0) };
const WHY_FAILED: Record<WhyKilled, string> = {
  time: 'looking for a forwarded mail in it took too long',
  memory: 'looking for a forwarded mail in it needed too much memory',
  crashed: 'looking for a forwarded mail in it failed',
};

/** A reader with processes of its own. They start when they are first needed. */
export function createMailReader(options: MailReaderOptions): MailReader {
  const { deadlineMs = 30_000, forwardDeadlineMs = 3_000, memoryLimitMb = 450, log } = options;
  // Looked for each time: an update of the product may have taken away what was built before.
  const start = async () => await ReadingChild.start(await prepareProgram(log), memoryLimitMb);
  const reading = new ChildPool(options.children, start);
  const checking = options.checkers ? new ChildPool(options.checkers, start) : reading;

  return {
    read: async (source) =>
      await askAboutOne<ReadMailResult>(
        { log, pool: reading, deadlineMs, repeatable: Buffer.isBuffer(source), first: false },
        original(source, READ),
      ),
    readAll: async (sources) =>
      await askAboutEach<ReadMailResult>(
        { log, pool: reading, deadlineMs, repeatable: true, first: false },
        sources.map((source) => [...inPieces(source), READ]),
      ),
    readForwards: async (mails) => {
      const answers = await askAboutEach<ForwardReading>(
        { log, pool: reading, deadlineMs: forwardDeadlineMs, repeatable: true, first: true },
        mails.map((mail) => [{ kind: 'forward', payload: Buffer.from(JSON.stringify(mail)) }]),
      );
      return answers.map((answer) =>
        answer.kind === 'killed' ? { kind: 'failed', why: WHY_FAILED[answer.why] } : answer,
      );
    },
    check: async (source, check, lookup) =>
      await askAboutOne<FoundEvidence>(
        {
          log,
          pool: checking,
          deadlineMs,
          repeatable: Buffer.isBuffer(source),
          first: false,
          lookup,
        },
        original(source, { kind: 'check', payload: Buffer.from(JSON.stringify(check)) }),
      ),
    begin: () => {
      reading.begin();
    },
    close: async () => {
      await Promise.all([reading.close(), checking.close()]);
    },
  };
}

/** An original, and after it what is to be done with it. */
function original(source: Buffer | AsyncIterable<Buffer>, last: Message): MessageGroups {
  if (!Buffer.isBuffer(source)) return streamed(source, last);
  const chunks = [...inPieces(source)];
  return chunks.length > 1 ? [...chunks.map((chunk) => [chunk]), [last]] : [[...chunks, last]];
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
