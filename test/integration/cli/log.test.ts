import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { text as readText } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findLedgerEntries } from '../../../src/ledger/archive-log.ts';
import { createFilingBench, type FilingBench } from '../../support/filing-bench.ts';
import { createInstallation, type Installation } from '../../support/installation.ts';
import { mail } from '../../unit/archiving/samples.ts';
import { failing, printed } from './commands.ts';

const DANA = 'dana@firm.example';
const JANE = 'jane@client.example';

let installation: Installation;
let bench: FilingBench;
const ids: number[] = [];

beforeAll(async () => {
  installation = await createInstallation();
  bench = await createFilingBench(installation.db);
  await bench.user(DANA);
  await bench.person(JANE);
  await bench.person('joe@client.example');
  const to = ['joe@client.example', JANE];
  const sketches = [
    { from: [DANA], to, messageId: '<1@firm.example>' },
    { from: [DANA], to: ['nobody@client.example'], messageId: '=cmd|calc' },
    { from: ['stranger@x.example'], to, messageId: null },
    { from: [DANA], to, messageId: '+a,"b"\t@firm.example' },
  ];
  for (const [n, sketch] of sketches.entries()) {
    ids.push(await bench.storeMail(mail({ ...sketch, subject: `Mail ${n}` })));
  }
  await bench.file(...ids);
  ids.push(await bench.storeMail(mail({ from: [DANA], to })));
});
afterAll(() => installation.remove());

const EXPECTED = [
  ['<1@firm.example>', 'archived', 'matched', 'copied', DANA, `${JANE};joe@client.example`],
  ["'=cmd|calc", 'unmatched', 'no-match', 'copied', DANA, ''],
  ['', 'rejected', 'owner-does-not-exist', '', '', ''],
  ['\'+a,"b"\t@firm.example', 'archived', 'matched', 'copied', DANA, `${JANE};joe@client.example`],
  ['', '', 'waiting', '', '', ''],
];

test('csv has one row a message, and nothing that a spreadsheet would run', async () => {
  const text = await printed(installation, ['log', '--format', 'csv']);
  const [header, ...rows] = parse(text);
  expect(header).toEqual(['message_id', 'outcome', 'reason', 'capture', 'owner', 'people']);
  expect(rows).toEqual(EXPECTED);
});

test('json has the same, with the numbers to ask for, and nothing changed', async () => {
  const text = await printed(installation, ['log', '--format', 'json']);
  const rows = JSON.parse(text) as Record<string, unknown>[];
  expect(rows.map((row) => row.id)).toEqual(ids);
  expect(rows[1]).toMatchObject({ message_id: '=cmd|calc', outcome: 'unmatched', people: '' });
});

test('show explains a message by its number, or by its Message-ID', async () => {
  const show = async (id: string) =>
    JSON.parse(await printed(installation, ['log', 'show', id])) as Record<string, unknown>[];
  const [byNumber, byId, bare] = await Promise.all([
    show(String(ids[0])),
    show('<1@firm.example>'),
    show('1@firm.example'),
  ]);
  expect(byNumber).toMatchObject([
    { id: ids[0], outcome: 'archived', trace: { line: 'a deciding correspondent matched' } },
  ]);
  expect(byId).toEqual(byNumber);
  expect(bare).toEqual(byNumber);
});

test('digits alone are a number; a Message-ID of digits is given in brackets', async () => {
  const number = String(ids[0]);
  const named = mail({ from: [DANA] });
  const like = await bench.storeMail(named, { message_id: `<${number}>` });
  const bare = await bench.storeMail(named, { message_id: number });
  const found = async (id: string) =>
    (await findLedgerEntries(installation.db, id)).map((entry) => entry.id);
  expect(await found(number)).toEqual([ids[0]]);
  expect(await found(`<${number}>`)).toEqual([like, bare]);
  expect(await found('1'.repeat(40))).toEqual([]);
  await installation.db('inbound_messages').whereIn('id', [like, bare]).delete();
});

test('what is not in the log is said not to be', async () => {
  expect(await failing(installation, 1, ['log', 'show', '<none@x.example>'])).toBe(
    'The log has no message "<none@x.example>": see "log --format json" for ids.',
  );
});

