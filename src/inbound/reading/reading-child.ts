import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { AnswerQueue, type WhyKilled } from './answer-queue.ts';
import { type Frame, frameHead, type FrameKind, FrameReader } from './frames.ts';
import { residentMemoryMb } from './resident-memory.ts';
import { withinWork } from './work-limit.ts';

/** What came back: an answer to each thing asked, in order, or fewer when the process was killed before. */
export interface Answers {
  readonly payloads: readonly Buffer[];
  readonly killed: WhyKilled | null;
}

/** A part of a request, in the order in which they are sent. */
export interface Message {
  readonly kind: FrameKind;
  readonly payload: Buffer;
}

/** Those of a group are sent in one write. */
export type MessageGroups = Iterable<readonly Message[]> | AsyncIterable<readonly Message[]>;

/** Answers what the process asks while it works. Never rejects. */
export type AskedByChild = (payload: Buffer) => Promise<Buffer>;

export interface Asking {
  /** How many answers the request has. */
  readonly count: number;
  /** For the work behind each of them. */
  readonly deadlineMs: number;
  readonly asked: AskedByChild | undefined;
}

const NOTHING = Buffer.alloc(0);
const WATCH_MEMORY_MS = 100;
/** So much may wait to be taken by the process before the source is asked for more. */
const MAX_PENDING = 1024 * 1024;
const START_DEADLINE_MS = 30_000;
/** V8's own limit lies lower: it does not count buffers, which the watch does. */
const HEAP_SHARE = 0.7;
/** A process that was heard of within this time is taken to be there still. */
const RECENTLY_MS = 1_000;

/** One reading process. It works on one request at a time and is never used again once it was killed. */
export class ReadingChild {
  readonly #process: ChildProcess;
  readonly #memoryLimitMb: number;
  readonly #frames = new FrameReader();
  readonly #answers = new AnswerQueue();
  #asked: AskedByChild | undefined;
  #ready: (() => void) | null = null;
  #why: WhyKilled | null = null;
  readonly #gone: Promise<unknown>;
  #heardAt = performance.now();
  alive = true;

