import { afterAll, beforeAll, expect, test } from 'vitest';
import { readPostmasterFile } from '../../../src/db/embedded/postmaster-file.ts';
import { makeDataDirectory, type DataDirectory } from '../../support/data-directory.ts';
import { createInstallation, type Installation } from '../../support/installation.ts';
import { startScriptedServer, type ScriptedServer } from '../../support/scripted-server.ts';
import { until } from '../../support/until.ts';
import { MAILBOX, withOptions } from './commands.ts';

let data: DataDirectory;
let installation: Installation;
/** Never says a word. */
let server: ScriptedServer;
let connections = 0;

beforeAll(async () => {
  data = await makeDataDirectory();
  installation = await createInstallation({ DATABASE_URL: '', LETTERBOOK_DATA: data.dir });
  server = await startScriptedServer(() => (connections += 1));
  const place = { host: server.host, port: String(server.port), security: 'none', after: 'seen' };
  const env = { LETTERBOOK_MAILBOX_PASSWORD: 'any' };
  await installation.run(withOptions(MAILBOX, place), { env });
});
afterAll(async () => {
  await installation.remove();
  await data.remove();
  await server.stop();
});

const DURING = {
  'waits for the mail server': async () => {
    const before = connections;
    await until('it connects', () => connections > before);
  },
  'starts its database': async () => {
    await until('it runs', async () => (await data.serverPid()) !== null);
  },
};

test.each([
  ['SIGTERM', 143, 'waits for the mail server'],
  ['SIGINT', 130, 'waits for the mail server'],
  ['SIGTERM', 143, 'starts its database'],
] as const)(
  '%s ends a command with %i while it %s, and its database with it',
  async (signal, code, what) => {
    const poll = installation.begin(['poll']);
    await DURING[what]();
    poll.kill(signal);
    // As npm does, which hands on what the terminal has sent to all.
    poll.kill(signal);
    expect(await poll.ended).toBe(code);
    expect(poll.output()).toBe('');
    expect(await readPostmasterFile(data.cluster)).toBeNull();
    expect(await data.serverPid()).toBeNull();
  },
);
