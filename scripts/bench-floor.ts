import { parseArgs } from 'node:util';
import { measureFloor } from './bench/measure-floor.ts';
import { megabytes, rate, table } from './bench/table.ts';

/*
 * node scripts/bench-floor.ts --port P --user U [--host H] [--folder F], password in BENCH_PASSWORD:
 * what reading that folder costs without any product: imapflow alone, and with simpleParser.
 */

const { values } = parseArgs({
  options: {
    host: { type: 'string', default: '127.0.0.1' },
    port: { type: 'string' },
    user: { type: 'string' },
    folder: { type: 'string', default: 'INBOX' },
  },
});
const password = process.env.BENCH_PASSWORD;
if (values.port === undefined || values.user === undefined || password === undefined) {
  console.error('Give --port and --user, and the password in BENCH_PASSWORD.');
  process.exit(2);
}

const { host, user, folder } = values;
const results = await measureFloor({ host, port: Number(values.port), user, password, folder });
console.log(
  table([
    ['', 'messages', 'seconds', 'rate', 'peak RSS'],
    ...results.map((one) => [
      one.mode === 'fetch' ? 'imapflow' : 'imapflow + simpleParser',
      String(one.messages),
      one.seconds.toFixed(1),
      rate(one.messages, one.seconds),
      megabytes(one.peakRss),
    ]),
  ]),
);