  private constructor(program: string, memoryLimitMb: number) {
    this.#memoryLimitMb = memoryLimitMb;
    this.#process = spawn(process.execPath, [...nodeOptions(memoryLimitMb), program], {
      env: {},
      stdio: ['pipe', 'ignore', 'ignore', 'pipe'],
    });
    this.#gone = new Promise((resolve) => {
      this.#process.once('exit', (_code, signal) => {
        this.#wentAway(signal);
        resolve(null);
      });
      this.#process.once('error', () => {
        this.#wentAway(null);
        resolve(null);
      });
    });
    // Writing to a process that has just ended fails; that it has ended is seen above.
    this.#process.stdin?.on('error', () => undefined);
    const [, , , answers] = this.#process.stdio;
    answers?.on('error', () => undefined);
    answers?.on('data', (bytes: Buffer) => this.#take(bytes));
  }

  /**
   * @param program the file that it runs (prepareProgram).
   * @throws {Error} when the process can't be started, which says nothing about any mail.
   */
  static async start(program: string, memoryLimitMb: number): Promise<ReadingChild> {
    const child = new ReadingChild(program, memoryLimitMb);
    if (await child.#becomesReady()) return child;
    throw new Error('The process that reads mail could not be started. Is there memory left?');
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  /** Whether the process is probably there: asking it costs time in which it could work. */
  get wasThereRecently(): boolean {
    return this.alive && performance.now() - this.#heardAt < RECENTLY_MS;
  }

  /** Whether the process is there. Asked before a request, so that its end is that request's doing. */
  async responds(): Promise<boolean> {
    if (!this.alive) return false;
    const ready = this.#becomesReady();
    await this.#write([{ kind: 'ping', payload: NOTHING }], START_DEADLINE_MS);
    return await ready;
  }

  async #becomesReady(): Promise<boolean> {
    const ready = new Promise<void>((resolve) => (this.#ready = resolve));
    await this.#within(START_DEADLINE_MS, Promise.race([ready, this.#gone]));
    return this.alive;
  }

  /**
   * Sends a request and waits for its answers. The limit of the process's work counts from the last messages
   * on, anew for each that the process does not take, since a slow source is not the process's fault, and
   * anew from each answer on.
   *
   * @throws whatever `request` throws; the process has then forgotten the request.
   */
  async ask(request: MessageGroups, { count, deadlineMs, asked }: Asking): Promise<Answers> {
    this.#asked = asked;
    this.#answers.clear();
    const watch = setInterval(() => void this.#watchMemory(), WATCH_MEMORY_MS);
    try {
      for await (const messages of request) {
        if (!this.alive) break;
        await this.#write(messages, deadlineMs);
      }
      return await this.#takeAnswers(count, deadlineMs);
    } catch (error) {
      await this.#write([{ kind: 'drop', payload: NOTHING }], deadlineMs);
      throw error;
    } finally {
      clearInterval(watch);
      this.#asked = undefined;
    }
  }

  async #takeAnswers(count: number, deadlineMs: number): Promise<Answers> {
    const payloads: Buffer[] = [];
    while (payloads.length < count) {
      const answer = await this.#within(deadlineMs, this.#answers.next());
      if (!Buffer.isBuffer(answer)) return { payloads, killed: answer.killed };
      payloads.push(answer);
    }
    return { payloads, killed: null };
  }

  kill(why: WhyKilled): void {
    this.#why ??= why;
    // It may still seem to be there for a moment: what comes next would be blamed for its end.
    this.alive = false;
    this.#process.kill('SIGKILL');
  }

  /** Ends the process. Resolves when it is gone. */
  async end(): Promise<void> {
    this.kill('crashed');
    await this.#gone;
  }

  async #write(messages: readonly Message[], deadlineMs: number): Promise<void> {
    const { stdin } = this.#process;
    if (!this.alive || !stdin) return;
    stdin.cork();
    for (const { kind, payload } of messages) {
      stdin.write(frameHead(kind, payload.length));
      if (payload.length > 0) stdin.write(payload);
    }
    stdin.uncork();
    if (stdin.writableLength < MAX_PENDING) return;
    // A write that fails means that the process is going.
    const drained = once(stdin, 'drain').catch(() => this.#gone);
    await this.#within(deadlineMs, Promise.race([drained, this.#gone]));
  }

  async #within<T>(deadlineMs: number, promise: Promise<T>): Promise<T> {
    return await withinWork(this.pid, deadlineMs, promise, () => this.kill('time'));
  }

  #take(bytes: Buffer): void {
    try {
      for (const frame of this.#frames.push(bytes)) this.#receive(frame);
    } catch {
      this.kill('crashed');
    }
  }

  #receive({ kind, payload }: Frame): void {
    this.#heardAt = performance.now();
    if (kind === 'ready') this.#ready?.();
    if (kind === 'answer') this.#answers.put(payload);
    if (kind === 'ask') void this.#tell(payload);
  }

  async #tell(question: Buffer): Promise<void> {
    const payload = await this.#asked?.(question);
    if (payload) await this.#write([{ kind: 'told', payload }], START_DEADLINE_MS);
  }

  async #watchMemory(): Promise<void> {
    const used = await residentMemoryMb(this.pid);
    if (used !== null && used > this.#memoryLimitMb) this.kill('memory');
  }

  #wentAway(signal: NodeJS.Signals | null): void {
    this.alive = false;
    // V8 aborts when its heap is full.
    this.#answers.put({ killed: this.#why ?? (signal === 'SIGABRT' ? 'memory' : 'crashed') });
  }
}

/** It may read files, which it needs to load its code, but write none and start nothing. */
function nodeOptions(memoryLimitMb: number): string[] {
  const heap = Math.floor(memoryLimitMb * HEAP_SHARE);
  const allowed = ['--permission', '--allow-fs-read=*', '--allow-worker'];
  return [`--max-old-space-size=${heap}`, '--expose-gc', ...allowed];
}
