import { parseArgs } from 'node:util';
import { TRUST_POLICIES } from '../src/senders/trust-settings.ts';
import { benchMailbox, type BenchMailbox } from '../test/support/bench-mailbox.ts';
import { ensurePrograms } from '../test/support/debian-packages.ts';
import { startDovecot, type Dovecot } from '../test/support/dovecot.ts';
import { measureFloor, type FloorResult } from './bench/measure-floor.ts';
import { measureLetterbook, type LetterbookResult } from './bench/measure-letterbook.ts';
import { megabytes, rate, ratio, table } from './bench/table.ts';
import { toldToEnd } from './bench/told-to-end.ts';

/*
 * npm run bench [-- --count N --policy off|warn|require]: a generated mailbox on a Dovecot of our own, read
 * by imapflow alone, by imapflow and simpleParser (the floor), and archived by Letterbook; one table from one
 * run. The floor checks no senders, and neither does Letterbook unless --policy says so.
 */

const ARCHIVE = 'archive@bench-firm.example';
const FOLDER = 'INBOX';
const NAMES = { fetch: 'imapflow alone', parse: 'imapflow + simpleParser: the floor' };

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '2000' },
    policy: { type: 'string', default: 'off' },
  },
});
const policy = TRUST_POLICIES.find((one) => one === values.policy);
if (!policy) throw new Error(`A policy is one of ${TRUST_POLICIES.join(', ')}.`);
const mailbox = benchMailbox({
  archiveAddress: ARCHIVE,
  now: new Date('2025-03-10T12:00:00Z'),
  count: Number(values.count),
});
await ensurePrograms(['dovecot']);
const told = toldToEnd();
const dovecot = await startDovecot();
try {
  const expected = await fill(dovecot, mailbox);
  const { host, port, user, password } = dovecot;
  const server = { host, port, user, password, folder: FOLDER };
  const floor = await measureFloor(server, told);
  const letterbook = await measureLetterbook(
    { server, mailbox, archiveAddress: ARCHIVE, policy },
    told,
  );
  report(floor, letterbook);
  process.exitCode = compareOutcomes(expected, letterbook.outcomes) ? 0 : 1;
} catch (error) {
  if (!told.aborted) throw error;
} finally {
  await dovecot.stop();
}

/** Delivers the mails. @returns how many of each outcome are to come. */
async function fill(target: Dovecot, source: BenchMailbox): Promise<Map<string, number>> {
  const expected = new Map<string, number>();
  await target.deliverMany(
    source.mails().map((mail) => {
      expected.set(mail.outcome, (expected.get(mail.outcome) ?? 0) + 1);
      return mail.raw;
    }),
    { folder: FOLDER },
  );
  return expected;
}

function report(floor: readonly FloorResult[], letterbook: LetterbookResult): void {
  const parse = floor.find((one) => one.mode === 'parse');
  if (!parse) throw new Error('The floor was not measured.');
  const { messages, bytes } = parse;
  const relative = (seconds: number) => ratio(parse.seconds / seconds);
  const line = (name: string, seconds: number, cpu: number, peakRss: number) => [
    name,
    seconds.toFixed(1),
    rate(messages, seconds),
    relative(seconds),
    cpu.toFixed(1),
    megabytes(peakRss),
  ];
  const worker = letterbook.memory.find((one) => one.command.startsWith('node '));
  const cpu = letterbook.memory.reduce((sum, one) => sum + one.cpu, letterbook.postgresCpu);
  console.log(`${messages} messages, ${megabytes(bytes)}\n`);
  console.log(
    table([
      ['', 'seconds', 'rate', 'of the floor', 'CPU seconds', 'peak RSS'],
      ...floor.map((one) => line(NAMES[one.mode], one.seconds, one.cpu, one.peakRss)),
      line(
        `Letterbook, policy ${values.policy}, poll to all acknowledged`,
        letterbook.seconds,
        cpu,
        worker?.peakRss ?? 0,
      ),
      line(
        'the same with start, suggestions and end',
        letterbook.commandSeconds,
        cpu,
        worker?.peakRss ?? 0,
      ),
    ]),
  );
  console.log(
    `\nDisk: ${megabytes(letterbook.disk)}, ${ratio(letterbook.disk / bytes)} of the mail`,
  );
  console.log('\nProcesses of Letterbook by peak RSS, with their CPU seconds:');
  for (const one of letterbook.memory) {
    console.log(`  ${megabytes(one.peakRss)}  ${one.cpu.toFixed(1)}  ${one.command}`);
  }
  console.log(`  PostgreSQL: ${letterbook.postgresCpu.toFixed(1)}`);
}

function compareOutcomes(
  expected: ReadonlyMap<string, number>,
  found: ReadonlyMap<string, number>,
): boolean {
  const all = [...new Set([...expected.keys(), ...found.keys()])].sort();
  const wrong = all.filter((outcome) => expected.get(outcome) !== found.get(outcome));
  for (const outcome of wrong) {
    const [is, shall] = [found.get(outcome) ?? 0, expected.get(outcome) ?? 0];
    console.error(`${outcome}: ${is} messages, where ${shall} were to be.`);
  }
  return wrong.length === 0;
}
