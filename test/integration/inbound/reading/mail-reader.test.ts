import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import {
  createMailReader,
  type MailReader,
  type MailReaderOptions,
} from '../../../../src/inbound/reading/mail-reader.ts';
import { processorTimeMs } from '../../../../src/inbound/reading/processor-time.ts';
import { WORST_MAILS } from '../../../support/worst-mails.ts';
import {
  environmentOf,
  isAlive,
  peakMemoryMb,
  readingChildrenOf,
  until,
} from './child-processes.ts';

const SMALL = Buffer.from('From: jane@acme.example\r\nSubject: Small\r\n\r\nHello\r\n');
/** It takes a third of a second, and is small enough to be read together with others. */
const worst = (kind: string) => WORST_MAILS.find(({ name }) => name === kind)!.make(230_000);
const SLOW = worst('HTML: paragraphs');
const FORWARD =
  '---------- Forwarded message ---------\nFrom: jane@acme.example\nSubject: s\n\nHello';

const readers: MailReader[] = [];
const warnings: object[] = [];

function open(options: Partial<MailReaderOptions> = {}): MailReader {
  const log = { warn: (fields: object) => warnings.push(fields) };
  const reader = createMailReader({ children: 1, log, ...options });
  readers.push(reader);
  return reader;
}

async function readForward(reader: MailReader, text = FORWARD) {
  const [found] = await reader.readForwards([{ text, html: null }]);
  return found;
}

/** Small mails, each with a subject of its own. */
function numbered(count: number): Buffer[] {
  const body = 'A line of it.\r\n'.repeat(50);
  return Array.from({ length: count }, (_, at) =>
    Buffer.from(`From: a@acme.example\r\nSubject: ${at}\r\n\r\n${body}`),
  );
}

type Result = Awaited<ReturnType<MailReader['read']>>;

function subjectOf(result: Result | undefined): string | null {
  return result?.kind === 'mail' ? result.mail.header.subject : null;
}

afterEach(async () => {
  await Promise.all(readers.splice(0).map(async (reader) => await reader.close()));
  warnings.length = 0;
});

/** A mail of so many megabytes, in parts. */
async function* large(megabytes: number): AsyncGenerator<Buffer> {
  yield Buffer.from('From: jane@acme.example\r\nSubject: Large\r\n\r\n');
  const line = Buffer.from(`${'x'.repeat(76)}\r\n`.repeat(13_000));
  for (let sent = 0; sent < megabytes; sent += 1) yield line;
}

/** A source that stops in the middle until it is told how to go on. */
function gated() {
  const gate = Promise.withResolvers<undefined>();
  const begun = Promise.withResolvers<undefined>();
  async function* source(): AsyncGenerator<Buffer> {
    yield SMALL.subarray(0, 10);
    begun.resolve(undefined);
    await gate.promise;
    yield SMALL.subarray(10);
  }
  return { source: source(), gate, begun: begun.promise };
}

describe('reading', () => {
  test('whole or in parts, the result is the same', async () => {
    const reader = open();
    async function* bytes(): AsyncGenerator<Buffer> {
      for (const byte of SMALL) yield Buffer.from([byte]);
    }
    const whole = await reader.read(SMALL);
    expect(whole).toMatchObject({
      kind: 'mail',
      mail: { text: 'Hello\n', header: { subject: 'Small' } },
    });
    expect(await reader.read(bytes())).toEqual(whole);
  });

  test('an empty source is unreadable', async () => {
    expect(await open().read(Buffer.alloc(0))).toMatchObject({ kind: 'unreadable' });
  });

  test('many at once through few processes, each its own answer', async () => {
    const reader = open({ children: 2 });
    const results = await Promise.all(numbered(40).map(async (mail) => await reader.read(mail)));
    expect(results.map(subjectOf)).toEqual(numbered(40).map((_, at) => String(at)));
    expect(readingChildrenOf()).toHaveLength(2);
  });

  test('many together, each its own answer: small, empty, unreadable and too large to go with others', async () => {
    const reader = open();
    const mails = [...numbered(40), Buffer.alloc(0), Buffer.from('nothing'), ...numbered(1)];
    const whole = Buffer.concat(await Array.fromAsync(large(9)));
    const results = await reader.readAll([...mails, whole, SMALL]);
    expect(results.map(subjectOf)).toEqual([
      ...numbered(40).map((_, at) => String(at)),
      ...[null, null, '0', 'Large', 'Small'],
    ]);
    expect(results).toEqual(
      await Promise.all([...mails, whole, SMALL].map(async (mail) => await reader.read(mail))),
    );
    expect(await reader.readAll([])).toEqual([]);
  });

  test('a process is there before the first mail, if it was told of it', async () => {
    const reader = open();
    reader.begin();
    reader.begin();
    await until(() => readingChildrenOf().length === 1);
    const before = readingChildrenOf();
    reader.begin();
    expect(await reader.read(SMALL)).toMatchObject({ kind: 'mail' });
    reader.begin();
    expect(await reader.read(SMALL)).toMatchObject({ kind: 'mail' });
    expect(readingChildrenOf()).toEqual(before);
    await reader.close();
    reader.begin();
    expect(readingChildrenOf()).toEqual([]);
  });

  test('the process gets nothing of the environment', async () => {
    await open().read(SMALL);
    const [pid] = readingChildrenOf();
    expect(process.env.PATH).toBeTruthy();
    expect(environmentOf(pid!)).toBe('');
  });

  test('a forwarded block', async () => {
    expect(await readForward(open())).toMatchObject({
      kind: 'found',
      block: { from: { address: 'jane@acme.example' } },
    });
  });
});

