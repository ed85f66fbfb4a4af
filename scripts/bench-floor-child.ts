import { ImapFlow } from 'imapflow';
import { simpleParser } from 'mailparser';
import type { FloorMode, FloorResult } from './bench/measure-floor.ts';

/*
 * One measurement in a process of its own, so that its peak memory is its own. Started by
 * bench-floor.ts with the mode as argument and the mailbox in BENCH_MAILBOX; prints one line of JSON.
 */

const mode = process.argv[2] === 'parse' ? 'parse' : 'fetch';
const { host, port, user, password, folder } = JSON.parse(
  process.env.BENCH_MAILBOX ?? '{}',
) as Record<'host' | 'user' | 'password' | 'folder', string> & { port: number };

const client = new ImapFlow({
  host,
  port,
  secure: false,
  doSTARTTLS: false,
  auth: { user, pass: password },
  logger: false,
  disableAutoIdle: true,
});
client.on('error', (error: unknown) => {
  throw error;
});
await client.connect();
await client.mailboxOpen(folder, { readOnly: true });
const result = await measure(mode);
await client.logout();
console.log(JSON.stringify(result));

async function measure(what: FloorMode): Promise<FloorResult> {
  let messages = 0;
  let bytes = 0;
  const before = process.cpuUsage();
  const start = performance.now();
  for await (const message of client.fetch('1:*', { uid: true, source: true })) {
    if (message.source === undefined) throw new Error(`No source of message ${message.uid}.`);
    if (what === 'parse') await simpleParser(message.source);
    messages += 1;
    bytes += message.source.length;
  }
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(before);
  const cpu = (user + system) / 1_000_000;
  const peakRss = process.resourceUsage().maxRSS * 1024;
  return { mode: what, messages, bytes, seconds, cpu, peakRss };
}
