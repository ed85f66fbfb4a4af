/**
 * The process that reads mail: started by ReadingChild, fed through standard input, answering on file
 * descriptor 3. Mail is hostile, so this process may be ended from outside at any moment.
 */
import { Socket } from 'node:net';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import type { ReadMailResult } from '../../archiving/parsed-mail.ts';
import { readForward } from '../../archiving/read-forward.ts';
import { type Frame, frameHead, type FrameKind, FrameReader } from './frames.ts';
import { LookupThroughParent } from './lookup-frames.ts';
import type { SenderCheck } from './mail-reader.ts';
import { readMessage } from './read-message.ts';
import { SpareMemory } from './spare-memory.ts';

/** Memory of messages larger than this is given back before the next one comes. */
const LARGE = 4 * 1024 * 1024;
/** The parent must not be made to hold more. */
const MAX_ANSWER = 30 * 1024 * 1024;

const NOTHING = Buffer.alloc(0);
const answers = new Socket({ fd: 3, readable: false, writable: true });
const spare = new SpareMemory();
const frames = new FrameReader((kind, length) =>
  kind === 'chunk' ? spare.take(length) : Buffer.allocUnsafe(length),
);
const chunks: Buffer[] = [];
let work = Promise.resolve();
const dns = new LookupThroughParent((payload) => send('ask', payload));

function send(kind: FrameKind, payload: Buffer): void {
  answers.cork();
  answers.write(frameHead(kind, payload.length));
  answers.write(payload);
  answers.uncork();
}

/** What is done next may keep this process so busy that what is still to be written would never be. */
async function answersAreOut(): Promise<void> {
  if (answers.writableLength > 0) await new Promise((resolve) => answers.write('', resolve));
}

function sendJson(value: unknown): void {
  send('answer', Buffer.from(JSON.stringify(value)));
}

/** @returns the bytes of the message. */
async function read(): Promise<number> {
  const raw = takeMessage();
  const result = await readMessage(raw);
  const answer = Buffer.from(JSON.stringify(result));
  if (answer.length <= MAX_ANSWER) send('answer', answer);
  else sendJson(withoutContent(result));
  return raw.length;
}

function takeMessage(): Buffer {
  const [first = NOTHING] = chunks;
  if (chunks.length < 2) return first;
  const raw = Buffer.concat(chunks);
  forgetMessage();
  return raw;
}

function forgetMessage(): void {
  for (const chunk of chunks.splice(0)) spare.giveBack(chunk);
}

async function check({ receivedAt, settings, ...asked }: SenderCheck): Promise<number> {
  const raw = takeMessage();
  // Not before it is needed: what verifies takes time to load, and 30 MB.
  const { checkSender } = await import('../../trust/check-sender.ts');
  const question = { ...asked, raw, receivedAt: new Date(receivedAt) };
  sendJson({ kind: 'evidence', evidence: await checkSender(question, settings, dns.lookup) });
  dns.forget();
  return raw.length;
}

/** Memory is given back when nobody holds it any more: it would count as the next message's. */
function finish(bytes: number): void {
  forgetMessage();
  if (bytes > LARGE) setImmediate(() => globalThis.gc?.());
}

function withoutContent(result: ReadMailResult): ReadMailResult {
  const header = result.kind === 'mail' ? result.mail.header : result.header;
  const fits = Buffer.byteLength(JSON.stringify(header)) <= MAX_ANSWER / 2;
  const { fingerprint } = result;
  const why = 'too much is in it';
  return { kind: 'unreadable', why, fingerprint, header: fits ? header : null };
}

async function handle({ kind, payload }: Frame): Promise<void> {
  if (kind === 'ping') send('ready', NOTHING);
  else if (kind === 'chunk') chunks.push(payload);
  else if (kind === 'drop') forgetMessage();
  else if (kind === 'read') finish(await read());
  else if (kind === 'check') {
    finish(await check(JSON.parse(payload.toString()) as SenderCheck));
  } else if (kind === 'forward') {
    sendJson(readForward(JSON.parse(payload.toString()) as Parameters<typeof readForward>[0]));
  }
}

function receive(length: number, bytes: Uint8Array): boolean {
  const received = Buffer.from(bytes.buffer, bytes.byteOffset, length);
  for (const frame of frames.push(received)) {
    // What the DNS said is waited for by the work that is under way.
    if (frame.kind === 'told') dns.tell(frame.payload);
    else work = work.then(() => handle(frame)).then(answersAreOut);
  }
  return true;
}

// A terminal's Ctrl-C and a service's end come to every process of ours. The parent takes its time to
// stop, and would blame the mail for a process that went before it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => undefined);
}

// One buffer for all that is read: new ones for each 64 KB would keep the garbage collector busy.
const onread = { buffer: Buffer.alloc(64 * 1024), callback: receive };
const input = new Socket({ fd: 0, readable: true, writable: false, onread });
input.on('end', () => process.exit());
input.on('error', () => process.exit());
input.resume();
answers.on('error', () => process.exit());
// It stands beside this file, as it is or built (prepare-program.ts).
const watch = new URL(`./orphan-watch${path.extname(import.meta.filename)}`, import.meta.url);
new Worker(watch, { workerData: process.ppid }).unref();
send('ready', NOTHING);