/** Starts a command whose output nobody takes yet. */
function begin(args: readonly string[]) {
  return spawn(process.execPath, ['scripts/letterbook.mjs', ...args], {
    env: environment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function environment() {
  const env = { ...process.env, DATABASE_URL: installation.connectionString, REDIS_URL: '' };
  return { ...env, BASE_URL: '', LETTERBOOK_DATA: tmpdir() };
}

/** Reads the beginning of what the command prints, then goes away, as `head` does. */
async function firstByteOf(args: readonly string[]) {
  const child = begin(args);
  let stderr = '';
  child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
  child.stdout.once('data', () => child.stdout.destroy());
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stderr };
}

/** What a command prints whose reader takes nothing until it could have ended, and then little at a time. */
async function printedSlowly(args: readonly string[]): Promise<string> {
  const child = begin(args);
  await sleep(4_000);
  let text = '';
  for await (const chunk of child.stdout as AsyncIterable<Buffer>) {
    text += chunk.toString();
    await sleep(20);
  }
  return text;
}

test('of a log of thousands of messages the reader may take as little as he likes', async () => {
  await installation.db.raw(
    `insert into inbound_messages (mailbox_id, uidvalidity, uid, epoch, state, size, message_id)
     select ?, 7, n, 0, 'failed', 0, repeat('x', 100) from generate_series(1, 5000) n`,
    [bench.mailboxId],
  );
  const all = await printed(installation, ['log']);
  expect(parse(all).length).toBe(1 + ids.length + 5000);
  for (const format of ['csv', 'json']) {
    expect(await firstByteOf(['log', '--format', format])).toEqual({ code: 0, stderr: '' });
  }
});

test('a reader who takes his time gets all of it', async () => {
  const all = parse(await printed(installation, ['log'])).length;
  expect(parse(await printedSlowly(['log'])).length).toBe(all);
});

test('one who reads no errors makes none', async () => {
  const child = begin(['log']);
  child.stderr.destroy();
  child.stdout.resume();
  expect(await once(child, 'close')).toEqual([0, null]);
});

test('what fails has failed for one who reads nothing of it, too', async () => {
  const text = 'name,email\nAnn,ann@firm.example\nX,no\n';
  const child = begin(['user', 'import', await installation.writeFile('bad.csv', text)]);
  child.stdout.destroy();
  child.stderr.resume();
  expect(await once(child, 'close')).toEqual([1, null]);
});

test.each([['log'], ['log', '--format', 'json'], ['--help']])(
  'what can’t be printed is told in one sentence: %j',
  async (...args) => {
    const toFull = 'exec "$@" > /dev/full';
    const command = [process.execPath, 'scripts/letterbook.mjs', ...args];
    const child = spawn('sh', ['-c', toFull, 'sh', ...command], { env: environment() });
    const [said, closed] = await Promise.all([readText(child.stderr), once(child, 'close')]);
    expect(closed).toEqual([1, null]);
    expect(said).toBe(
      'Not all could be printed (ENOSPC: no space left on device, write): make room, or print to another place.\n',
    );
  },
);

/** The bench's messages are told beforehand what they are; a real reader finds no mail in them. */
test('process-again shows what would be, writes it only when asked to, and takes nothing away', async () => {
  const again = async (...args: string[]) =>
    JSON.parse(await printed(installation, ['log', 'process-again', ...args])) as unknown[];
  const [archived, , rejected] = ids;
  expect(await again('1@firm.example', '--apply')).toMatchObject([
    { id: archived, verdict: 'would-lose', then: { outcome: 'archived' } },
  ]);
  const change = { then: { outcome: 'rejected' }, now: { outcome: 'quarantined' } };
  expect(await again(String(rejected))).toMatchObject([{ verdict: 'differs', ...change }]);
  expect(await bench.row(rejected!)).toMatchObject({ outcome: 'rejected' });
  expect(await again(String(rejected), '--apply')).toMatchObject([{ verdict: 'applied' }]);
  expect(await bench.row(rejected!)).toMatchObject({ outcome: 'quarantined' });
  expect(await again(String(rejected), '--apply')).toMatchObject([{ verdict: 'same' }]);
}, 60_000);
