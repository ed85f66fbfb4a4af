/** A process that takes a lock, and tells on standard output whether it still trusts it. */
import { openLockedSession } from '../../../src/db/locked-session.ts';

const [connectionString = '', key = ''] = process.argv.slice(2);
const session = await openLockedSession({
  connectionString,
  applicationName: 'letterbook keeper',
  lock: [1, Number(key)],
  channel: 'test',
  onNotification: () => undefined,
  onLost: () => {
    process.stdout.write('lost\n');
    process.exit();
  },
});
process.stdout.write(session ? 'taken\n' : 'refused\n');
// The first to run after the process was stopped, before any ping.
process.on('SIGUSR2', () => process.stdout.write(session?.held() ? 'held\n' : 'not held\n'));
