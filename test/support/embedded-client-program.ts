/**
 * A process that uses the embedded PostgreSQL of the directory in its argument: says what it got
 * in a line of JSON, stays until it reads a line, leaves and says so.
 */
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { pino } from 'pino';
import { startEmbeddedPostgres } from '../../src/db/embedded/start-embedded-postgres.ts';

const dataDir = process.argv[2];
if (dataDir === undefined) throw new Error('The argument is the data directory.');
const postgres = await startEmbeddedPostgres({ dataDir, log: pino({ level: 'silent' }) });
const { connectionString, started, where } = postgres;
process.stdout.write(`${JSON.stringify({ connectionString, started, where })}\n`);
const input = createInterface(process.stdin);
await once(input, 'line');
input.close();
await postgres.stop();
process.stdout.write('"left"\n');
process.stdin.destroy();
