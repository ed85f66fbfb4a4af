import { pino } from 'pino';
import { connectDatabase } from '../src/db/connect.ts';
import { fileMessages } from '../src/inbound/file-messages.ts';
import { createMailReader } from '../src/inbound/reading/mail-reader.ts';
import { postgresOriginals } from '../src/originals/postgres-originals.ts';
import { noCheckpoint } from '../src/shared/checkpoint.ts';
import { nodeDnsLookup } from '../src/trust/node-dns-lookup.ts';

/*
 * A process of the bench that files stored messages as the second lane of the worker does, and tells how long
 * its event loop stood still at most. DATABASE_URL, then the ids.
 */

const [connectionString = '', ...ids] = process.argv.slice(2);
const EVERY_MS = 20;

let last = performance.now();
let longestBlock = 0;
setInterval(() => {
  const now = performance.now();
  longestBlock = Math.max(longestBlock, now - last - EVERY_MS);
  last = now;
}, EVERY_MS).unref();

const db = connectDatabase({ connectionString, applicationName: 'bench', poolSize: 5 });
const log = pino({ level: 'silent' });
const reader = createMailReader({ children: 1, log });
const originals = postgresOriginals;
const deps = { db, originals, reader, lookup: nodeDnsLookup(), log, checkpoint: noCheckpoint };
const start = performance.now();
for (const id of ids) await fileMessages(deps, [Number(id)]);
const seconds = (performance.now() - start) / 1000;
// The kernel's account of the reading process is read from outside; it must be there for the last look.
await new Promise((resolve) => setTimeout(resolve, 150));
await reader.close();
await db.destroy();
console.log(JSON.stringify({ seconds, longestBlock: longestBlock / 1000 }));