describe('whose turn it is', () => {
  test('what looks for a forward goes before mail that waits to be read, each in its order', async () => {
    const reader = open();
    const { source, gate, begun } = gated();
    const done: string[] = [];
    const note = (what: string) => () => void done.push(what);
    const all = [reader.read(source).then(note('first'))];
    await begun;
    all.push(
      reader.read(SMALL).then(note('second')),
      readForward(reader).then(note('a forward')),
      readForward(reader).then(note('another')),
    );
    gate.resolve(undefined);
    await Promise.all(all);
    expect(done).toEqual(['first', 'a forward', 'another', 'second']);
  });

  test('a check that waits for the DNS holds up no reading where others check', async () => {
    const reader = open({ checkers: 1 });
    const asked = Promise.withResolvers<undefined>();
    const answer = Promise.withResolvers<never>();
    const lookup = () => {
      asked.resolve(undefined);
      return answer.promise;
    };
    const check = reader.check(
      SMALL,
      {
        ...{ address: 'jane@acme.example', field: 'from', receivedAt: '2026-11-27T12:00:00Z' },
        settings: { pinnedAuthservId: null, arcSealers: [] },
      },
      lookup,
    );
    await asked.promise;
    expect(await reader.read(SMALL)).toMatchObject({ kind: 'mail' });
    answer.reject(new Error('No answer.'));
    expect(await check).toMatchObject({ kind: 'evidence' });
  });
});

describe('a mail that goes too far', () => {
  test('takes too long: killed, and what waits behind it is done', async () => {
    const reader = open({ deadlineMs: 1, forwardDeadlineMs: 30_000 });
    const [killed, next] = await Promise.all([reader.read(large(40)), readForward(reader)]);
    expect(killed).toEqual({ kind: 'killed', why: 'time' });
    expect(next).toMatchObject({ kind: 'found' });
    expect(warnings).toEqual([{ why: 'time' }]);
  });

  test('is judged by what it works, not by the clock: one that was stopped is waited for', async () => {
    const reader = open({ deadlineMs: 1_000 });
    const { source, gate, begun } = gated();
    const reading = reader.read(source);
    await begun;
    const [pid] = readingChildrenOf();
    process.kill(pid!, 'SIGSTOP');
    gate.resolve(undefined);
    await sleep(2_000);
    process.kill(pid!, 'SIGCONT');
    expect(await reading).toMatchObject({ kind: 'mail' });
  });

  test('takes too much memory', async () => {
    const reader = open({ memoryLimitMb: 160 });
    expect(await reader.read(large(200))).toEqual({ kind: 'killed', why: 'memory' });
    expect(await reader.read(SMALL)).toMatchObject({ kind: 'mail' });
  });

  test('brings its process down', async () => {
    const reader = open();
    const { source, gate, begun } = gated();
    const reading = reader.read(source);
    const waiting = reader.read(SMALL);
    await begun;
    const [pid] = readingChildrenOf();
    process.kill(pid!, 'SIGKILL');
    await until(() => !isAlive(pid!));
    gate.resolve(undefined);
    expect(await reading).toEqual({ kind: 'killed', why: 'crashed' });
    expect(await waiting).toMatchObject({ kind: 'mail' });
  });

  test('brings each process down that it is given to: two are enough', async () => {
    const mail = Buffer.concat(await Array.fromAsync(large(100)));
    const reader = open();
    // Within a second of it the process is trusted to be there still, so that the first may have gone before.
    await reader.read(SMALL);
    const reading = reader.read(mail);
    const killed = new Set<number>();
    const killing = until(() => {
      for (const pid of readingChildrenOf()) {
        // So much it has only when the mail has come to it.
        if (killed.has(pid) || peakMemoryMb(pid) < 150) continue;
        killed.add(pid);
        process.kill(pid, 'SIGKILL');
      }
      return killed.size === 2;
    });
    expect(await reading).toEqual({ kind: 'killed', why: 'crashed' });
    await killing;
    expect(warnings).toEqual([{ why: 'crashed' }]);
    expect(await reader.read(SMALL)).toMatchObject({ kind: 'mail' });
  });

  test('takes too long among others that are read together: it alone is killed', async () => {
    const reader = open({ deadlineMs: 40 });
    await reader.readAll(numbered(4));
    const results = await reader.readAll([...numbered(3), SLOW, ...numbered(2)]);
    expect(results.map(subjectOf)).toEqual(['0', '1', '2', null, '0', '1']);
    expect(results[3]).toEqual({ kind: 'killed', why: 'time' });
    expect(warnings).toEqual([{ why: 'time' }]);
  });

  test('right behind one whose answer this process could not take yet', async () => {
    const reader = open({ deadlineMs: 50 });
    const line = Buffer.from(`${'\xcf\xf0\xe8\xe2\xe5\xf2 '.repeat(200)}\r\n`, 'latin1');
    const fields =
      'From: a@acme.example\r\nSubject: 0\r\nContent-Type: text/plain; charset=windows-1251\r\n\r\n';
    // As UTF-8 its answer is more than a pipe holds; the other takes twenty times as long, and both are one request.
    const quick = Buffer.concat([Buffer.from(fields), ...Array.from({ length: 90 }, () => line)]);
    const slow = worst('HTML: quotes').subarray(0, 125_000);
    for (let warm = 0; warm < 8; warm += 1) await reader.readAll([quick]);
    setTimeout(() => {
      const end = performance.now() + 60;
      while (performance.now() < end);
    }, 5);
    const results = await reader.readAll([quick, slow, ...numbered(1)]);
    expect(results.map(subjectOf)).toEqual(['0', null, '0']);
    expect(results[1]).toEqual({ kind: 'killed', why: 'time' });
  });

  test('looking for a forward takes too long', async () => {
    const reader = open({ forwardDeadlineMs: 1 });
    const text = `On ${'a, "b" <c> '.repeat(100_000)}\n`.repeat(20);
    const reading = await readForward(reader, text);
    expect(reading).toEqual({
      kind: 'failed',
      why: expect.stringContaining('took too long') as string,
    });
  });
});

describe('trouble that is not the mail’s', () => {
  test('a source that fails: the reading rejects, the process goes on', async () => {
    const reader = open();
    await reader.read(SMALL);
    const before = readingChildrenOf();
    const { source, gate, begun } = gated();
    const reading = reader.read(source);
    await begun;
    gate.reject(new Error('the database is away'));
    await expect(reading).rejects.toThrow('the database is away');
    expect(await reader.read(SMALL)).toMatchObject({ kind: 'mail', mail: { text: 'Hello\n' } });
    expect(readingChildrenOf()).toEqual(before);
  });

  test('a process that ended while idle is replaced', async () => {
    const reader = open();
    await reader.read(SMALL);
    const [pid] = readingChildrenOf();
    process.kill(pid!, 'SIGKILL');
    await until(() => !isAlive(pid!));
    expect(await reader.read(SMALL)).toMatchObject({ kind: 'mail' });
    expect(warnings).toEqual([]);
  });

  test('a process that ends while it reads many together is replaced, and none is to blame', async () => {
    const reader = open();
    await reader.read(SMALL);
    const [pid] = readingChildrenOf();
    const before = processorTimeMs(pid) ?? 0;
    const reading = reader.readAll([...numbered(3), SLOW, ...numbered(2)]);
    // Those before it do not take as much together.
    await until(() => (processorTimeMs(pid) ?? 0) > before + 100);
    process.kill(pid!, 'SIGKILL');
    expect((await reading).map(subjectOf)).toEqual(['0', '1', '2', 'The worst', '0', '1']);
    expect(warnings).toEqual([]);
    expect(readingChildrenOf()).not.toContain(pid);
  });

  test.each(['read', 'readForwards'] as const)(
    'a process that ended a moment before it is needed is replaced: %s',
    async (what) => {
      const reader = open();
      await reader.read(SMALL);
      const [pid] = readingChildrenOf();
      // Nobody waits: the reader is asked before it can have seen that the process is gone.
      process.kill(pid!, 'SIGKILL');
      const result = what === 'read' ? await reader.read(SMALL) : await readForward(reader);
      expect(['mail', 'found']).toContain(result?.kind);
      expect(readingChildrenOf()).not.toContain(pid);
      expect(warnings).toEqual([]);
    },
  );

  test('Ctrl-C, and what ends a service, reach the process too: it goes on until its parent ends it', async () => {
    const reader = open();
    const { source, gate, begun } = gated();
    const reading = reader.read(source);
    await begun;
    const [pid] = readingChildrenOf();
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.kill(pid!, signal);
    gate.resolve(undefined);
    expect(await reading).toMatchObject({ kind: 'mail' });
    expect(readingChildrenOf()).toEqual([pid]);
  });

  test('closing ends the processes and refuses what is being read, waits or comes later', async () => {
    const reader = open();
    const { source, gate, begun } = gated();
    const refused = [reader.read(source), reader.read(SMALL)].map(
      async (reading) => await expect(reading).rejects.toThrow('closed'),
    );
    await begun;
    gate.resolve(undefined);
    await reader.close();
    await Promise.all(refused);
    await expect(reader.read(SMALL)).rejects.toThrow('closed');
    expect(readingChildrenOf()).toEqual([]);
  });
});
